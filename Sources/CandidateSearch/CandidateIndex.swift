@_exported import CandidateModel
@_exported import CandidateQuery
import Foundation
import GRDB

/// An index of candidates in one SQLite file.
///
/// ```swift
/// let index = try CandidateIndex(path: "candidates.db")
/// for hit in try index.search("engineer tag:JUNIOR").hits {
///   print(hit.candidate.fullName)
/// }
/// ```
/// Safe to use from many tasks and threads at once; each call sees a consistent snapshot. Readers never block the
/// writer, nor the writer readers; writers wait for one another.
public final class CandidateIndex: Sendable {
  /// What an index is opened for.
  public enum Access: Sendable, Hashable {
    /// Searching; so many calls may read at once, from 1.
    case reading(readers: Int = 4)
    /// Searching and changing; the file is made if it is not there.
    case writing
  }

  private let file: IndexFile
  private let reader: any DatabaseReader
  private let writer: (any DatabaseWriter)?

  /// Opens the index at a path. Throws `IndexError`.
  public init(path: String, access: Access = .reading()) throws {
    file = IndexFile(path: path)
    switch access {
    case .reading(let readers):
      reader = try file.openForReading(readers: max(1, readers))
      writer = nil
    case .writing:
      let pool = try file.openForWriting()
      (reader, writer) = (pool, pool)
    }
  }

  /// An empty index in memory, for tests and previews. Throws `IndexError`.
  public static func inMemory() throws -> CandidateIndex { try CandidateIndex(memory: ()) }

  private init(memory: Void) throws {
    file = IndexFile(path: ":memory:")
    let queue = try DatabaseQueue()
    try Schema.migrator.migrate(queue)
    (reader, writer) = (queue, queue)
  }

  // MARK: - Searching

  /// The best hits of a query, most recent first within each tier; an empty query means all candidates. Its cost
  /// hardly grows with the index. Throws `QueryError` or `IndexError`.
  public func search(_ query: String, _ options: SearchOptions = .init()) throws -> SearchResults {
    try read { db in
      let plan = try SearchPlan(query, in: context(options, db))
      let hits = try Searcher(db: db).hits(plan, limit: max(0, options.limit))
      return SearchResults(hits: hits, notices: plan.notices)
    }
  }

  /// The exact number of candidates that a query finds. Its cost grows with that number (about 35 ms for a
  /// million). Throws `QueryError` or `IndexError`.
  public func count(_ query: String, _ options: SearchOptions = .init()) throws -> Int {
    try read { db in try Searcher(db: db).count(SearchPlan(query, in: context(options, db))) }
  }

  private func context(_ options: SearchOptions, _ db: Database) throws -> QueryResolver.Context {
    QueryResolver.Context(now: options.now ?? .now, customFields: try CustomFieldStore(db: db).all())
  }

  /// The candidates with an id, one for each connector that has one. Throws `IndexError`.
  public func candidates(id: String) throws -> [Hit] {
    try read { db in
      try RecordLoader(db: db).load(id: id, with: CandidateDecoder()).map {
        Hit(candidate: $0.candidate, connector: $0.connector, tier: "id")
      }
    }
  }

  /// What the index holds. Counts every candidate: about 50 ms for a million. Throws `IndexError`.
  public func statistics() throws -> IndexStatistics {
    try read { try IndexStatistics($0, path: file.path) }
  }

  // MARK: - Changing

  /// Makes custom fields searchable besides those that are already. Where the index holds records, all of them are
  /// indexed anew, which takes about as long as bringing them in did. Throws `IndexError`.
  public func addCustomFields(_ fields: Set<CustomField>) throws {
    try write { db in
      let known = try CustomFieldStore(db: db).all()
      if !fields.isSubset(of: known) { try Rebuild(db: db).run(customFields: known.union(fields)) }
    }
  }

  /// Brings records in: `body` names the inputs, and when this returns, all of their records are in the index. What
  /// was read before `body` throws is kept as well. Its cost grows with the number of records (see `benchmarks/`).
  /// Throws `IndexError`, and what `body` throws.
  @discardableResult
  public func ingest(connector: String = "", _ body: (Ingest) throws -> Void) throws -> IngestSummary {
    let writer = try writable()
    return try file.explained {
      let customFields = try reader.read { try CustomFieldStore(db: $0).all() }
      let queue = WriteQueue(
        writer: writer, file: file,
        batchWriter: BatchWriter(connector: connector, customFields: customFields), notesSeen: false)
      let ingest = Ingest(
        queue: queue, builder: DocumentBuilder(connector: connector, customFields: customFields),
        contents: try StoredContents(reader, connector: connector))
      let result = Result { try body(ingest) }
      try ingest.drain()
      try Maintenance(writer: writer).settle()
      try result.get()
      return ingest.summary
    }
  }

  /// Brings candidates in: adds those that are new, and replaces those that have changed. Throws `IndexError`.
  @discardableResult
  public func ingest(_ candidates: some Sequence<Candidate>, connector: String = "") throws -> IngestSummary {
    try ingest(connector: connector) { try $0.add(candidates) }
  }

  private func writable() throws -> any DatabaseWriter {
    guard let writer else {
      throw IndexError.notWritable(path: file.path, reason: "it was opened for reading only")
    }
    return writer
  }

  private func write<T>(_ body: (Database) throws -> T) throws -> T {
    let writer = try writable()
    return try file.explained { try writer.write(body) }
  }

  private func read<T>(_ body: (Database) throws -> T) throws -> T {
    try file.explained { try reader.read(body) }
  }
}
