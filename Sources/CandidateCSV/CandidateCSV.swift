import CandidateModel
import CandidateSearch

/// Hits as comma-separated values (RFC 4180): a header, and a line for each hit, which end in CRLF. Every cell is in
/// quotes and no formula for a spreadsheet. The values of a list are joined by semicolons.
public struct CandidateCSV: Sendable {
  private let withholdsAddresses: Bool

  /// Creates a writer.
  /// - Parameter withholdsAddresses: Whether the column of e-mail addresses is empty for a candidate who may not be
  ///   e-mailed, or of whom it is unknown.
  public init(withholdsAddresses: Bool = false) {
    self.withholdsAddresses = withholdsAddresses
  }

  /// The line with the names of the columns, in UTF-8.
  public var header: [UInt8] { Self.line(Field.csvColumns.map(\.recordName)) }

  /// The line of a hit, in UTF-8.
  public func line(of hit: Hit) -> [UInt8] {
    let withholds = withholdsAddresses(of: hit)
    return Self.line(
      Field.csvColumns.map { field in
        withholds && field.id == .email ? "" : hit.candidate.values(of: field.id).joined(separator: "; ")
      })
  }

  /// Whether the line of a hit leaves out an e-mail address that its candidate has. False where nothing is withheld.
  public func withholdsAddresses(of hit: Hit) -> Bool {
    withholdsAddresses && hit.candidate.canEmail != true && !hit.candidate.values(of: .email).isEmpty
  }

  static func line(_ values: [String]) -> [UInt8] {
    var line: [UInt8] = []
    for value in values {
      if !line.isEmpty { line.append(UInt8(ascii: ",")) }
      line += CSVCell.text(value).utf8
    }
    line += "\r\n".utf8
    return line
  }
}
