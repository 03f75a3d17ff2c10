import BenchmarkCorpus

/// Text as a judge compares it: small letters, romanized where the script allows, as words.
///
/// The judge's own, so that no engine's way of splitting words decides what is right.
struct RecordText {
  private static let romanizer = Romanizer()

  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      let spelling = romanizer.romanize(String(scalar)).unicodeScalars
      let letters = spelling.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
      if !letters.isEmpty {
        word.unicodeScalars.append(contentsOf: letters)
      } else if spelling.isEmpty, scalar.properties.isAlphabetic || scalar.properties.generalCategory.isMark {
        word.unicodeScalars.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isMark: Bool { self == .nonspacingMark || self == .spacingMark }
}
