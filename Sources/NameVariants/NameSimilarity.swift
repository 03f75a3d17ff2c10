/// How alike two names are, in a few levels; the most alike is the least.
///
/// A level can be shown to a person; a score could not be explained. `Comparable` orders hits.
package enum NameSimilarity: Int, CaseIterable, Comparable, Sendable {
  /// The same letters, words in any order, or an initial for a word.
  case equal
  /// Short or pet forms of one name: Bob and Robert.
  case nickname
  /// Equal fine codes: Catherine and Kathryn.
  case sameSound
  /// One letter changed, added, dropped or swapped: Jonson and Johnson.
  case oneLetter
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
    case .oneLetter: "one letter differs"
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
  let code: PhoneticCode?
  let alternatives: [String]

  /// - Parameter text: a folded token, romanized if it was in another script.
  package init(_ text: String) {
    self.text = text
    letters = Array(text.unicodeScalars.prefix(NameDistance.maximumLetters))
    code = PhoneticCode(text)
    alternatives = Nicknames.alternatives(of: text)
  }

  /// How alike two words are. A single letter is equal to every word that begins with it.
  package func similarity(to other: NameWord) -> NameSimilarity {
    if text == other.text || isInitial(of: other) || other.isInitial(of: self) { return .equal }
    // Other letters for one letter alone are another name.
    guard letters.count > 1, other.letters.count > 1 else { return .different }
    if alternatives.contains(other.text) { return .nickname }
    if let code, let otherCode = other.code, code.fine == otherCode.fine { return .sameSound }
    return similarityOfLetters(to: other)
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
    let (query, name) = (query.prefix(maximumWords), name.prefix(maximumWords))
    guard !query.isEmpty, query.count <= name.count else { return .different }
    var pairs: [Assignment] = []
    for (i, word) in query.enumerated() {
      for (j, other) in name.enumerated() {
        let initial = word.letters.count == 1 || other.letters.count == 1
        pairs.append(
          Assignment(
            level: word.similarity(to: other), isInitial: initial && word.text != other.text,
            queryIndex: i, nameIndex: j))
      }
    }
    var (inQuery, inName, worst) = (0, 0, NameSimilarity.equal)
    for pair in pairs.sorted()
    where inQuery & 1 << pair.queryIndex == 0 && inName & 1 << pair.nameIndex == 0 {
      inQuery |= 1 << pair.queryIndex
      inName |= 1 << pair.nameIndex
      worst = max(worst, pair.level)
    }
    return worst
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
