import CandidateSearch
import Testing

@testable import CandidatePage

/// What the page says, and where its links lead.
@Suite struct WordTests {
  // MARK: - Links

  private static let mails: [(String, String?)] = [
    ("ann@doe.example", "mailto:ann@doe.example"), ("o'brien+x@doe.example", "mailto:o'brien+x@doe.example"),
    ("jürgen@müller.example", "mailto:j%C3%BCrgen@m%C3%BCller.example"),
    ("ann@doe.example?bcc=eve@evil.example", nil), ("ann@doe.example,eve@evil.example", nil),
    ("a@b@c", nil), ("ann", nil), ("", nil), ("ann@doe.example\nBcc: x", nil), ("ann%40doe@x.example", nil),
  ]

  @Test(arguments: mails) func addressesOfMails(_ address: String, _ link: String?) {
    #expect(ContactLink.mail(address) == link)
  }

  private static let phones: [(String, String?)] = [
    ("+49 (30) 5550-8629", "tel:+493055508629"), ("020 7946 0705", "tel:02079460705"), ("none", nil),
    ("", nil),
    ("555;phone-context=evil", "tel:555"), ("٠١٢", nil),
  ]

  @Test(arguments: phones) func addressesOfCalls(_ number: String, _ link: String?) {
    #expect(ContactLink.phone(number) == link)
  }

  private static let pages: [(String, String?)] = [
    ("https://doe.example/a?b", "https://doe.example/a?b"), ("HTTP://doe.example", "HTTP://doe.example"),
    ("linkedin.com/in/ann", "https://linkedin.com/in/ann"), ("javascript:alert(1)//.com", nil),
    ("JaVaScRiPt:alert(1)", nil), ("data:text/html,x", nil), ("//evil.example", nil), ("/path.html", nil),
    (".hidden", nil), ("ann", nil), ("", nil), (" javascript:alert.x", nil), ("vbscript:x.y", nil),
    ("java\tscript:alert.x", nil), ("a\\b.com", nil), ("blob:https://x.com", nil),
  ]

  @Test(arguments: pages) func addressesOfPages(_ address: String, _ link: String?) {
    #expect(ContactLink.page(address) == link)
  }

  // MARK: - Times and numbers

  private static let ages: [(String, String)] = [
    ("2026-11-27", "on 27 November 2026"), ("2026-11-26", "today"), ("2026-11-25", "yesterday"),
    ("2026-11-13", "13 days ago"), ("2026-11-12", "2 weeks ago"), ("2026-09-28", "8 weeks ago"),
    ("2026-09-27", "1 months ago"), ("2025-01-01", "22 months ago"), ("2024-11-27", "23 months ago"),
    ("2024-11-25", "2 years ago"), ("1970-01-01", "56 years ago"),
  ]

  @Test(arguments: ages) func daysInWords(_ day: String, _ words: String) throws {
    let now = try #require(Timestamp("2026-11-26T12:00:00Z"))
    #expect(PlainWords.age(try #require(Timestamp(day)), now: now) == words)
  }

  @Test(arguments: [
    (0, "0 candidates"), (1, "1 candidate"), (999, "999 candidates"), (1_000, "1\u{202F}000 candidates"),
    (1_234_567, "1\u{202F}234\u{202F}567 candidates"),
  ]) func numbersInWords(_ count: Int, _ words: String) { #expect(PlainWords.candidates(count) == words) }

  /// No word of search engines is shown to people.
  @Test func noTermOfSearchEnginesIsShown() {
    for tier in Tier.allCases {
      let heading = PlainWords.Group(tier).heading ?? ""
      for term in ["tier", "token", "facet", "query", "variant", "relaxed", "index"] {
        #expect(!heading.lowercased().contains(term))
      }
    }
    #expect(Set(Field.ID.allCases.map(PlainWords.label)).count == Field.ID.allCases.count)
  }

  // MARK: - What is being typed

  struct Typing: Sendable, CustomTestStringConvertible {
    let text: String
    var field: Field.ID?
    var value = ""
    var before = ""
    var words = ""
    var beforeWords = ""
    var testDescription: String { text }
  }

  private static let typings = [
    Typing(text: ""), Typing(text: "softw", value: "softw", words: "softw"),
    Typing(text: "senior softw", value: "softw", before: "senior ", words: "senior softw"),
    Typing(text: "tag:JU", field: .tag, value: "JU", beforeWords: "tag:JU"),
    Typing(text: "a -tag:JU", field: .tag, value: "JU", before: "a ", beforeWords: "a -tag:JU"),
    Typing(text: "company:=Acm", field: .company, value: "Acm", beforeWords: "company:=Acm"),
    Typing(text: "unknown:x", value: "unknown:x", beforeWords: "unknown:x"),
    Typing(
      text: "tag:x OR john s", value: "s", before: "tag:x OR john ", words: "john s", beforeWords: "tag:x OR "
    ),
    Typing(text: "a b c d e", value: "e", before: "a b c d ", words: "b c d e", beforeWords: "a "),
    Typing(text: "john ", before: "john ", beforeWords: "john "),
    Typing(text: "\"open quo", value: "quo", before: "\"open ", words: "quo", beforeWords: "\"open "),
    Typing(text: "-java", value: "-java", beforeWords: "-java"),
  ]

  @Test(arguments: typings) func aTextIsSplitAtWhatIsCompleted(_ typing: Typing) {
    let typed = TypedText(typing.text)
    #expect(typed.field?.id == typing.field && typed.value == typing.value)
    #expect(typed.words == typing.words)
    if typing.field == nil, typing.text.unicodeScalars.allSatisfy(\.isASCII) {
      #expect(typed.before + typed.value == typing.text && typed.beforeWords + typed.words == typing.text)
    }
    if typing.text.unicodeScalars.allSatisfy(\.isASCII) {
      #expect(typed.before == typing.before && typed.beforeWords == typing.beforeWords)
    }
  }
}
