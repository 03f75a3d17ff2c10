extension Romanization {
  /// The usual Latin spellings of a word in Thai: by the letters of the Royal Thai General System, as people
  /// spell names (final r and l are written), then without h after p, t and k.
  ///
  /// Vowels before a consonant are moved after it; the short o that is unwritten is added in the last syllable
  /// only, since codes have no vowels.
  static func thai(_ letters: [Unicode.Scalar]) -> [String] {
    guard let usual = thaiLatin(letters, finalN: false), !usual.isEmpty,
      let royal = thaiLatin(letters, finalN: true)
    else { return [] }
    return unique([usual, withoutBreath(usual), royal, withoutBreath(royal)])
  }

  private static func withoutBreath(_ word: String) -> String {
    var result = ""
    for letter in word where !(letter == "h" && "ptk".contains(result.last ?? " ")) { result.append(letter) }
    return result
  }

  private static func thaiLatin(_ letters: [Unicode.Scalar], finalN: Bool) -> String? {
    var result = ""
    var moved = ""
    for (i, letter) in letters.enumerated() {
      let next = i + 1 < letters.count ? letters[i + 1] : nil
      if isIgnored(letter.value) || next == "\u{E4C}" { continue }
      if let vowel = thaiPrefixes[letter] {
        result += moved
        moved = vowel
      } else if let consonant = thaiConsonants[letter] {
        // A silent h makes the tone of the consonant after it.
        if letter == "ห", next.map({ "งนมยรลว".unicodeScalars.contains($0) }) ?? false { continue }
        let isFinal = next == nil && moved.isEmpty && !result.isEmpty
        let previous = i > 0 ? thaiConsonants[letters[i - 1]] : nil
        if letter == "อ", i > 0, previous != nil {
          result += "o"
          continue
        }
        // Two consonants without a sign between them have a short o; people write it before a final r as orn.
        if isFinal, previous != nil, letters[i - 1] != "อ" {
          result += letter == "ร" && !finalN ? "orn" : "o" + (thaiFinals[letter] ?? consonant)
          continue
        }
        result += (isFinal && finalN ? thaiFinals[letter] : nil) ?? consonant
        if !isCluster(letter, next: next) {
          result += moved
          moved = ""
        }
      } else if let vowel = thaiVowels[letter] {
        result += vowel
      } else {
        return nil
      }
    }
    return result + moved
  }

  /// Tone marks and the short vowel mark.
  private static func isIgnored(_ value: UInt32) -> Bool { (0xE47...0xE4C).contains(value) || value == 0xE2F }

  /// Whether a moved vowel is spoken after the next consonant (Praphat, Klang).
  private static func isCluster(_ letter: Unicode.Scalar, next: Unicode.Scalar?) -> Bool {
    guard let next else { return false }
    return "กขคตปผพ".unicodeScalars.contains(letter) && "รล".unicodeScalars.contains(next)
  }

  private static let thaiPrefixes: [Unicode.Scalar: String] = [
    "เ": "e", "แ": "ae", "โ": "o", "ใ": "ai", "ไ": "ai",
  ]
  private static let thaiVowels: [Unicode.Scalar: String] = [
    "ะ": "a", "ั": "a", "า": "a", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u",
    "\u{E4D}": "am", "ำ": "am", "ฤ": "ri", "ๅ": "a",
  ]
  private static let thaiFinals: [Unicode.Scalar: String] = ["ร": "n", "ล": "n", "ฬ": "n", "ญ": "n"]

  /// Source: the table of initial consonants of the Royal Thai General System (1999).
  private static let thaiConsonants: [Unicode.Scalar: String] = [
    "ก": "k", "ข": "kh", "ฃ": "kh", "ค": "kh", "ฅ": "kh", "ฆ": "kh", "ง": "ng", "จ": "ch", "ฉ": "ch",
    "ช": "ch", "ซ": "s", "ฌ": "ch", "ญ": "y", "ฎ": "d", "ฏ": "t", "ฐ": "th", "ฑ": "th", "ฒ": "th", "ณ": "n",
    "ด": "d", "ต": "t", "ถ": "th", "ท": "th", "ธ": "th", "น": "n", "บ": "b", "ป": "p", "ผ": "ph", "ฝ": "f",
    "พ": "ph", "ฟ": "f", "ภ": "ph", "ม": "m", "ย": "y", "ร": "r", "ล": "l", "ว": "w", "ศ": "s", "ษ": "s",
    "ส": "s", "ห": "h", "ฬ": "l", "อ": "", "ฮ": "h",
  ]
}
