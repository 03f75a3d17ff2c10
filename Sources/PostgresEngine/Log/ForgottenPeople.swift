import CandidateSearch
import SearchLog

/// The candidates of an index that are forgotten, and what names them in a search log: while the index is read for it, it must
/// contain them still.
///
/// First `forget` them in each log, then in the index, then in each log once more: whoever searched until then has seen them.
/// After a failure, all of it can be repeated.
public struct ForgottenPeople: Sendable {
  /// The candidates that the index contains.
  public let hits: [Hit]
  /// The ids that were stated, also those of unknown candidates.
  public let ids: [String]
  /// The only connector whose candidates are forgotten; nil for all.
  public let connector: String?
  /// The e-mail address that was stated.
  private let email: String?

  /// The candidates with ids, in any case of letters.
  /// - Throws: `IndexError`.
  public init(ids: [String], connector: String?, in index: CandidateIndex) throws {
    hits = try index.candidates(idsInAnyCase: ids, connector: connector)
    self.ids = ids
    self.connector = connector
    email = nil
  }

  /// The candidates with an e-mail address.
  /// - Throws: `IndexError`.
  public init(email: String, connector: String?, in index: CandidateIndex) throws {
    hits = try index.candidates(email: email, connector: connector)
    ids = []
    self.connector = connector
    self.email = email
  }

  /// Removes the candidates from the index. The cost is that of `CandidateIndex.forget`.
  /// - Throws: `IndexError`.
  public func forget(in index: CandidateIndex) throws -> ForgetSummary {
    if let email { return try index.forget(email: email, connector: connector) }
    return try index.forget(ids: ids, connector: connector)
  }

  fileprivate var logged: [ForgottenCandidate] {
    hits.map { ForgottenCandidate(connector: $0.connector, id: $0.candidate.id) }
      + ids.map { ForgottenCandidate(connector: connector, id: $0) }
  }

  fileprivate var texts: [String] { [email].compactMap(\.self) + hits.flatMap(\.candidate.namingTexts) }
}

extension SearchLog {
  /// Removes candidates from the log, before they are removed from the index. The bytes of a log on a server, whose tables
  /// would be rewritten, stay until the second call.
  /// - Throws: `SearchLogError`; then the same call must be made again.
  public func forget(_ people: ForgottenPeople) throws -> LogErasure {
    try forget(people.logged, texts: people.texts, erasingBytes: !CandidateIndex.isOnServer(path))
  }

  /// Removes candidates from the log once more, after they were removed from the index, and adds what the log keeps of them
  /// to the summary of the index.
  /// - Throws: `SearchLogError`; then all of it must be done again.
  public func forget(
    _ people: ForgottenPeople, beside index: CandidateIndex, _ summary: inout ForgetSummary
  ) throws -> LogErasure {
    let erasure = try forget(people.logged, texts: people.texts)
    summary.add(erasure, of: self, beside: index)
    return erasure
  }
}
