import BenchmarkCorpus

/// Text as a judge compares it: small letters, romanized where the script allows, as words.
///
/// The judge's own, so that no engine's way of splitting words decides what is right.
struct RecordText {
  private static let romanizer = Romanizer()

  static func words(_ text: String) -> [String] {
    text.unicodeScalars.split { !isPartOfWord($0) }.map { spelled(String($0)) }
  }

  /// A word in a script that is not romanized stays as it is.
  private static func spelled(_ word: String) -> String {
    let isKnown = word.unicodeScalars.allSatisfy { !romanizer.romanize(String($0)).isEmpty }
    return isKnown ? romanizer.romanize(word) : word.lowercased()
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isAlphabetic || properties.numericType != nil || properties.generalCategory.isMark
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isMark: Bool { self == .nonspacingMark || self == .spacingMark }
}
