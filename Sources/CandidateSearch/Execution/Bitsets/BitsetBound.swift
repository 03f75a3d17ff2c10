import TextAnalysis

/// An upper bound of the candidates that match a query, in bitsets.
struct BitsetBound: Sendable {
  /// Every matching candidate, and perhaps others.
  let expression: BitsetExpression
  /// Whether no other candidate belongs to it.
  let isExact: Bool

  private static let unknown = BitsetBound(expression: .constant(true), isExact: false)

  /// The bound of a query, as far as the bitsets of single terms decide it. `set` returns the bitset of a leaf
  /// (`IndexQuery.leaves`), if there is one.
  init(of query: IndexQuery, ordinals: DocidOrdinals, bitset set: (IndexQuery) -> DocumentBitset?) {
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
    case .phrase, .together:
      if query.isLeaf {
        self = set(query).map { BitsetBound(expression: .set($0), isExact: true) } ?? Self.unknown
      } else {
        let columns = query.leavesByColumn.map { leaves in
          Self.all(
            leaves.map { BitsetBound(of: $0, ordinals: ordinals, bitset: set) }, isExact: query.isOrderless)
        }
        self = Self.any(columns)
      }
    case .and(let parts): self = Self.all(parts.map { BitsetBound(of: $0, ordinals: ordinals, bitset: set) })
    case .or(let parts): self = Self.any(parts.map { BitsetBound(of: $0, ordinals: ordinals, bitset: set) })
    case .not(let part):
      let part = BitsetBound(of: part, ordinals: ordinals, bitset: set)
      self = part.isExact ? BitsetBound(expression: .not(part.expression), isExact: true) : Self.unknown
    }
  }

  private init(expression: BitsetExpression, isExact: Bool) {
    self.expression = expression
    self.isExact = isExact
  }

  private static func all(_ parts: [BitsetBound], isExact: Bool = true) -> BitsetBound {
    // Unknown operands do not narrow a conjunction.
    let known = parts.map(\.expression).filter { !$0.isEverything }
    return BitsetBound(
      expression: known.count == 1 ? known[0] : .and(known), isExact: isExact && parts.allSatisfy(\.isExact))
  }

  private static func any(_ parts: [BitsetBound]) -> BitsetBound {
    if parts.count == 1 { return parts[0] }
    if parts.contains(where: \.expression.isEverything) {
      return BitsetBound(
        expression: .constant(true), isExact: parts.contains { $0.isExact && $0.expression.isEverything })
    }
    return BitsetBound(expression: .or(parts.map(\.expression)), isExact: parts.allSatisfy(\.isExact))
  }
}

extension IndexQuery {
  /// Whether it is one token in one column, or in any column. Bitsets exist for such queries.
  var isLeaf: Bool {
    guard case .phrase(let tokens, _, let columns) = self else { return false }
    return tokens.count == 1 && !tokens[0].holds(" ") && columns.count < 2
  }

  /// Whether the tokens of a phrase or of several phrases may occur in any order.
  fileprivate var isOrderless: Bool {
    switch self {
    case .phrase(let tokens, _, _): tokens.count == 1 && !tokens[0].holds(" ")
    case .together(let phrases, _, let columns):
      !columns.isEmpty && phrases.allSatisfy { $0.count == 1 && !$0[0].holds(" ") }
    default: false
    }
  }

  /// The leaves that must match, for each column of a phrase or of several phrases; one list of leaves without a column
  /// if they may occur in any.
  fileprivate var leavesByColumn: [[IndexQuery]] {
    switch self {
    case .phrase(let tokens, let isPrefix, let columns):
      Self.leaves([tokens], isPrefix: isPrefix, in: columns)
    case .together(let phrases, let isPrefix, let columns):
      Self.leaves(phrases, isPrefix: isPrefix, in: columns)
    default: []
    }
  }

  private static func leaves(
    _ phrases: [[String]], isPrefix: Bool, in columns: [TextColumn]
  ) -> [[IndexQuery]] {
    let tokens = phrases.flatMap { $0.flatMap { $0.split(separator: " ").map(String.init) } }
    let alternatives = columns.isEmpty ? [[]] : columns.map { [$0] }
    return alternatives.map { columns in
      tokens.enumerated().map { i, token in
        .phrase([token], isPrefix: isPrefix && i == tokens.count - 1, in: columns)
      }
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

  /// The queries of its single tokens.
  var leaves: Set<IndexQuery> {
    switch self {
    case .everything, .nothing, .record: []
    case .phrase, .together: isLeaf ? [self] : Set(leavesByColumn.joined())
    case .and(let parts), .or(let parts): parts.reduce(into: []) { $0.formUnion($1.leaves) }
    case .not(let part): part.leaves
    }
  }
}

extension BitsetExpression {
  var isEverything: Bool { if case .constant(true) = self { true } else { false } }
}
