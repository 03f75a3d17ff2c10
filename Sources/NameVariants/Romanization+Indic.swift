import TextAnalysis

/// Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada and Malayalam. Unicode encodes them in
/// parallel blocks of 128 (The Unicode Standard, 12), so that one table serves all.
extension Romanization {
  /// The usual Latin spellings of a word: with i, u, then with ee, oo, then with w for v and s for sh.
  static func indic(_ token: String) -> [String] {
    let letters = Array(token.unicodeScalars.prefix(NameDistance.maximumLetters))
    let known = indicNames[letters] ?? []
    guard let syllables = IndicSyllables(letters), let short = syllables.latin(long: false), !short.isEmpty,
      let long = syllables.latin(long: true).map({ replacing($0, doubles) })
    else { return known }
    let plain = replacing(short, doubles)
    let cluster = replacing(plain, clusters)
    let english = replacing(plain, englishLetters)
    return unique(known + [plain, long, cluster, english])
  }

  private static let doubles = LetterRules(["thth: th\nchch: ch"])
  private static let clusters = LetterRules(["ksh: x"])
  private static let englishLetters = LetterRules(["v: w\nsh: s\nchh: ch"])

  private static func replacing(_ word: String, _ rules: LetterRules) -> String {
    rules.rewrite(Array(word.unicodeScalars)).map { String(scalars: $0) } ?? word
  }

  private static let indicNames = spellingTable(indicNameSpellings)

  /// Folded, which means decomposed. Written for this project, from the most common surnames.
  static let indicNameSpellings = """
    कुमार: kumar
    शर्मा: sharma
    सिंह: singh sinha
    गुप्ता: gupta
    अग्रवाल: agarwal aggarwal
    चौधरी: chaudhary choudhary chowdhury
    मुखर्जी: mukherjee
    बनर्जी: banerjee
    मिश्रा: mishra misra
    रेड्डी: reddy
    दास: das dass
    দাস: das dass
    রায়: roy ray
    সিংহ: singha sinha
    চৌধুরী: chowdhury choudhury
    মুখার্জী: mukherjee
    ব্যানার্জী: banerjee
    চক্রবর্তী: chakraborty chakrabarti
    ঘোষ: ghosh ghose
    বসু: basu bose
    হোসেন: hossain hussain
    রহমান: rahman
    ইসলাম: islam
    মোহাম্মদ: mohammad mohammed
    গঙ্গোপাধ্যায়: ganguly gangopadhyay
    சுப்பிரமணியன்: subramanian subramaniam
    கிருஷ்ணன்: krishnan
    முருகன்: murugan
    குமார்: kumar
    రెడ్డి: reddy
    రావు: rao
    నాయుడు: naidu
    కుమార్: kumar
    """
}

/// A word of an Indic script while it is rewritten.
private struct IndicSyllables {
  private let block: UInt32
  private let letters: [Unicode.Scalar]

  /// Nil if the letters are of several scripts.
  init?(_ letters: [Unicode.Scalar]) {
    let letters = letters.filter { $0.value != 0x200C && $0.value != 0x200D }
    guard let block = letters.first.map({ $0.value & ~0x7F }),
      letters.allSatisfy({ $0.value & ~0x7F == block })
    else { return nil }
    self.block = block
    self.letters = letters
  }

  private static let (tamil, bengali): (UInt32, UInt32) = (0x0B80, 0x0980)

  /// Scripts whose final consonants are written without a sign for the absent vowel.
  private var dropsFinalVowel: Bool { [0x0900, 0x0980, 0x0A00, 0x0A80].contains(block) }

  /// Nil if a letter is unknown.
  func latin(long: Bool) -> String? {
    var result = ""
    var hasInherentVowel = false
    var i = 0
    while i < letters.count {
      let offset = letters[i].value - block
      let next = i + 1 < letters.count ? letters[i + 1].value - block : nil
      i += 1
      if offset == 0x46 || offset == 0x47, let next, let whole = Self.signsOfTwo[next] {
        hasInherentVowel = false
        result += whole
        i += 1
      } else if let consonant = consonant(offset, before: next, after: result) {
        if hasInherentVowel { result += "a" }
        result += consonant
        hasInherentVowel = true
      } else if let sign = Self.signs[offset] {
        hasInherentVowel = false
        result += long ? Self.long[sign] ?? sign : sign
      } else if let vowel = Self.vowels[offset] {
        if hasInherentVowel { result += "a" }
        hasInherentVowel = false
        result += long ? Self.long[vowel] ?? vowel : vowel
      } else if let mark = Self.marks[offset] {
        if hasInherentVowel { result += "a" }
        hasInherentVowel = false
        result += mark
      } else if offset == 0x4D {
        hasInherentVowel = false
      } else if offset != 0x3C {
        return nil
      }
    }
    return result + (hasInherentVowel && !dropsFinalVowel ? "a" : "")
  }

