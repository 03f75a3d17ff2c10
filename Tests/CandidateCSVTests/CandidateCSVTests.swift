import CandidateCSV
import Foundation
import Testing

@testable import CandidateSearch

@Suite struct CandidateCSVTests {
  private static func hit(_ members: [String: Any]) throws -> Hit {
    let record = try JSONSerialization.data(withJSONObject: members.merging(["id": "1"]) { a, _ in a })
    let candidate = try CandidateDecoder().decode(json: String(decoding: record, as: UTF8.self))
    return Hit(candidate: candidate, connector: "", tier: .exact)
  }

  private static func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }

  // MARK: - Cells

  struct Cell: Sendable, CustomTestStringConvertible {
    let value: String
    let cell: String
    init(_ value: String, _ cell: String) {
      self.value = value
      self.cell = cell
    }
    var testDescription: String { value.debugDescription }
  }

  static let cells: [Cell] = [
    Cell("Nurse", #""Nurse""#),
    Cell(#"a "b", c; d"#, #""a ""b"", c; d""#),
    Cell("a\"\u{301}b", "\"a\"\"\u{301}b\""),
    Cell("=1+1", #""'=1+1""#),
    Cell("=\u{200D}1+1", "\"'=\u{200D}1+1\""),
    Cell("=\u{301}1+1", "\"'=\u{301}1+1\""),
    Cell("\u{200B}=1+1", "\"'\u{200B}=1+1\""),
    Cell("\u{FE0F}=1+1", "\"'\u{FE0F}=1+1\""),
    Cell("\u{FF1D}1+1", "\"'\u{FF1D}1+1\""),
    Cell("\u{FF0B}x", "\"'\u{FF0B}x\""),
    Cell("\u{FF0D}x", "\"'\u{FF0D}x\""),
    Cell("\u{FF20}SUM(1)", "\"'\u{FF20}SUM(1)\""),
    Cell("\t=1+1", #""' =1+1""#),
    Cell("\r=1+1", #""' =1+1""#),
    Cell("\n  =1+1", #""'   =1+1""#),
    Cell("\u{A0}=1+1", "\"'\u{A0}=1+1\""),
    Cell("\u{202E}=1+1", #""'=1+1""#),
    Cell("@SUM(1)", #""'@SUM(1)""#),
    Cell("-cmd", #""'-cmd""#),
    Cell("+1 (415) 555-0123", #""+1 (415) 555-0123""#),
    Cell("a\u{1B}[31mb\u{9B}c\u{7F}d\u{85}e\u{2028}f", #""a [31mb c d e f""#),
    Cell("a\u{202E}b\u{2066}c\u{200F}d\u{61C}e", #""abcde""#),
    Cell("a\nb", #""a b""#),
  ]

  @Test(arguments: cells) func everyCellIsQuotedAndNoFormula(_ cell: Cell) throws {
    let line = CandidateCSV().line(of: try Self.hit(["title": cell.value]))
    // Of bytes: for Swift, a mark after a quote makes another character of it.
    #expect(line.starts(with: #""1","","",\#(cell.cell),"#.utf8), "\(Self.text(line))")
    #expect(line.suffix(2).elementsEqual("\r\n".utf8))
  }

  @Test func theHeaderNamesTheMembersOfARecord() throws {
    let names = Self.text(CandidateCSV().header)
    #expect(
      names == #""id","first_name","last_name","title","company","locations","tags","email_addresses","#
        + #""phone_numbers","can_email","is_private","last_interaction_at""# + "\r\n")
    let line = Self.text(CandidateCSV().line(of: try Self.hit([:])))
    #expect(line == #""1""# + String(repeating: #","""#, count: 11) + "\r\n")
  }

  @Test(arguments: cells) func valuesOfFacetsAreCells(_ cell: Cell) {
    let counts = FacetCounts(
      facet: .company, values: [FacetValue(value: cell.value, count: 7), FacetValue(value: "x", count: 1)],
      distinct: 2, missing: 0)
    #expect(Self.text(FacetCSV.header) == #""facet","value","count""# + "\r\n")
    let lines = #""company",\#(cell.cell),"7""# + "\r\n" + #""company","x","1""# + "\r\n"
    #expect(FacetCSV.lines(of: counts).elementsEqual(lines.utf8), "\(Self.text(FacetCSV.lines(of: counts)))")
  }

  // MARK: - Addresses

  struct Withholding: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let addresses: [String]
    let canEmail: Bool?
    let withholds: Bool
    let cell: String
    let isLeftOut: Bool
  }

  static let withholdings: [Withholding] = [
    .init(
      testDescription: "permitted", addresses: ["a@x.org", "b@x.org"], canEmail: true, withholds: true,
      cell: "a@x.org; b@x.org", isLeftOut: false),
    .init(
      testDescription: "forbidden", addresses: ["a@x.org", "b@x.org"], canEmail: false, withholds: true,
      cell: "", isLeftOut: true),
    .init(
      testDescription: "unknown", addresses: ["a@x.org"], canEmail: nil, withholds: true, cell: "",
      isLeftOut: true),
    .init(
      testDescription: "forbidden, no address", addresses: [], canEmail: false, withholds: true, cell: "",
      isLeftOut: false),
    .init(
      testDescription: "unknown, no address", addresses: [], canEmail: nil, withholds: true, cell: "",
      isLeftOut: false),
    .init(
      testDescription: "permitted, no address", addresses: [], canEmail: true, withholds: true, cell: "",
      isLeftOut: false),
    .init(
      testDescription: "unknown, nothing withheld", addresses: ["a@x.org"], canEmail: nil, withholds: false,
      cell: "a@x.org", isLeftOut: false),
    .init(
      testDescription: "forbidden, nothing withheld", addresses: ["a@x.org"], canEmail: false,
      withholds: false, cell: "a@x.org", isLeftOut: false),
    .init(
      testDescription: "forbidden, a formula", addresses: ["=1@x.org"], canEmail: false, withholds: true,
      cell: "", isLeftOut: true),
  ]

  @Test(arguments: withholdings) func addressesAreWithheldWithoutPermission(_ withholding: Withholding) throws
  {
    var members: [String: Any] = ["email_addresses": withholding.addresses, "phone_numbers": ["1"]]
    members["can_email"] = withholding.canEmail
    let hit = try Self.hit(members)
    let csv = CandidateCSV(withholdsAddresses: withholding.withholds)
    let flag = withholding.canEmail.map { "\($0)" } ?? ""
    #expect(
      Self.text(csv.line(of: hit))
        == #""1","","","","","","","\#(withholding.cell)","1","\#(flag)","","""# + "\r\n")
    #expect(csv.withholdsAddresses(of: hit) == withholding.isLeftOut)
  }
}
