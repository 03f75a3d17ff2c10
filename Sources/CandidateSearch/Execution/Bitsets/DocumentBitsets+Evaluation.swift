import CandidateModel

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
        case .unknown where part.isReadFromTerms: missing += 1
        case .unknown, .frequent: break
        }
        return nil
      }
      // Queries of rare terms alone are fast on the postings.
      if bound.isExact || known == 0 || missing == 0 { return bound }
      return try BitsetBound(of: query, ordinals: bitsets.ordinals) { part in
        switch self.known(part) {
        case .set(let set): return set
        case .unknown where part.isReadFromTerms: return try self.read(part)
        case .unknown, .frequent: return nil
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
}
