import CandidateQuery

/// Diagnoses an empty result: what each part of the query matches alone, and the rest without it.
struct Diagnosis {
  let snapshot: any IndexSnapshot
  let ordinals: DocidOrdinals
  let bitsets: ClauseBitsets
  /// The maximum number of matches, of all parts together. Beyond, no part is counted.
  let maximumRows: Int
  let cancellation: Cancellation

  func run(_ query: ParsedQuery, _ plan: SearchPlan) throws -> SearchDiagnosis {
    let scope = plan.expansion.statistics.scope.filter
    let clauses = query.clauses
    let queries = try clauses.map { clause -> IndexQuery in
      var compiler = plan.compiler
      let query = compiler.withoutEmptyTexts(clause.query).map { compiler.match($0) } ?? .everything
      return try plan.expansion.searchable(query).completed(from: plan.expansion.statistics)
    }
    var parts: [DiagnosedClause] = []
    var rowsLeft = maximumRows
    for query in queries {
      try cancellation.check()
      // A negated part matches most candidates, so that those that it excludes are read instead.
      let (isNot, inner) = if case .not(let inner) = query { (true, inner) } else { (false, query) }
      guard let bitset = try bitset(of: .all([inner, scope]), limit: rowsLeft) else {
        return SearchDiagnosis(clauses: [], clauseCount: clauses.count)
      }
      rowsLeft -= bitset.count
      parts.append(DiagnosedClause(bitset: bitset, isNot: isNot))
    }
    let hidden = scope == .everything ? nil : try bitset(of: .none(of: scope), limit: .max)
    let counts = try ClauseCounts(parts, hidden: hidden, of: ordinals.count, cancellation)
    return SearchDiagnosis(
      clauses: clauses.indices.map { i in
        SearchDiagnosis.Clause(
          text: clauses[i].text, count: counts.alone[i], countWithout: counts.without[i])
      }, clauseCount: clauses.count)
  }

  /// The candidates that match a query; nil if they are more than `limit`. Whether they are read or remembered makes no
  /// other difference.
  private func bitset(of query: IndexQuery, limit: Int) throws -> DocumentBitset? {
    func read() throws -> DocumentBitset? {
      try DocumentBitset(of: query, ordinals, in: snapshot, limit: limit, cancellation: cancellation)
    }
    let bitset = try query.dependsOnModification ? read() : bitsets.value(of: query, in: snapshot, read)
    return bitset.flatMap { $0.count > limit ? nil : $0 }
  }
}

/// The bitsets of the parts of queries that found nothing: such a query is often repeated with one part changed. Nil for a part
/// with too many matches.
typealias ClauseBitsets = GenerationMemo<IndexQuery, DocumentBitset?>

/// A part of a query that every hit must match, or, with NOT, no hit may match.
private struct DiagnosedClause {
  let bitset: DocumentBitset
  let isNot: Bool
}

/// For each clause of a conjunction, the number of its matches, and the number of matches of the conjunction without it.
/// Linear in the number of clauses, and of candidates by 64.
private struct ClauseCounts {
  private(set) var alone: [Int]
  private(set) var without: [Int]

  private typealias Words = UnsafeMutableBufferPointer<UInt64>

  init(
    _ clauses: [DiagnosedClause], hidden: DocumentBitset?, of count: Int, _ cancellation: Cancellation
  ) throws {
    let visibleCount = count - (hidden?.count ?? 0)
    alone = clauses.map { $0.isNot ? visibleCount - $0.bitset.count : $0.bitset.count }
    without = Array(repeating: 0, count: clauses.count)
    let length = DocumentBitset.wordsInBlock
    // The matches of each clause and of all those after it, and one row more for none after the last.
    var matches = [UInt64](repeating: 0, count: clauses.count * length)
    var later = [UInt64](repeating: .max, count: (clauses.count + 1) * length)
    for first in stride(from: 0, to: (count + 63) / 64, by: length) {
      try cancellation.check()
      let words = min(length, (count + 63) / 64 - first)
      var earlier = Self.visible(from: first, words: words, hidden: hidden, of: count)
      Self.fill(&matches, with: clauses, visible: earlier, from: first)
      for i in clauses.indices.reversed() {
        for word in 0..<words {
          later[i * length + word] = later[(i + 1) * length + word] & matches[i * length + word]
        }
      }
      for i in clauses.indices {
        for word in 0..<words {
          without[i] += (earlier[word] & later[(i + 1) * length + word]).nonzeroBitCount
          earlier[word] &= matches[i * length + word]
        }
      }
    }
  }

  /// The bits of the candidates of a block that are within the scope.
  private static func visible(from first: Int, words: Int, hidden: DocumentBitset?, of count: Int) -> [UInt64]
  {
    var bits = [UInt64](repeating: 0, count: words)
    bits.withUnsafeMutableBufferPointer { hidden?.insert(from: first, into: $0) }
    for word in bits.indices {
      let rest = count - 64 * (first + word)
      bits[word] = ~bits[word] & (rest < 64 ? (1 << UInt64(rest)) - 1 : .max)
    }
    return bits
  }

  private static func fill(
    _ matches: inout [UInt64], with clauses: [DiagnosedClause], visible: [UInt64], from first: Int
  ) {
    matches.withUnsafeMutableBufferPointer { matches in
      for (i, clause) in clauses.enumerated() {
        let start = i * DocumentBitset.wordsInBlock
        let target = Words(rebasing: matches[start..<(start + visible.count)])
        target.update(repeating: 0)
        clause.bitset.insert(from: first, into: target)
        if clause.isNot { for word in visible.indices { target[word] = visible[word] & ~target[word] } }
      }
    }
  }
}
