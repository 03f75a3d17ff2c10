import CandidateModel
import Synchronization

/// Shows why the hits of one query were found.
final class QueryExplainer: HitExplainer {
  private let queries: [IndexQuery]
  private let makeReason: @Sendable (Candidate) -> String?
  /// Made at its first use.
  private let highlighter = Mutex<Highlighter?>(nil)

  /// - Parameters:
  ///   - queries: The queries whose matches are highlighted.
  ///   - reason: Returns the reason of a hit.
  init(_ queries: [IndexQuery], reason: @escaping @Sendable (Candidate) -> String?) {
    self.queries = queries
    makeReason = reason
  }

  func reason(of candidate: Candidate) -> String? { makeReason(candidate) }

  func highlights(in candidate: Candidate) -> [Highlight] {
    let made = highlighter.withLock { known in
      let made = known ?? Highlighter(queries)
      known = made
      return made
    }
    return made.highlights(in: candidate)
  }
}
