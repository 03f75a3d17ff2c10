/// How alike two names are, in a few levels; the most alike is the least.
///
/// A level can be shown to a person; a score could not be explained. `Comparable` orders hits.
package enum NameSimilarity: Int, CaseIterable, Comparable, Sendable {
  /// The same letters, words in any order, or a typed initial.
  case equal
  /// Short or pet forms of one name: Bob and Robert.
  case nickname
  /// Equal fine codes: Catherine and Kathryn.
  case sameSound
  /// The typed word is the beginning of the name: Char and Charlotte.
  case beginning
  /// One letter changed, added, dropped or swapped: Jonson and Johnson.
  case oneLetter
  /// The name is only an initial of the typed word.
  case initial
  /// Equal coarse codes, and similar letters: Martin and Morton.
  case similarSound
  /// Similar letters (two letters, or a Jaro-Winkler similarity of at least 0.88).
  case similar
  /// Anything else.
  case different

  /// For people.
  package var description: String {
    switch self {
    case .equal: "same name"
    case .nickname: "short form"
    case .sameSound: "same sound"
    case .beginning: "begins so"
    case .oneLetter: "one letter differs"
    case .initial: "initial"
    case .similarSound: "similar sound"
    case .similar: "similar"
    case .different: "different"
    }
  }

  package static func < (a: NameSimilarity, b: NameSimilarity) -> Bool { a.rawValue < b.rawValue }
}

/// A word of a name with what its comparison needs, computed once.
package struct NameWord: Sendable {
  package let text: String
  let letters: [Unicode.Scalar]
  package let code: PhoneticCode?
  /// Its short forms and the names of which it is one; empty for a word of a record.
  let alternatives: [String]

  /// - Parameters:
  ///   - text: a folded token, romanized if it was in another script.
  ///   - isTyped: whether it is compared with words of records; else it is one.
  package init(_ text: String, isTyped: Bool = true) {
    self.text = text
    letters = Array(text.unicodeScalars.prefix(NameDistance.maximumLetters))
    code = PhoneticCode(text)
    alternatives = isTyped ? Nicknames.alternatives(of: text) : []
  }

  /// How alike this typed word and a word of a name are. A typed letter is equal to every word that begins with it.
  package func similarity(to other: NameWord) -> NameSimilarity {
    if text == other.text || isInitial(of: other) { return .equal }
    if other.isInitial(of: self) { return .initial }
    // Other letters for one letter alone are another name.
    guard letters.count > 1, other.letters.count > 1 else { return .different }
    if alternatives.contains(other.text) { return .nickname }
    if let code, let otherCode = other.code, code.fine == otherCode.fine { return .sameSound }
    if letters.count >= Self.minimumBeginning, other.letters.starts(with: letters) { return .beginning }
    return similarityOfLetters(to: other)
  }

  /// The minimum length of a beginning.
  package static let minimumBeginning = 3

  /// Whether two words have one coarse code.
  package func hasSimilarSound(to other: NameWord) -> Bool {
    code != nil && code?.coarse == other.code?.coarse
  }

  private func isInitial(of other: NameWord) -> Bool {
    letters.count == 1 && letters.first == other.letters.first
  }

  private func similarityOfLetters(to other: NameWord) -> NameSimilarity {
    let length = min(letters.count, other.letters.count)
    // One letter of three makes another name (Kim, Tim); two of five as well (Maria, Marco).
    let limit = length >= 6 ? 2 : length >= 4 ? 1 : 0
    let edits = limit > 0 ? NameDistance.edits(letters, other.letters, atMost: limit) : nil
    if edits == 1 { return .oneLetter }
    let jaroWinkler = NameDistance.jaroWinkler(letters, other.letters)
    if let code, let otherCode = other.code, code.coarse == otherCode.coarse,
      jaroWinkler >= Self.minimumForSimilarSound
    {
      return .similarSound
    }
    return edits != nil || length >= 4 && jaroWinkler >= Self.minimumForSimilar ? .similar : .different
  }

  private static let minimumForSimilar = 0.88
  private static let minimumForSimilarSound = 0.6
}

extension NameSimilarity {
  /// Words of a query beyond these are not compared.
  package static let maximumWords = 8

  /// How alike a query and a candidate's name are: the level of the least alike word of the query, each
  /// compared with a different word of the name, in any order. Words of the name that the query lacks do not
  /// matter.
  ///
  /// Words are assigned greedily, the most alike first, and of equally alike ones the first words; an initial
  /// takes a word only after all others.
  ///
  /// Cost: the number of words of one times that of the other, at most 8 each.
  package static func of(query: [NameWord], name: [NameWord]) -> NameSimilarity {
    guard !query.isEmpty, query.count <= name.count else { return .different }
    return levels(query: Array(query.prefix(maximumWords)), name: name.map { [$0] }).max() ?? .different
  }

  /// The levels of the words of a query, each compared with a different word of the name as `of` does; `different`
  /// for a word that remains. A word of the name has several spellings, of which the most alike counts.
  package static func levels(query: [NameWord], name: [[NameWord]]) -> [NameSimilarity] {
    var levels = Array(repeating: NameSimilarity.different, count: query.count)
    var pairs: [Assignment] = []
    for (i, word) in query.prefix(maximumWords).enumerated() {
      for (j, spellings) in name.prefix(maximumWords).enumerated() {
        for other in spellings {
          let isInitial = (word.letters.count == 1 || other.letters.count == 1) && word.text != other.text
          pairs.append(
            Assignment(level: word.similarity(to: other), isInitial: isInitial, queryIndex: i, nameIndex: j))
        }
      }
    }
    var (inQuery, inName) = (0, 0)
    for pair in pairs.sorted()
    where inQuery & 1 << pair.queryIndex == 0 && inName & 1 << pair.nameIndex == 0 {
      inQuery |= 1 << pair.queryIndex
      inName |= 1 << pair.nameIndex
      levels[pair.queryIndex] = pair.level
    }
    return levels
  }
}

/// A word of a query with a word of a name; the most alike first.
private struct Assignment: Comparable {
  let level: NameSimilarity
  let isInitial: Bool
  let queryIndex: Int
  let nameIndex: Int

  private var order: (Int, Int, Int, Int) { (isInitial ? 1 : 0, level.rawValue, queryIndex, nameIndex) }

  static func < (a: Assignment, b: Assignment) -> Bool { a.order < b.order }
}