  private func consonant(_ offset: UInt32, before next: UInt32?, after result: String) -> String? {
    if next == 0x3C, let letter = Self.withNukta[offset] { return letter }
    if block == Self.bengali, let letter = Self.inBengali[offset] { return letter }
    if block == Self.tamil, next != nil, next != 0x4D, let last = result.last, "aeioumn".contains(last),
      let voiced = Self.voicedInTamil[offset]
    {
      return voiced
    }
    if block == Self.tamil, let letter = Self.inTamil[offset] { return letter }
    return Self.consonants[offset]
  }

  private static let consonants: [UInt32: String] = [
    0x15: "k", 0x16: "kh", 0x17: "g", 0x18: "gh", 0x19: "n", 0x1A: "ch", 0x1B: "chh", 0x1C: "j", 0x1D: "jh",
    0x1E: "n", 0x1F: "t", 0x20: "th", 0x21: "d", 0x22: "dh", 0x23: "n", 0x24: "t", 0x25: "th", 0x26: "d",
    0x27: "dh", 0x28: "n", 0x29: "n", 0x2A: "p", 0x2B: "ph", 0x2C: "b", 0x2D: "bh", 0x2E: "m", 0x2F: "y",
    0x30: "r", 0x31: "r", 0x32: "l", 0x33: "l", 0x34: "zh", 0x35: "v", 0x36: "sh", 0x37: "sh", 0x38: "s",
    0x39: "h", 0x58: "q", 0x59: "kh", 0x5A: "gh", 0x5B: "z", 0x5C: "r", 0x5D: "rh", 0x5E: "f", 0x5F: "y",
    0x4E: "t",
  ]
  private static let withNukta: [UInt32: String] = [
    0x15: "q", 0x16: "kh", 0x17: "gh", 0x1C: "z", 0x21: "r", 0x22: "rh", 0x2B: "f", 0x2F: "y",
  ]
  private static let inBengali: [UInt32: String] = [0x2F: "j", 0x70: "r", 0x71: "v"]
  private static let inTamil: [UInt32: String] = [0x1A: "s", 0x24: "th"]
  private static let voicedInTamil: [UInt32: String] = [0x15: "g", 0x1F: "d", 0x24: "dh", 0x2A: "b"]

  private static let vowels: [UInt32: String] = [
    0x05: "a", 0x06: "a", 0x07: "i", 0x08: "ii", 0x09: "u", 0x0A: "uu", 0x0B: "ri", 0x0D: "e", 0x0E: "e",
    0x0F: "e", 0x10: "ai", 0x11: "o", 0x12: "o", 0x13: "o", 0x14: "au",
  ].mapValues { short[$0] ?? $0 }
  private static let signs: [UInt32: String] = [
    0x3E: "a", 0x3F: "i", 0x40: "ii", 0x41: "u", 0x42: "uu", 0x43: "ri", 0x45: "e", 0x46: "e", 0x47: "e",
    0x48: "ai", 0x49: "o", 0x4A: "o", 0x4B: "o", 0x4C: "au", 0x57: "u",
  ].mapValues { short[$0] ?? $0 }
  /// What follows the sign of e in a vowel that folding decomposes.
  private static let signsOfTwo: [UInt32: String] = [0x3E: "o", 0x56: "ai", 0x57: "au"]
  /// The nasal marks and the breath at the end.
  private static let marks: [UInt32: String] = [0x01: "n", 0x02: "n", 0x03: "h", 0x70: "n", 0x71: ""]

  private static let short = ["ii": "i", "uu": "u"]
  private static let long = ["i": "ee", "u": "oo", "a": "a"]
}
