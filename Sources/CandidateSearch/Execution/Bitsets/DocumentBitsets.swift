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
    var content: Content
    var lastUse = 0
  }

  fileprivate enum Content: Sendable {
    case set(DocumentBitset)
    case part(UnfinishedBitset)
    /// More candidates than `maximumRareCount` match.
    case frequent

    var size: Int {
      switch self {
      case .set(let set): set.size
      case .part(let part): part.size
      case .frequent: 0
      }
    }
  }

  /// What is known of a query.
  enum Known {
    case set(DocumentBitset)
    /// It has no bitset, and is not rare.
    case frequent
    case unknown
  }

  init(ordinals: DocidOrdinals, costs: CostModel) {
    self.ordinals = ordinals
    self.costs = costs
  }

  var count: Int {
    state.withLock { $0.entries.values.count { if case .set = $0.content { true } else { false } } }
  }
  /// The memory that they take, in bytes.
  var size: Int { state.withLock { $0.size } }

  subscript(query: IndexQuery) -> DocumentBitset? {
    if case .set(let set) = known(query) { set } else { nil }
  }

  func known(_ query: IndexQuery) -> Known {
    state.withLock { state in
      guard let i = state.entries.index(forKey: query) else { return .unknown }
      state.lastUse += 1
      state.entries.values[i].lastUse = state.lastUse
      return if case .set(let set) = state.entries.values[i].content { .set(set) } else { .frequent }
    }
  }

  /// What is known of a query, or follows from what is known of its parts: the bitset of a disjunction whose parts all have
  /// one takes their place.
  func knownOrCombined(_ query: IndexQuery) -> Known {
    let known = known(query)
    if case .set = known { return known }
    guard case .or(let parts) = query else { return known }
    var sets: [DocumentBitset] = []
    for part in parts {
      guard case .set(let set) = self.known(part) else { return known }
      if set.count > 0 { sets.append(set) }
    }
    let set = sets.count == 1 ? sets[0] : DocumentBitset(unionOf: sets, of: ordinals.count)
    insert(.set(set), of: query)
    return .set(set)
  }

  /// Reads the bitset of a query, if at most `limit` candidates match.
  func read(
    _ query: IndexQuery, limit: Int, in snapshot: any IndexSnapshot, _ cancellation: Cancellation
  ) throws -> DocumentBitset? {
    let set = try DocumentBitset(
      of: query.readForBitset, ordinals, in: snapshot, limit: limit, cancellation: cancellation)
    insert(set.map { .set($0) } ?? .frequent, of: query)
    return set
  }

  /// Goes on reading the bitset of a query where the last call for it ended, until a time in microseconds, and at least
  /// one slice. The bitsets of its parts are not read again. Returns whether it is complete.
  func build(
    _ query: IndexQuery, until end: Int, in snapshot: any IndexSnapshot, _ cancellation: Cancellation
  ) throws -> Bool {
    // Another thread may have built it since.
    if self[query] != nil { return true }
    var unfinished = unfinished(query, isTaken: true)
    repeat {
      try cancellation.check()
      if try unfinished.readSlice(of: costs.postingsInSlice, ordinals, in: snapshot) {
        insert(.set(unfinished.bitset(of: ordinals.count)), of: query)
        return true
      }
    } while Microseconds.now < end
    insert(.part(unfinished), of: query)
    return false
  }

  /// What was read of the bitset of a query; `isTaken` if it is changed, so that it need not be copied.
  private func unfinished(_ query: IndexQuery, isTaken: Bool) -> UnfinishedBitset {
    let part = state.withLock { state -> UnfinishedBitset? in
      guard case .part(let part) = state.entries[query]?.content else { return nil }
      if isTaken { state.insert(.frequent, of: query, costs) }
      return part
    }
    if let part { return part }
    let parts = query.parts
    let known = parts.map { self[$0] }
    return UnfinishedBitset(
      missing: zip(parts, known).filter { $1 == nil }.map(\.0), known: known.compactMap(\.self))
  }

  private func insert(_ content: Content, of query: IndexQuery) {
    state.withLock { $0.insert(content, of: query, costs) }
  }

  /// Adds the bitset of a query whose hits are all known, if it is a part that has bitsets.
  func add(_ docids: [Docid], of query: IndexQuery) {
    guard query.isBitsetPart else { return }
    var members: [UInt32] = []
    ordinals.append(docids, to: &members)
    insert(.set(DocumentBitset(members, of: ordinals.count)), of: query)
  }

  /// About how many postings are read for the bitset of a query.
  func estimatedPostings(of query: IndexQuery, in snapshot: any IndexSnapshot) throws -> Int {
    let part = unfinished(query, isTaken: false)
    return try part.missing.reduce(-part.count) { sum, part in
      let unknown = part.isReadFromTerms ? costs.maximumRareCount : ordinals.count
      return sum + (try part.counted(in: snapshot) ?? unknown)
    }
  }
}

extension IndexQuery {
  /// The parts of a disjunction, or the query itself.
  fileprivate var parts: [IndexQuery] { if case .or(let parts) = self { parts } else { [self] } }

  /// An upper bound of the postings that are read for a phrase, by the term statistics: those of its rarest word where
  /// it is read from terms, or else of all its words, without their postings in addresses. Nil for what is not counted, and
  /// where addresses may contain the phrase.
  fileprivate func counted(in snapshot: any IndexSnapshot) throws -> Int? {
    guard case .phrase(let tokens, isPrefix: false, let columns) = self,
      columns.allSatisfy(TextColumn.counted.contains), isReadFromTerms || !columns.isEmpty
    else { return nil }
    var counts: [Int] = []
    for token in tokens.flatMap({ $0.split(separator: " ") }) {
      if token.unicodeScalars.first == FilterTerm.separator { return nil }
      let frequency = try snapshot.frequency(of: String(token), includesPrivate: true)
      counts.append(
        columns.isEmpty || !isReadFromTerms ? frequency.sum : columns.reduce(0) { $0 + frequency[$1] })
    }
    return isReadFromTerms ? counts.min() : counts.reduce(0, +)
  }
}

extension DocumentBitsets.State {
  fileprivate mutating func insert(
    _ content: DocumentBitsets.Content, of query: IndexQuery, _ costs: CostModel
  ) {
    lastUse += 1
    let entry = DocumentBitsets.Entry(content: content, lastUse: lastUse)
    size += content.size - (entries.updateValue(entry, forKey: query)?.content.size ?? 0)
    if size > costs.maximumBitsetBytes || entries.count > costs.maximumRecordedTerms { discard(costs) }
  }

  /// Discards the least recently used, until a quarter of the limits is free.
  private mutating func discard(_ costs: CostModel) {
    let (bytes, count) = (costs.maximumBitsetBytes * 3 / 4, costs.maximumRecordedTerms * 3 / 4)
    for (query, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
      if size <= bytes, entries.count <= count { break }
      size -= entry.content.size
      entries[query] = nil
    }
  }
}
