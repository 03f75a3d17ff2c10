import AccessKeys
import CandidateTime
import Testing

/// Names, scopes, rights and rates: what a key may have.
@Suite struct AccessKeyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var name = "page"
    var scope: String?
    var rights: Set<AccessRight> = [.search]
    var error: AccessKeyError?

    init(
      _ testDescription: String, name: String = "page", scope: String? = nil,
      rights: Set<AccessRight> = [.search], _ error: AccessKeyError? = nil
    ) {
      self.testDescription = testDescription
      self.name = name
      self.scope = scope
      self.rights = rights
      self.error = error
    }
  }

  static let cases = [
    Case("a plain name"),
    Case("64 characters", name: String(repeating: "é", count: 64)),
    Case("spaces and other scripts", name: "求人 ページ"),
    Case("a scope", scope: "connector:greenhouse -is:private"),
    Case("a scope and every right it permits", scope: "x", rights: [.search, .contacts, .records, .export]),
    Case("every right", rights: Set(AccessRight.allCases)),
    Case("an empty name", name: "", .invalidName("it is empty")),
    Case(
      "65 characters", name: String(repeating: "a", count: 65), .invalidName("it has more than 64 characters")
    ),
    Case(
      "one letter with 64 accents", name: "e" + String(repeating: "\u{301}", count: 64),
      .invalidName("it has more than 64 characters")),
    Case("a line break", name: "a\nb", .invalidName("it contains a control character")),
    Case("NUL", name: "a\0", .invalidName("it contains a control character")),
    Case("a mark of direction", name: "a\u{202E}b", .invalidName("it contains a control character")),
    Case("a line separator", name: "a\u{2028}b", .invalidName("it contains a control character")),
    Case("a space alone", name: " ", .invalidName("it begins or ends with a space")),
    Case("a space at its end", name: "a ", .invalidName("it begins or ends with a space")),
    Case("no right", rights: [], .noRights),
    Case("an empty scope", scope: "", .emptyScope),
    Case("a scope of white space", scope: " \t\u{A0}", .emptyScope),
    Case("a scope that is too long", scope: String(repeating: "a", count: 10_001), .scopeTooLong),
    Case(
      "rights that no scope permits", scope: "x", rights: Set(AccessRight.allCases),
      .rightsWithScope([.write, .forget, .log, .metrics])),
  ]

  @Test(arguments: cases) func aKeyIsMadeOrItsErrorThrown(_ key: Case) {
    var thrown: AccessKeyError?
    do throws(AccessKeyError) {
      let made = try AccessKey(
        name: key.name, id: "abcdefgh", scope: key.scope, rights: key.rights, createdAt: .now)
      #expect(made.name == key.name && made.scope == key.scope && made.rights == key.rights)
    } catch {
      thrown = error
    }
    #expect(thrown == key.error)
  }

  @Test func everyRightHasASummary() {
    #expect(Set(AccessRight.allCases.map(\.summary)).count == AccessRight.allCases.count)
    #expect(AccessRight.allCases.allSatisfy { $0.summary.hasSuffix(".") })
  }

  /// A text, and the rate that it is: requests, unit, burst.
  static let rates: [(text: String, rate: RequestRate?)] = [
    ("50/s", RequestRate(50, per: .second)),
    ("600/min", RequestRate(600, per: .minute)),
    ("5000/h", RequestRate(5000, per: .hour)),
    ("50/s:200", RequestRate(50, per: .second, burst: 200)),
    ("1000000/s:1", RequestRate(1_000_000, per: .second, burst: 1)),
    ("", nil), ("/", nil), ("50", nil), ("50/", nil), ("/s", nil), ("0/s", nil), ("-1/s", nil), ("+1/s", nil),
    ("1000001/s", nil), ("50/d", nil), ("50/S", nil), ("5.5/s", nil), ("50 /s", nil), ("50/s:", nil),
    ("50/s:0", nil), ("50/s:1:1", nil), ("50/s/s", nil), ("99999999999999999999/s", nil), ("٥/s", nil),
    ("50/s\0", nil),
  ]

  @Test(arguments: rates.indices) func ratesAreReadAndWritten(_ number: Int) {
    let (text, rate) = Self.rates[number]
    #expect(RequestRate(text) == rate, "\(text)")
    if let rate { #expect(rate.description == text) }
  }

  @Test func aRateHasABurst() {
    #expect(RequestRate("600/min")?.burst == 600)
    #expect(RequestRate("600/min")?.requestsPerSecond == 10)
    #expect(RequestRate("50/s:50")?.description == "50/s")
  }

  @Test func aSecretIsNotPrinted() throws {
    let folder = try TestFolder()
    let issued = try folder.keys.add(name: "page")
    for text in ["\(issued)", String(reflecting: issued), "\(issued.key)", dumped(issued)] {
      #expect(!text.contains(issued.secret.dropFirst(11)), "\(text)")
    }
  }

  private func dumped(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }
}
