import CandidateSearch
import SearchLog

extension ForgetSummary {
  /// Adds what a search log keeps of candidates that were removed from it after they were removed from the index. A later
  /// horizon of the same database includes the earlier one.
  mutating func add(_ erasure: LogErasure, of log: SearchLog, beside index: CandidateIndex) {
    guard let later = erasure.horizon else { return }
    let isIncluded = log.path == index.path && horizon?.contains(PostgresErasure.memberClause) != true
    horizon = [isIncluded ? nil : horizon, later].compactMap(\.self).joined(separator: "; ")
  }
}

extension SearchLog {
  /// Opens the log in the tables beside the index at an address of a PostgreSQL server, as `CandidateIndex(url:access:)`
  /// understands it. One that is opened for appending upgrades the tables.
  ///
  /// Several programs and servers share such a log. Only the owner of the tables can `forget`.
  /// - Throws: `SearchLogError`; `IndexError.missing` if there is no index.
  public convenience init(url: String, access: Access = .appending) throws {
    try self.init(PostgresLogStore(url, isWritable: access == .appending))
  }

  /// Opens the log at the path of a file, or at the address of a server.
  /// - Throws: `SearchLogError`; `IndexError.missing` if there is no index at an address.
  public convenience init(location: String, access: Access = .appending) throws {
    if CandidateIndex.isOnServer(location) {
      try self.init(url: location, access: access)
    } else {
      try self.init(path: location, access: access)
    }
  }
}

extension SearchLogEntry.Candidate {
  /// The candidate of a hit.
  public init(_ hit: Hit) { self.init(connector: hit.connector, id: hit.candidate.id) }
}

extension SearchResults {
  /// The candidates that the results show, as a log contains them.
  public var loggedCandidates: [SearchLogEntry.Candidate] {
    hits.map(SearchLogEntry.Candidate.init)
      + identities.map { SearchLogEntry.Candidate(connector: $0.connector, id: $0.id) }
  }
}
