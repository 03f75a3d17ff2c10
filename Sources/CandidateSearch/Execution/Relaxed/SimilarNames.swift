import NameVariants

/// Candidates whose names are equally similar to a query.
struct SimilarNames {
  /// How similar a name is to a query.
  struct Rank: Hashable, Comparable {
    /// The level of the least similar word.
    let level: NameSimilarity
    /// The number of words that differ.
    let differing: Int

    /// - Parameters:
    ///   - levels: the levels of the words of the query.
    ///   - isWholeName: whether each of them is a word of the name.
    init(_ levels: [NameSimilarity], isWholeName: Bool) {
      // An initial without the rest of the name, or two initials, are those of many people.
      let initials = levels.count { $0 == .initial }
      let isUnclear = initials > 1 || initials == 1 && !isWholeName
      level = isUnclear ? .different : levels.max() ?? .different
      differing = levels.count { $0 != .equal }
    }

    /// The tier of such hits.
    var tier: Tier { level <= .sameSound ? .sound : .similar }

    static func < (a: Rank, b: Rank) -> Bool { (a.level, a.differing) < (b.level, b.differing) }
  }

  let rank: Rank
  var docids: [Docid] = []
  /// The words of their names.
  var nameWords: Set<String> = []
}

/// Compares names with the words of a query, which are prepared once.
struct NameComparison {
  private let query: [NameWord]
  /// For each word of the query, the number of its parts.
  private let counts: [Int]

  init(_ words: [RelaxedWord]) {
    query = words.flatMap(\.names)
    counts = words.map(\.names.count)
  }

  /// The levels of the words of the query. `name` is a sort name.
  func levels(_ name: String) -> [NameSimilarity] {
    var levels = NameSimilarity.levels(query: query, name: Self.forms(of: name))[...]
    return counts.map { count in
      defer { levels = levels.dropFirst(count) }
      return count == 0 ? .different : levels.prefix(count).max() ?? .different
    }
  }

  /// The words of a sort name.
  static func words(of name: String) -> [String] {
    name.split { $0 == " " || $0 == "\t" }.map(String.init)
  }

  /// The words of a sort name in Latin letters, each with its spellings.
  private static func forms(of name: String) -> [[NameWord]] {
    let parts = name.split(separator: "\t", omittingEmptySubsequences: false)
    var forms: [[NameWord]] = []
    for (i, part) in parts.enumerated() where !part.isEmpty {
      let tokens = part.split(separator: " ").map(String.init)
      forms += tokens.filter { $0.utf8.allSatisfy { $0 < 0x80 } }.map { [NameWord($0, isTyped: false)] }
      guard part.utf8.contains(where: { $0 >= 0x80 }) else { continue }
      forms += tokens.filter { !$0.utf8.allSatisfy { $0 < 0x80 } }.map { [NameWord($0, isTyped: false)] }
      let isWhole = parts.count == 1 || parts.contains { $0.isEmpty }
      forms += Romanization.words(of: tokens, part: isWhole ? .whole : i == 0 ? .family : .given)
        .map { $0.spellings.map { NameWord($0, isTyped: false) } }
    }
    return forms
  }
}
