import Synchronization

/// The bitsets of one generation of the postings, by the query that they are of (`IndexQuery.bitsetParts`). The least
/// recently used are discarded where they exceed their limits. Safe to use from many threads.
final class DocumentBitsets: Sendable {
  let ordinals: DocidOrdinals
  private let costs: CostModel
  private let state = Mutex(State())

  fileprivate struct State: Sendable {
    var entries: [IndexQuery: Entry] = [:]
    var size = 0
    var lastUse = 0
  }

  fileprivate struct Entry: Sendable {
    /// Nil for a query of which only `minimumCount` is known.
    var set: DocumentBitset?
    /// More candidates than these match.
    var minimumCount: Int
    var lastUse: Int
  }

  /// What is known of a query.
  enum Known {
    case set(DocumentBitset)
    /// More candidates than these match.
    case more(than: Int)
    case nothing
  }

  init(ordinals: DocidOrdinals, costs: CostModel) {
    self.ordinals = ordinals
    self.costs = costs
  }

  var count: Int { state.withLock { $0.entries.values.count { $0.set != nil } } }
  /// The memory that they take, in bytes.
  var size: Int { state.withLock { $0.size } }

  subscript(query: IndexQuery) -> DocumentBitset? {
    if case .set(let set) = known(query) { set } else { nil }
  }

  func known(_ query: IndexQuery) -> Known {
    state.withLock { state in
      guard let i = state.entries.index(forKey: query) else { return .nothing }
      state.lastUse += 1
      state.entries.values[i].lastUse = state.lastUse
      let entry = state.entries.values[i]
      return entry.set.map { .set($0) } ?? .more(than: entry.minimumCount)
    }
  }

  /// Reads the bitset of a query, if at most `limit` candidates match. The bitsets of its parts are not read again.
  func read(
    _ query: IndexQuery, limit: Int, in snapshot: any IndexSnapshot, _ cancellation: Cancellation
  ) throws -> DocumentBitset? {
    var known: [DocumentBitset] = []
    var missing = query
    if case .or(let parts) = query {
      missing = .any(
        parts.filter { part in
          guard let set = self[part] else { return true }
          known.append(set)
          return false
        })
    }
    var set = try DocumentBitset(
      of: missing.readForBitset, ordinals, in: snapshot, limit: limit, cancellation: cancellation)
    if let read = set, !known.isEmpty {
      let all = BitsetExpression.or((known + [read]).map { .set($0) })
      set = DocumentBitset(all.first(.max, from: 0, of: ordinals.count), of: ordinals.count)
    }
    state.withLock { $0.insert(set, minimumCount: limit, of: query, costs) }
    return set
  }

  /// Adds the bitset of a query whose hits are all known, if it is a part that has bitsets.
  func add(_ docids: [Docid], of query: IndexQuery) {
    guard query.isBitsetPart else { return }
    var ordinal = 0
    let members = docids.map {
      ordinal = ordinals.first(notBelow: $0.value, from: ordinal)
      return ordinal
    }
    let set = DocumentBitset(members, of: ordinals.count)
    state.withLock { $0.insert(set, minimumCount: 0, of: query, costs) }
  }

  /// About how many postings are read for the bitset of a query.
  func estimatedPostings(of query: IndexQuery, in snapshot: any IndexSnapshot) throws -> Int {
    var estimate = try query.parts.reduce(0) { sum, part in
      if query != part, self[part] != nil { return sum }
      return sum + (try part.counted(in: snapshot) ?? costs.maximumRareCount)
    }
    if case .more(let count) = known(query) { estimate = max(estimate, 2 * count) }
    return estimate
  }
}

extension IndexQuery {
  /// The parts of a disjunction, or the query itself.
  fileprivate var parts: [IndexQuery] { if case .or(let parts) = self { parts } else { [self] } }

