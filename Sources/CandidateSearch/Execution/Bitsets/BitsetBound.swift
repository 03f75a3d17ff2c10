/// An upper bound of the candidates that match a query, in bitsets.
struct BitsetBound: Sendable {
  /// Every matching candidate, and perhaps others.
  let expression: BitsetExpression
  /// Whether no other candidate belongs to it.
  let isExact: Bool

  /// The maximum number of parts of a disjunction that are looked up one by one.
  private static let maximumParts = 16

  private static let unknown = BitsetBound(expression: .constant(true), isExact: false)
  private static let none = BitsetBound(expression: .constant(false), isExact: true)

  /// The bound of a query, as far as bitsets decide it. `set` returns the bitset of a part
  /// (`IndexQuery.bitsetParts`), if there is one.
  init(
    of query: IndexQuery, ordinals: DocidOrdinals, bitset set: (IndexQuery) throws -> DocumentBitset?
  ) rethrows {
    func bound(_ query: IndexQuery) throws -> Self {
      try Self(of: query, ordinals: ordinals, bitset: set)
    }
    switch query {
    case .everything: self.init(expression: .constant(true), isExact: true)
    case .nothing: self.init(expression: .constant(false), isExact: true)
    case .record(.docids(let range)):
      let first = ordinals.first(notBelow: range.lowerBound)
      let end =
        range.upperBound == .max
        ? ordinals.count : ordinals.first(notBelow: range.upperBound + 1, from: first)
      self.init(expression: .range(first..<end), isExact: true)
    case .record: self = Self.unknown
    case .phrase:
      if let set = try set(query) {
        self.init(expression: .set(set), isExact: true)
      } else {
        // Each of its tokens occurs somewhere in one of its columns.
        let columns = try query.tokensByColumn.map { try Self.all($0.map(bound), isExact: false) }
        self = columns.isEmpty ? Self.unknown : Self.any(columns)
      }
    case .together(_, _, let columns):
      // Phrases in any column need not be in the same one.
      self = Self.any(
        try query.phrasesByColumn.map { try Self.all($0.map(bound), isExact: !columns.isEmpty) })
    case .and(let parts): self = Self.all(try parts.map(bound))
    case .or(let parts):
      if let (phrases, others) = query.phrasesAndOthers, let set = try set(phrases) {
        self = Self.any([BitsetBound(expression: .set(set), isExact: true)] + (try others.map(bound)))
      } else if parts.count > Self.maximumParts {
        self = Self.unknown
      } else {
        self = Self.any(try parts.map(bound))
      }
    case .not(let part):
      let part = try bound(part)
      self = part.isExact ? BitsetBound(expression: .not(part.expression), isExact: true) : Self.unknown
    }
  }

  private init(expression: BitsetExpression, isExact: Bool) {
    self.expression = expression
    self.isExact = isExact
  }

  private static func all(_ parts: [BitsetBound], isExact: Bool = true) -> BitsetBound {
    // No candidate matches all parts if none matches one.
    if parts.contains(where: \.expression.isEmpty) { return Self.none }
    // Unknown operands do not narrow a conjunction.
    let known = parts.map(\.expression).filter { !$0.isEverything }
    return BitsetBound(expression: .all(known), isExact: isExact && parts.allSatisfy(\.isExact))
  }

  private static func any(_ parts: [BitsetBound]) -> BitsetBound {
    let parts = parts.filter { !$0.expression.isEmpty }
    if parts.isEmpty { return Self.none }
    if parts.count == 1 { return parts[0] }
    if parts.contains(where: \.expression.isEverything) {
      return BitsetBound(
        expression: .constant(true), isExact: parts.contains { $0.isExact && $0.expression.isEverything })
    }
    return BitsetBound(expression: .or(parts.map(\.expression)), isExact: parts.allSatisfy(\.isExact))
  }
}

/// The parts of a query that have bitsets: phrases, of one token or of several, and disjunctions of phrases. A bitset of
/// all forms of a word takes the place of dozens of others.
extension IndexQuery {
  private var isPhrase: Bool { if case .phrase = self { true } else { false } }

  /// The phrases of a disjunction of several, as a disjunction, and its other parts; nil for any other query.
  fileprivate var phrasesAndOthers: (phrases: IndexQuery, others: [IndexQuery])? {
    guard case .or(let parts) = self else { return nil }
    let phrases = parts.filter(\.isPhrase)
    if phrases.count < 2 { return nil }
    return phrases.count == parts.count ? (self, []) : (.or(phrases), parts.filter { !$0.isPhrase })
  }

