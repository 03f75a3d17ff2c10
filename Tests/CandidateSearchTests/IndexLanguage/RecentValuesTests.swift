import Testing

@testable import CandidateSearch

/// The memo of values that are made of short texts.
@Suite struct RecentValuesTests {
  private static func value(_ text: String, _ recent: RecentValues<Int, String>, made: inout Int) -> String {
    var text = text
    return text.withUTF8 { text in
      recent.value(of: text, 1) {
        made += 1
        return String(decoding: $0, as: UTF8.self) + "!"
      }
    }
  }

  @Test(arguments: [1, 64, 4_096]) func valuesAreThoseOfTheirTexts(_ maximumCount: Int) {
    let recent = RecentValues<Int, String>(maximumCount: maximumCount)
    var made = 0
    for round in 0..<3 {
      for i in 0..<1_000 {
        let text = "text \(i)" + (i == 7 ? String(repeating: "é", count: 40) : "")
        #expect(Self.value(text, recent, made: &made) == text + "!", "round \(round)")
      }
    }
    #expect(made <= 3_000)
  }

  @Test func aTableThatHasGrownKeepsWhatItKnows() {
    let recent = RecentValues<Int, String>(maximumCount: 1 << 16)
    var made = 0
    // The last of these makes the table grow.
    for i in 0...64 { _ = Self.value("\(i)", recent, made: &made) }
    let before = made
    for i in 0...64 { _ = Self.value("\(i)", recent, made: &made) }
    // Some texts had replaced others of the same slot.
    #expect(made - before < 50)
  }
}
