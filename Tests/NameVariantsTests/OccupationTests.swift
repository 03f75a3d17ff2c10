import Testing

@testable import NameVariants

@Suite struct OccupationTests {
  /// A query, the words of it that are a title, and another title of the same occupation.
  static let cases: [(query: String, title: String, other: String)] = [
    ("attorney", "attorney", "lawyer"),
    ("lawyer okafor", "lawyer", "attorney"),
    ("jane truck driver boston", "truck driver", "lorry driver"),
    ("lorry drivers", "lorry drivers", "truck driver"),
    ("township clerks", "township clerks", "municipal clerk"),
    ("realtor", "realtor", "estate agent"),
    ("rn", "rn", "registered nurse"),
    ("software engineer", "software engineer", "application developer"),
    ("headteachers", "headteachers", "principal"),
    ("firefighter", "firefighter", "firewoman"),
  ]

  static let none = [
    "", " ", "john smith", "engineer", "manager", "technician", "assistant", "officer", "consultant",
    "|", ";", "attorney|lawyer", "attorney lawyers boston|", "🔥", "\u{0}", "attor ney",
  ]

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(arguments: cases) func titlesOfOneOccupation(query: String, title: String, other: String) throws {
    let words = Self.words(query)
    let matches = Occupations.matches(in: words)
    #expect(!matches.isEmpty)
    #expect(matches.allSatisfy { words[$0.range].joined(separator: " ") == title })
    #expect(matches.contains { $0.others.contains(Self.words(other)) })
    #expect(!matches.contains { $0.others.contains(Self.words(title)) })
  }

  @Test(arguments: none) func noTitle(_ query: String) {
    #expect(
      Occupations.matches(in: Self.words(query)).filter { $0.range.count == Self.words(query).count } == [])
  }

  @Test func theLongestAllowedRunCounts() {
    let words = Self.words("court clerk judge")
    #expect(Occupations.matches(in: words).map(\.range).allSatisfy { $0 == 0..<2 })
    let allowed = Occupations.matches(in: words) { !$0.contains(0) }
    #expect(!allowed.isEmpty && allowed.allSatisfy { $0.range == 2..<3 })
    #expect(Occupations.matches(in: words) { _ in false } == [])
  }

  @Test func everyTitleFindsItsOccupation() {
    let all = Occupations.all
    #expect(all.count > 3_500)
    for titles in all {
      #expect(titles.count > 1)
      for title in titles {
        let words = Self.words(title)
        let found = Occupations.matches(in: words)
        #expect(
          found.contains {
            $0.name == titles[0] && $0.others == titles.filter { $0 != title }.map(Self.words)
          },
          "\(title)")
        #expect(words.count <= Occupations.maximumWords && words.allSatisfy { !$0.isEmpty }, "\(title)")
      }
    }
  }

  /// A title of many occupations would find them all.
  @Test func noTitleBelongsToMany() {
    var counts: [String: Int] = [:]
    for title in Occupations.all.flatMap({ $0 }) { counts[title, default: 0] += 1 }
    #expect((counts.values.max() ?? 0) <= 5)
    #expect(
      counts.keys.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == " ") } })
  }

  @Test func longTextsAreSearchedOnce() {
    let words = [String](repeating: "a", count: 5_000) + ["attorney"]
    #expect(Occupations.matches(in: words).first?.range == 5_000..<5_001)
  }
}
