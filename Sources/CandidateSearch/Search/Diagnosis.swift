import CandidateQuery
import GRDB

/// Why a query finds nobody.
public struct SearchDiagnosis: Sendable, Hashable {
  /// A part of the query that every hit must match.
  public struct Clause: Sendable, Hashable {
    /// The part, as a query.
    public let text: String
    /// How many candidates it finds alone.
    public let count: Int
    /// How many the rest of the query finds without it.
    public let countWithout: Int
  }

  /// The parts, in the order of the query.
  public let clauses: [Clause]

  /// The part that finds fewest of those without which somebody is found; nil if there is none.
  public var smallestToDrop: Clause? {
    clauses.count < 2 ? nil : clauses.filter { $0.countWithout > 0 }.min { $0.count < $1.count }
  }
}

extension Search {
  func diagnosis() throws -> SearchDiagnosis {
    let clauses = parsed.clauses
    let matches = clauses.map { clause -> Match in
      var compiler = QueryCompiler()
      return compiler.withoutEmptyTexts(clause.query).map { compiler.match($0) } ?? .everything
    }
    let visible = plan.visible
    return SearchDiagnosis(
      clauses: try clauses.indices.map { i in
        let others = matches[..<i] + matches[(i + 1)...]
        return SearchDiagnosis.Clause(
          text: clauses[i].text, count: try Searcher.count(.all([matches[i], visible]), db),
          countWithout: try Searcher.count(.all(others + [visible]), db))
      })
  }
}
