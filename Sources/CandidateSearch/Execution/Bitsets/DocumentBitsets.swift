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
    case nothing
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
      guard let i = state.entries.index(forKey: query) else { return .nothing }
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
  /// A number that is the same for equal parts, and mostly another for others: it depends on the first token.
  fileprivate var fingerprint: Int {
    switch self {
    case .phrase(let tokens, _, let columns):
      (tokens.first?.hashValue ?? 0) &+ tokens.count &+ 8 &* columns.count
    case .or(let parts): (parts.first?.fingerprint ?? 0) &+ 64 &* parts.count
    default: 0
    }
  }

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

  /// Evaluates queries for one search, with the bitsets of rare parts read if they are missing.
  final class Evaluation {
    let bitsets: DocumentBitsets
    private let snapshot: any IndexSnapshot
    private let costs: CostModel
    private let cancellation: Cancellation
    /// What is known of the parts of earlier queries, memoised: the steps of a search share most of their parts. They are few,
    /// and comparing them takes less than hashing all of a part.
    private var recent: [(fingerprint: Int, part: IndexQuery, known: Known)] = []
    private static let maximumRecent = 32

    init(
      bitsets: DocumentBitsets, snapshot: any IndexSnapshot, costs: CostModel, cancellation: Cancellation
    ) {
      self.bitsets = bitsets
      self.snapshot = snapshot
      self.costs = costs
      self.cancellation = cancellation
    }

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
        switch self.known(part) {
        case .set(let set):
          known += 1
          return set
        case .nothing where part.isReadFromTerms: missing += 1
        case .nothing, .frequent: break
        }
        return nil
      }
      // Queries of rare terms alone are fast on the postings.
      if bound.isExact || known == 0 || missing == 0 { return bound }
      return try BitsetBound(of: query, ordinals: bitsets.ordinals) { part in
        switch self.known(part) {
        case .set(let set): return set
        case .nothing where part.isReadFromTerms: return try self.read(part)
        case .nothing, .frequent: return nil
        }
      }
    }

    private func known(_ part: IndexQuery) -> Known {
      let fingerprint = part.fingerprint
      if let i = indexOfRecent(part, fingerprint) { return recent[i].known }
      let known = bitsets.knownOrCombined(part)
      if recent.count < Self.maximumRecent { recent.append((fingerprint, part, known)) }
      return known
    }

    private func read(_ part: IndexQuery) throws -> DocumentBitset? {
      let set = try bitsets.read(part, limit: costs.maximumRareCount, in: snapshot, cancellation)
      if let i = indexOfRecent(part, part.fingerprint) { recent[i].known = set.map { .set($0) } ?? .frequent }
      return set
    }

    private func indexOfRecent(_ part: IndexQuery, _ fingerprint: Int) -> Int? {
      for i in recent.indices where recent[i].fingerprint == fingerprint {
        if recent[i].part == part { return i }
      }
      return nil
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
