extension Romanization {
  /// The words of a name in Chinese characters with their spellings. A whole name begins with its surname; one
  /// that may be Chinese or Japanese has the words of both.
  static func han(_ characters: [Unicode.Scalar], part: NamePart) -> [RomanizedWord] {
    switch part {
    case .family: word(hanSurname(characters))
    case .given: word(hanGiven(characters))
    case .whole: wholeHan(characters)
    }
  }

  private static func wholeHan(_ characters: [Unicode.Scalar]) -> [RomanizedWord] {
    hanReadings(characters).joined().flatMap(word)
  }

  /// The spellings of the surname and, if there is one, of the given name: as a Chinese name, as a Japanese one, or as both. A part
  /// that cannot be read has no spelling.
  static func hanReadings(_ characters: [Unicode.Scalar]) -> [[[String]]] {
    let japanese = longestPrefix(of: characters, in: japaneseSurnames)
    let chinese = hanSurnames[Array(characters.prefix(2))] != nil && characters.count > 2 ? 2 : 1
    let isChinese = hanSurnames[Array(characters.prefix(chinese))] != nil && characters.count <= chinese + 2
    func reading(_ length: Int, _ given: ([Unicode.Scalar]) -> [String]) -> [[String]] {
      let (surname, rest) = (Array(characters.prefix(length)), Array(characters.dropFirst(length)))
      return [hanSurname(surname)] + (rest.isEmpty ? [] : [given(rest)])
    }
    var readings: [[[String]]] = []
    if isChinese || japanese == 0 { readings.append(reading(chinese, japanese == 0 ? mandarin : hanGiven)) }
    if japanese > 1 || japanese == 1 && !isChinese { readings.append(reading(japanese, hanGiven)) }
    return readings
  }

  /// The spellings of a surname: from the tables of whole names, then by its readings.
  private static func hanSurname(_ characters: [Unicode.Scalar]) -> [String] {
    let chinese = hanSurnames[characters] ?? []
    let readings = mandarin(characters)
    // Taiwan spells what the surname is read, where that differs from the character.
    let taiwan = chinese.first.flatMap { characters.count == 1 ? [HanReadings.wadeGiles($0)] : nil } ?? []
    return unique((japaneseSurnames[characters] ?? []) + chinese + taiwan + (chinese.isEmpty ? readings : []))
  }

  private static func hanGiven(_ characters: [Unicode.Scalar]) -> [String] {
    unique((japaneseGiven[characters] ?? []) + mandarin(characters))
  }

  /// Pinyin, then the spelling of Taiwan, with joined syllables.
  private static func mandarin(_ characters: [Unicode.Scalar]) -> [String] {
    let syllables = characters.compactMap(HanReadings.syllable)
    guard !syllables.isEmpty, syllables.count == characters.count else { return [] }
    return unique([syllables.joined(), syllables.map(HanReadings.wadeGiles).joined()])
  }

  /// The number of characters of the longest name of a table with which a name begins; 0 if none.
  private static func longestPrefix(of characters: [Unicode.Scalar], in names: [[Unicode.Scalar]: [String]])
    -> Int
  {
    (1...3).last { $0 <= characters.count && names[Array(characters.prefix($0))] != nil } ?? 0
  }

  private static func word(_ spellings: [String]) -> [RomanizedWord] {
    spellings.isEmpty ? [] : [RomanizedWord(spellings: spellings)]
  }

  private static let hanSurnames = spellingTable(hanSurnameSpellings)
  private static let japaneseSurnames = spellingTable(japaneseSurnameSpellings)
  private static let japaneseGiven = spellingTable(japaneseGivenSpellings)
}
