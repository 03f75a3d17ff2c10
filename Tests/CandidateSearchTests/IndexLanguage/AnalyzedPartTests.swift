import Testing
import TextAnalysis

@testable import CandidateSearch

/// A value that is analysed part by part has the forms of the whole value.
@Suite struct AnalyzedPartTests {
  private static let parts = [
    "José", "Müller", "J.", "É.", "J.R.", "J.R.R.T.K.", "ß", "O’Brien", "山", "山田太郎", "Иван", "й", "C++",
    ".NET", "–", "…", "",
    "Jean-Pierre", "x", "Ø", "i\u{307}", "A1", "l'", "ﬁ",
  ]

  @Test(arguments: parts) func formsOfPartsAreThoseOfTheWholeValue(_ first: String) {
    for second in Self.parts {
      for third in ["", "J.", "Müller", "山", "–", "x"] {
        let parts = [first, second, third]
        let found = AnalyzedValue(parts.map { AnalyzedPart(Analyzer.words(of: $0)) })
        let expected = AnalyzedValue(parts.joined(separator: " "))
        #expect(Array(found.usual) == Array(expected.usual), "\(parts)")
        #expect(Array(found.others) == Array(expected.others), "\(parts)")
      }
    }
  }

  /// More single letters in a row are no initials.
  @Test(arguments: 1...6) func initialsOfManyPartsAreThoseOfTheWholeValue(_ count: Int) {
    let parts = Array(repeating: "É.", count: count) + ["Müller"]
    let found = AnalyzedValue(parts.map { AnalyzedPart(Analyzer.words(of: $0)) })
    #expect(Array(found.others) == Array(AnalyzedValue(parts.joined(separator: " ")).others))
  }
}
