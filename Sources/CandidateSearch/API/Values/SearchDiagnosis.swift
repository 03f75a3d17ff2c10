import CandidateQuery
import TextAnalysis

/// The diagnosis of an empty result: the counts of the parts of the query.
public struct SearchDiagnosis: Sendable, Hashable {
  /// A part of the query that every hit must match.
  public struct Clause: Sendable, Hashable {
    /// The part, as a query.
    public let text: String
    /// The number of candidates that match it alone as it is typed: without variants, corrections and completion.
    public let count: Int
    /// The number of candidates that match the rest of the query, each part as it is typed.
    public let countWithout: Int
  }

  /// The parts, in the order of the query, each once; empty where counting them would visit too many candidates.
  public let clauses: [Clause]
  /// The number of different parts of the query.
  public let clauseCount: Int

  /// Of the parts without which something is found, the one that finds fewest; nil if there is none.
  public var smallestToDrop: Clause? {
    clauses.count < 2 ? nil : clauses.filter { $0.countWithout > 0 }.min { $0.count < $1.count }
  }
}
