extension Romanization {
  /// The usual Latin spellings of a word in Thai: as people spell names, with final r, l and s as they are written, and
  /// by the Royal Thai General System (1999); each also without h after p, t and k.
  static func thai(_ letters: [Unicode.Scalar]) -> [String] {
    let spoken = ThaiReader.withoutSilentLetters(letters)
    guard let royal = ThaiReader.latin(spoken, finals: .spoken), !royal.isEmpty,
      let written = ThaiReader.latin(spoken, finals: .written)
    else { return [] }
    return unique([written, withoutBreath(written), royal, withoutBreath(royal)])
  }

  private static func withoutBreath(_ word: String) -> String {
    var result = ""
    for letter in word where !(letter == "h" && "ptk".contains(result.last ?? " ")) { result.append(letter) }
    return result
  }
}

/// Reads a Thai word syllable by syllable. Thai leaves short vowels out: a consonant without a vowel has an o before a
/// final consonant, and an a before the beginning of the next syllable.
private struct ThaiReader {
  /// How the final consonant of a syllable is spelled.
  enum Finals {
    /// As it is spoken: only k, t, p, n, m, ng, i and o end a syllable.
    case spoken
    /// As the letter is spelled elsewhere.
    case written
  }

  private let letters: [Unicode.Scalar]
  private let finals: Finals
  private var i = 0
  private var result = ""
  private enum Syllable {
    /// A consonant begins a syllable.
    case ended
    /// After a vowel: a consonant may end the syllable.
    case open
    /// After a vowel that has a consonant after it.
    case unfinished
  }
  private var syllable = Syllable.ended

  /// The Latin spelling; nil if a letter is unknown.
  static func latin(_ letters: [Unicode.Scalar], finals: Finals) -> String? {
    var reader = ThaiReader(letters: letters, finals: finals)
    while reader.i < letters.count { guard reader.readNext() else { return nil } }
    return reader.result
  }

  private init(letters: [Unicode.Scalar], finals: Finals) {
    self.letters = letters
    self.finals = finals
  }

  /// The letters without marks of tone, without what the mark of silence (thanthakhat) makes silent, and without an h
  /// that only makes the tone of the consonant after it.
  static func withoutSilentLetters(_ letters: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    for (i, letter) in letters.enumerated() {
      switch letter.value {
      case 0xE2F, 0xE47...0xE4B: continue
      case 0xE4C:
        if kept.last == "ิ" || kept.last == "ุ" { kept.removeLast() }
        let silent = kept.popLast()
        if silent == "ร", let last = kept.last, "ตทด".unicodeScalars.contains(last) { kept.removeLast() }
      case 0xE2B where i + 1 < letters.count && "งญนมยรลว".unicodeScalars.contains(letters[i + 1]): continue
      default: kept.append(letter)
      }
    }
    return kept
  }

  private func letter(_ offset: Int) -> Unicode.Scalar? {
    i + offset < letters.count ? letters[i + offset] : nil
  }

  private func isConsonant(_ offset: Int) -> Bool {
    letter(offset).map { Self.consonants[$0] != nil } ?? false
  }
  private func isSign(_ offset: Int) -> Bool { letter(offset).map { Self.signs[$0] != nil } ?? false }

  /// Reads a consonant with its vowel, a final consonant, or a vowel. Returns false for an unknown letter.
  private mutating func readNext() -> Bool {
    guard let first = letter(0) else { return false }
    if let vowel = Self.prefixes[first] { return readSyllable(afterPrefix: vowel) }
    if Self.signs[first] != nil {
      readSign()
      return true
    }
    guard let consonant = Self.consonants[first] else { return false }
    if isSign(1) {
      add(consonant, 1)
      readSign()
    } else if endsSyllable {
      add(finalSpelling(first), 1)
      syllable = .ended
    } else {
      readUnwrittenVowel(first, consonant)
    }
    return true
  }

  /// Whether the consonant here ends the syllable before. The last two consonants of a word, and one before a double r,
  /// are a syllable of their own.
  private var endsSyllable: Bool {
    switch syllable {
    case .ended: false
    case .unfinished: true
    case .open: !(isConsonant(1) && letter(2) == nil) && !(letter(1) == "ร" && letter(2) == "ร")
    }
  }

  private mutating func add(_ text: String, _ count: Int) {
    result += text
    i += count
  }

  private mutating func readSign() {
    syllable = .open
    switch (letter(0), letter(1)) {
    case ("ั", "ว"): add("ua", 2)
    case ("ั", "ย"):
      add("ai", 2)
      syllable = .ended
    case ("ั", _):
      add("a", 1)
      syllable = .unfinished
    case ("ื", "อ"): add("ue", 2)
    case ("ะ", _), ("ำ", _):
      add(letter(0) == "ะ" ? "a" : "am", 1)
      syllable = .ended
    case (let sign?, _): add(Self.signs[sign] ?? "", 1)
    case (nil, _): break
    }
  }