  /// An upper bound of the number of candidates that match a word, by the term statistics; nil for what is not counted.
  fileprivate func counted(in snapshot: any IndexSnapshot) throws -> Int? {
    guard case .phrase(let tokens, isPrefix: false, let columns) = self, tokens.count == 1,
      tokens[0].unicodeScalars.first != FilterTerm.separator, columns.allSatisfy(TextColumn.counted.contains)
    else { return nil }
    let frequency = try snapshot.frequency(of: tokens[0], in: .all)
    return columns.isEmpty ? frequency.sum : columns.reduce(0) { $0 + frequency[$1] }
  }
}

extension DocumentBitsets.State {
  fileprivate mutating func insert(
    _ set: DocumentBitset?, minimumCount: Int, of query: IndexQuery, _ costs: CostModel
  ) {
    lastUse += 1
    let entry = DocumentBitsets.Entry(set: set, minimumCount: minimumCount, lastUse: lastUse)
    size -= entries.updateValue(entry, forKey: query)?.set?.size ?? 0
    size += set?.size ?? 0
    if size > costs.maximumBitsetBytes || entries.count > costs.maximumRecordedTerms { discard(costs) }
  }

  /// Discards the least recently used, until a quarter of the limits is free.
  private mutating func discard(_ costs: CostModel) {
    let (bytes, count) = (costs.maximumBitsetBytes * 3 / 4, costs.maximumRecordedTerms * 3 / 4)
    for (query, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
      if size <= bytes, entries.count <= count { break }
      size -= entry.set?.size ?? 0
      entries[query] = nil
    }
  }
}

// MARK: - Evaluating queries

extension DocumentBitsets {
  /// What bitsets tell of a query.
  enum Answer {
    /// The first matching candidates.
    case hits([Docid])
    /// Only these candidates can match, all of which are few.
    case candidates([Docid])
    case unknown
  }

  /// Evaluates a query, with the bitsets of rare parts read if they are missing.
  struct Evaluation {
    let bitsets: DocumentBitsets
    let snapshot: any IndexSnapshot
    let costs: CostModel
    let cancellation: Cancellation

    /// The first matching docids, at most `limit`, from this one on.
    func first(_ limit: Int, of query: IndexQuery, from docid: Int64) throws -> Answer {
      guard let bound = try bound(of: query), bound.isExact || !bound.expression.isEverything else {
        return .unknown
      }
      let ordinals = bitsets.ordinals
      let start = ordinals.first(notBelow: docid)
      let wanted = bound.isExact ? limit : costs.maximumVerified + 1
      let found = bound.expression.first(wanted, from: start, of: ordinals.count)
        .map { Docid(value: ordinals.docids[$0]) }
      if bound.isExact { return .hits(found) }
      return found.count > costs.maximumVerified ? .unknown : .candidates(found)
    }

    /// Whether candidates match a query, as far as bitsets decide it.
    func verdict(on query: IndexQuery) throws -> Verdict? {
      try bound(of: query).map(Verdict.init)
    }

    private func bound(of query: IndexQuery) throws -> BitsetBound? {
      guard query.bitsetPartCount <= costs.maximumBitsetParts else { return nil }
      var (known, missing) = (0, 0)
      let bound = BitsetBound(of: query, ordinals: bitsets.ordinals) { part in
        switch bitsets.known(part) {
        case .set(let set):
          known += 1
          return set
        case .nothing where part.readForBitset.isOfTokens: missing += 1
        case .nothing, .more: break
        }
        return nil
      }
      // Queries of rare terms alone are fast on the postings.
      if bound.isExact || known == 0 || missing == 0 { return bound }
      return try BitsetBound(of: query, ordinals: bitsets.ordinals) { part in
        switch bitsets.known(part) {
        case .set(let set): return set
        case .nothing where part.readForBitset.isOfTokens:
          return try bitsets.read(part, limit: costs.maximumRareCount, in: snapshot, cancellation)
        case .nothing, .more: return nil
        }
      }
    }
  }

  /// Whether candidates match a query, as far as bitsets decide it.
  struct Verdict {
    fileprivate let bound: BitsetBound

    /// Whether the candidate with an ordinal matches; nil where the bitsets do not decide it.
    func callAsFunction(_ ordinal: Int) -> Bool? {
      guard bound.expression.contains(ordinal) else { return false }
      return bound.isExact ? true : nil
    }
  }
}
