import CandidateQuery
import Testing

/// Marks are under their place in a terminal.
@Suite struct MarkedExcerptTests {
  @Test(arguments: [
    (text: "name: x", start: 6, column: 6), ("e\u{301}tude x", 7, 6), ("\u{E9}tude x", 6, 6), ("山田 x", 3, 5),
    ("👩‍👩‍👧‍👦 x", 8, 3), ("\u{202E}abc x", 5, 4), ("한국 x", 3, 5), ("ﬁ x", 2, 2), ("a\r\nb x", 5, 5), ("x", 0, 0),
  ]) func marksAreByColumns(text: String, start: Int, column: Int) {
    let excerpt = MarkedExcerpt(text, at: SourceRange(start: start, end: start + 1))
    #expect(excerpt.marks == String(repeating: " ", count: column) + "^")
  }

  @Test func aLongPlaceHasAtMostFortyMarks() {
    let text = String(repeating: "山", count: 100)
    #expect(MarkedExcerpt(text, at: SourceRange(start: 0, end: 100)).marks.count == 40)
  }

  @Test func aWideCharacterHasTwoMarks() {
    #expect(MarkedExcerpt("a 山", at: SourceRange(start: 2, end: 3)).marks == "  ^^")
  }
}
