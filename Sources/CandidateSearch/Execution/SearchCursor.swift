import CandidateModel
import Foundation

/// The position after the last hit of a page, as a text for callers. It identifies the last hit by its id, since a
/// docid depends on other candidates of the same second. It is signed with a key of the index, so that it cannot be
/// forged.
struct SearchCursor: Sendable, Equatable {
  /// A hash of the query and of the options that affect the hits and their order.
  let fingerprint: Int64
  /// The moment from which ages were counted.
  let now: Timestamp
  /// The number of the query of the plan that found the last hit.
  let step: Int
  /// The last hit.
  let position: SortPosition

  init(fingerprint: Int64, now: Timestamp, step: Int, position: SortPosition) {
    self.fingerprint = fingerprint
    self.now = now
    self.step = step
    self.position = position
  }

  /// The cursor's text: letters, digits, `-` and `_`. It begins with a letter, since a command line would take a dash for an
  /// option: the signature comes last.
  func text(signedWith key: Data) -> String {
    // The texts come last, after their lengths, since they may contain any character.
    let numbers = [
      "\(fingerprint)", "\(now.microseconds)", "\(step)", position.second.map { "\($0)" } ?? "",
      "\(position.id.utf8.count)", "\(position.connector.utf8.count)",
    ]
    let texts = position.id + position.connector + position.value.text
    let bytes = Data((numbers.joined(separator: ",") + "," + texts).utf8)
    return Self.urlSafe((bytes + Self.signature(bytes, key)).base64EncodedString())
  }

  /// Decodes a cursor.
  /// - Throws: `CursorError` if this index did not issue it for this query.
  init(_ text: String, fingerprint: Int64, sort: SearchSort?, key: Data) throws(CursorError) {
    guard text.utf8.count <= Self.maximumLength, let all = Data(base64Encoded: Self.fromURLSafe(text)) else {
      throw CursorError.forged
    }
    let bytes = Data(all.dropLast(Self.signatureLength))
    let signature = Self.signature(bytes, key)
    guard signature.count == Self.signatureLength,
      Digest.areEqual(all.suffix(Self.signatureLength), signature)
    else {
      throw CursorError.forged
    }
    let fields = bytes.split(separator: UInt8(ascii: ","), maxSplits: 6, omittingEmptySubsequences: false)
    let numbers = fields.dropLast().map { Int64(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == 6, let texts = fields.last, let found = numbers[0], let now = numbers[1],
      let step = numbers[2], let idLength = numbers[4], let connectorLength = numbers[5],
      idLength >= 0, connectorLength >= 0
    else { throw CursorError.forged }
    guard found == fingerprint else { throw CursorError.foreign }
    let afterID = texts.dropFirst(Int(idLength))
    let value = String(decoding: afterID.dropFirst(Int(connectorLength)), as: UTF8.self)
    guard let value = sort.map({ SortPosition.Value(value, of: $0.by) }) ?? SortPosition.Value.none else {
      throw CursorError.forged
    }
    self.init(
      fingerprint: found, now: Timestamp(microseconds: now), step: Int(step),
      position: SortPosition(
        value: value, second: numbers[3],
        id: String(decoding: texts.prefix(Int(idLength)), as: UTF8.self),
        connector: String(decoding: afterID.prefix(Int(connectorLength)), as: UTF8.self)))
  }

  /// The step of the first relaxed hits; steps below are of the plan.
  static let firstRelaxedStep = 1 << 20

  /// Whether the last hit was of a relaxed tier.
  var isRelaxed: Bool { step >= Self.firstRelaxedStep }

  /// The position after which the next page of tiers begins.
  func tierPosition(in snapshot: any IndexSnapshot) throws -> TierPass.Position {
    TierPass.Position(step: step, docid: Docid(value: try position.docids(in: snapshot).after))
  }

  /// A hash of a query, and of the options and the scope that affect its hits.
  static func fingerprint(of query: SearchQuery, _ options: SearchOptions, in scope: Scope) -> Int64 {
    let flags =
      "\(options.findsVariants)\(options.completesLastWord)\(options.correctsWords)\(options.relaxed == .never ? "" : options.relaxed.rawValue)"
    let all =
      "\(options.sort?.description ?? "")\(flags)\(scope.fingerprint)\(query.fingerprint)"
    return Int64(bitPattern: Array(all.utf8).withUnsafeBytes { Hash128($0).prefix })
  }

  /// In bytes. A cursor contains an id and a name, each of which may be as long as a record.
  private static let maximumLength = 4 * RecordLimits.maximumBytes
  private static let signatureLength = 12

  private static func signature(_ bytes: Data, _ key: Data) -> Data {
    Digest.authentication(of: bytes, key: key).prefix(signatureLength)
  }

  private static func urlSafe(_ text: String) -> String {
    String(decoding: text.utf8.lazy.filter { $0 != UInt8(ascii: "=") }.map(urlSafe), as: UTF8.self)
  }

  private static func urlSafe(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "+"): UInt8(ascii: "-")
    case UInt8(ascii: "/"): UInt8(ascii: "_")
    default: byte
    }
  }

  private static func fromURLSafe(_ text: String) -> String {
    let text = text.replacing("-", with: "+").replacing("_", with: "/")
    return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }
}