  /// Reads a consonant or a cluster of two after a vowel that is written before and spoken after it.
  private mutating func readSyllable(afterPrefix vowel: String) -> Bool {
    guard let first = letter(1), let consonant = Self.consonants[first] else { return false }
    add(consonant, 2)
    if Self.isCluster(first, letter(0)), let second = letter(0) {
      let isSilent = finals == .spoken && Self.isSilentCluster(first, second)
      add(isSilent ? "" : Self.consonants[second] ?? "", 1)
    }
    syllable = .open
    guard vowel == "e" else {
      add(vowel, vowel == "ai" && letter(0) == "ย" ? 1 : 0)
      if vowel == "ai" { syllable = .ended }
      return true
    }
    switch (letter(0), letter(1)) {
    case ("ี", "ย"): add("ia", 2)
    case ("ื", "อ"): add("uea", 2)
    case ("า", _):
      add("ao", 1)
      syllable = .ended
    case ("ิ", _), ("อ", _): add("oe", 1)
    case ("ย", _) where !isSign(1): add("oei", 1)
    default: result += "e"
    }
    return true
  }

  /// Reads a consonant without a written vowel, and what follows in its syllable.
  private mutating func readUnwrittenVowel(_ first: Unicode.Scalar, _ consonant: String) {
    syllable = .open
    if letters[i...].starts(with: "พรหม".unicodeScalars.filter { $0 != "ห" }), result.isEmpty {
      // Brahma, an exception.
      add("phro", 2)
    } else if letter(1) == "ร", letter(2) == "ร" {
      add(consonant + (isConsonant(3) ? "a" : "an"), 3)
    } else if letter(1) == "อ", !isSign(2) {
      add(consonant + "o", 2)
    } else if letter(1) == "ว", isConsonant(2), !isSign(2), !isSign(3) {
      add(consonant + "ua", 2)
    } else if let next = letter(1), Self.consonants[next] != nil, !isSign(2) {
      if isConsonant(2), letter(3) == nil {
        // Two syllables: Ka-mon.
        add(consonant + "a", 1)
        syllable = .ended
      } else {
        // People write o before a final r as orn.
        let isOrn = next == "ร" && finals == .written
        add(consonant + (isOrn ? "orn" : "o" + finalSpelling(next)), 2)
        syllable = .ended
      }
    } else if let next = letter(1), Self.consonants[next] != nil || Self.prefixes[next] != nil {
      if finals == .spoken, isSign(2), Self.isSilentCluster(first, next) {
        add(first == "ท" ? "s" : consonant, 2)
        readSign()
        return
      }
      add(consonant + (Self.isCluster(first, next) ? "" : "a"), 1)
      syllable = .ended
    } else {
      add(consonant, 1)
      syllable = .ended
    }
  }

  private func finalSpelling(_ letter: Unicode.Scalar) -> String {
    if finals == .spoken, let spoken = Self.spokenFinals[letter] { return spoken }
    if letter == "ญ" { return "n" }
    let spelling = Self.consonants[letter] ?? ""
    return spelling == "ph" || spelling == "kh" ? String(spelling.prefix(1)) : spelling
  }

  /// Whether two consonants begin a syllable together (Praphat, Klang).
  private static func isCluster(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) -> Bool {
    guard let second else { return false }
    return "กขคตปผพศสท".unicodeScalars.contains(first) && "รล".unicodeScalars.contains(second)
  }

  /// Whether the r of a cluster is silent (Si-suk).
  private static func isSilentCluster(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    "ศสท".unicodeScalars.contains(first) && second == "ร"
  }

  /// Vowels that are written before their consonant.
  private static let prefixes: [Unicode.Scalar: String] = [
    "เ": "e", "แ": "ae", "โ": "o", "ใ": "ai", "ไ": "ai",
  ]
  private static let signs: [Unicode.Scalar: String] = [
    "ะ": "a", "ั": "a", "า": "a", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u",
    "\u{E4D}": "am", "ำ": "am", "ฤ": "ri", "ๅ": "a",
  ]

  /// Source of both tables: the Royal Thai General System (1999).
  private static let consonants: [Unicode.Scalar: String] = [
    "ก": "k", "ข": "kh", "ฃ": "kh", "ค": "kh", "ฅ": "kh", "ฆ": "kh", "ง": "ng", "จ": "ch", "ฉ": "ch",
    "ช": "ch", "ซ": "s", "ฌ": "ch", "ญ": "y", "ฎ": "d", "ฏ": "t", "ฐ": "th", "ฑ": "th", "ฒ": "th", "ณ": "n",
    "ด": "d", "ต": "t", "ถ": "th", "ท": "th", "ธ": "th", "น": "n", "บ": "b", "ป": "p", "ผ": "ph", "ฝ": "f",
    "พ": "ph", "ฟ": "f", "ภ": "ph", "ม": "m", "ย": "y", "ร": "r", "ล": "l", "ว": "w", "ศ": "s", "ษ": "s",
    "ส": "s", "ห": "h", "ฬ": "l", "อ": "", "ฮ": "h",
  ]
  private static let spokenFinals: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [:]
    for (letters, spoken) in [
      ("กขคฆ", "k"), ("จชซฎฏฐฑฒดตถทธศษส", "t"), ("บปพฟภ", "p"), ("ญณนรลฬ", "n"), ("ย", "i"), ("ว", "o"),
    ] {
      for letter in letters.unicodeScalars { table[letter] = spoken }
    }
    return table
  }()
}