  /// The phrases of `together`, for each column; one list of them without a column if they may occur in any.
  fileprivate var phrasesByColumn: [[IndexQuery]] {
    guard case .together(let phrases, let isPrefix, let columns) = self else { return [] }
    let alternatives = columns.isEmpty ? [[]] : columns.map { [$0] }
    return alternatives.map { columns in
      phrases.enumerated().map { i, tokens in
        .phrase(tokens, isPrefix: isPrefix && i == phrases.count - 1, in: columns)
      }
    }
  }

  /// The single tokens of a phrase of several, for each column; empty for a phrase of one token.
  fileprivate var tokensByColumn: [[IndexQuery]] {
    guard case .phrase(let tokens, let isPrefix, let columns) = self, !isToken else { return [] }
    let single = tokens.flatMap { $0.split(separator: " ").map(String.init) }
    let alternatives = columns.isEmpty ? [[]] : columns.map { [$0] }
    return alternatives.map { columns in
      single.enumerated().map { i, token in
        .phrase([token], isPrefix: isPrefix && i == single.count - 1, in: columns)
      }
    }
  }

  /// Whether it is a phrase of one token.
  private var isToken: Bool {
    guard case .phrase(let tokens, _, _) = self else { return false }
    return tokens.count == 1 && !tokens[0].holds(" ")
  }

  /// Whether its bitset is read from the postings of terms, so that no positions are compared (`readForBitset`).
  var isReadFromTerms: Bool {
    switch self {
    case .phrase(let tokens, let isPrefix, let columns):
      isToken
        || tokens.count == 2 && !isPrefix && !columns.isEmpty && columns.allSatisfy { $0.wordPairs != nil }
    case .or(let parts): parts.allSatisfy(\.isReadFromTerms)
    default: false
    }
  }

  /// Whether a bitset of it is used by the queries that contain it.
  var isBitsetPart: Bool {
    switch self {
    case .phrase: true
    case .or(let parts): parts.allSatisfy(\.isPhrase)
    default: false
    }
  }

  /// The parts whose bitsets decide the query, or bound it.
  var bitsetParts: Set<IndexQuery> {
    var parts: Set<IndexQuery> = []
    addBitsetParts(to: &parts)
    return parts
  }

  private func addBitsetParts(to all: inout Set<IndexQuery>) {
    switch self {
    case .everything, .nothing, .record: break
    case .phrase:
      all.insert(self)
      for tokens in tokensByColumn { all.formUnion(tokens) }
    case .together:
      for phrases in phrasesByColumn { for phrase in phrases { phrase.addBitsetParts(to: &all) } }
    case .or:
      guard let (phrases, others) = phrasesAndOthers else { return addParts(to: &all) }
      all.insert(phrases)
      for part in others { part.addBitsetParts(to: &all) }
    case .and, .not: addParts(to: &all)
    }
  }

  private func addParts(to all: inout Set<IndexQuery>) {
    switch self {
    case .and(let parts), .or(let parts): for part in parts { part.addBitsetParts(to: &all) }
    case .not(let part): part.addBitsetParts(to: &all)
    default: break
    }
  }

  /// The number of its parts that have bitsets, those of a phrase counted once.
  var bitsetPartCount: Int {
    switch self {
    case .everything, .nothing, .record: 0
    case .phrase: 1
    case .together(let phrases, _, let columns): phrases.count * max(1, columns.count)
    case .and(let parts): parts.reduce(0) { $0 + $1.bitsetPartCount }
    case .or(let parts):
      parts.lazy.filter { !$0.isPhrase }.reduce(parts.contains(where: \.isPhrase) ? 1 : 0) {
        $0 + $1.bitsetPartCount
      }
    case .not(let part): part.bitsetPartCount
    }
  }

  /// The number of its tokens; a token in several columns counts for each.
  var leafCount: Int {
    switch self {
    case .everything, .nothing, .record: 0
    case .phrase(let tokens, _, let columns): tokens.count * max(1, columns.count)
    case .together(let phrases, _, let columns): phrases.count * max(1, columns.count)
    case .and(let parts), .or(let parts): parts.reduce(0) { $0 + $1.leafCount }
    case .not(let part): part.leafCount
    }
  }

  /// The query as its bitset is read: phrases by the terms of word pairs, where columns have them.
  var readForBitset: IndexQuery {
    switch self {
    case .phrase(let tokens, isPrefix: false, let columns) where !isToken && !columns.isEmpty:
      TextQuery.adjacent(tokens, in: columns)
    case .or(let parts): .any(parts.map(\.readForBitset))
    default: self
    }
  }
}
