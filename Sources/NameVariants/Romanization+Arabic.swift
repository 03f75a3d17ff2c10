import TextAnalysis

extension Romanization {
  /// The words of a token in Arabic letters (Arabic, Persian, Urdu) with their usual Latin spellings.
  ///
  /// Names of the table come first, then the word by letters. Short vowels are unwritten: an `a` takes their
  /// place where a syllable needs one, an `i` after a long a (Khalid).
  static func arabic(_ token: String) -> [RomanizedWord] {
    let letters = Array(token.unicodeScalars.filter { !vowelMarks.contains($0.value) })
    guard letters.count > 4, letters.starts(with: ["ا", "ل"]),
      arabicNames[letters] == nil
    else {
      let spellings = arabicSpellings(letters)
      return spellings.isEmpty ? [] : [RomanizedWord(spellings: spellings)]
    }
    let name = arabicSpellings(Array(letters.dropFirst(2)))
    guard let first = name.first else { return [] }
    return [
      RomanizedWord(spellings: ["al", "el"]),
      RomanizedWord(spellings: unique(name.prefix(6) + ["al" + first, "el" + first])),
    ]
  }

  private static func arabicSpellings(_ letters: [Unicode.Scalar]) -> [String] {
    let known = arabicNames[letters] ?? []
    let byLetter = [arabicLetters, persianLetters].compactMap { scheme in
      scheme.rewrite(letters).map { withShortVowels(String(scalars: $0)) }
    }
    return unique(known + byLetter + byLetter.map(withLongVowels))
  }

  /// Spells long vowels as English and French do.
  private static func withLongVowels(_ word: String) -> String {
    let letters = Array(word.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (i, letter) in letters.enumerated() {
      let isInside =
        i > 0 && i + 1 < letters.count && !isVowelOrY(letters[i - 1]) && !isVowelOrY(letters[i + 1])
      switch letter {
      case "i" where isInside: result.append(contentsOf: ["e", "e"])
      case "u" where isInside: result.append(contentsOf: ["o", "u"])
      default: result.append(letter)
      }
    }
    return String(result)
  }

  /// Puts a vowel where two consonants begin a syllable, three meet, or two end the word.
  static func withShortVowels(_ word: String) -> String {
    let letters = Array(word.unicodeScalars)
    var result = String.UnicodeScalarView()
    var isOpen = false  // after a vowel, so that a consonant may close the syllable
    var vowel: Unicode.Scalar = "a"
    var i = 0
    while i < letters.count {
      if isVowel(letters[i]) {
        vowel = letters[i] == "a" && i > 0 ? "i" : "a"
        isOpen = true
        result.append(letters[i])
        i += 1
        continue
      }
      let isPair =
        i + 1 < letters.count && letters[i + 1] == "h" && "sktdgcz".unicodeScalars.contains(letters[i])
      let next = i + (isPair ? 2 : 1)
      result.append(contentsOf: letters[i..<next])
      let isLast = next == letters.count
      let meetsConsonant = !isLast && !isVowel(letters[next])
      let endsAfterNext = meetsConsonant && !letters[(next + 1)...].contains(where: { $0 != "h" })
      if meetsConsonant, !isOpen || endsAfterNext {
        result.append(isOpen ? vowel : "a")
        isOpen = true
        vowel = "a"
      } else {
        isOpen = false
      }
      i = next
    }
    return String(result)
  }

  private static func isVowel(_ letter: Unicode.Scalar) -> Bool {
    switch letter {
    case "a", "e", "i", "o", "u": true
    default: false
    }
  }

  private static func isVowelOrY(_ letter: Unicode.Scalar) -> Bool { letter == "y" || isVowel(letter) }

  /// Vowel points, doubling, hamza and madda above or below a letter, and the letter stretcher.
  private static let vowelMarks: Set<UInt32> = Set(0x064B...0x065F).union([0x0670, 0x0640, 0x0621])

  private static let arabicNames = spellingTable(arabicNameSpellings)
  private static let arabicLetters = LetterRules([letters])
  private static let persianLetters = LetterRules([letters, persian])

  /// The letters of the usual English spellings; folding makes ة of ه and ى of ي.
  private static let letters = """
    ا: a
    ٱ: a
    ب: b
    ت: t
    ث: th
    ج: j
    ح: h
    خ: kh
    د: d
    ذ: dh
    ر: r
    ز: z
    س: s
    ش: sh
    ص: s
    ض: d
    ط: t
    ظ: z
    ع: a
    اع: a
    عا: a
    غ: gh
    ف: f
    ق: q
    ك: k
    ل: l
    م: m
    ن: n
    ه: h
    <ه>$: ah
    ^<ه>: h
    ا<ه>$: h
    و<ه>$: h
    ي<ه>$: ah
    <لله>$: llah
    و: u
    ^<و>: w
    <و>اي: w
    ا<و>: w
    ي: i
    ^<ي>: y
    <ي>او: y
    ا<ي>: y
    پ: p
    چ: ch
    ژ: zh
    گ: g
    ٹ: t
    ڈ: d
    ڑ: r
    ں: n
    ے: e
    ھ: h
    ہ: h
    ؤ: u
    ئ: i
    """

  /// What Persian and Urdu spell in another way.
  private static let persian = """
    ث: s
    ذ: z
    ض: z
    ^<و>: v
    <و>اي: v
    ا<و>: v
    """
}
