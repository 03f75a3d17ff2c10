import CandidateModel
import GRDB

/// Records that a search reads, each once.
final class RecordCache {
  private let db: Database
  private let loader: RecordLoader
  private let decoder = CandidateDecoder()
  /// Made when they are first needed, which is seldom.
  private var builders: DocumentBuilders?
  private var known: [Docid: RecordLoader.Stored] = [:]

  init(_ db: Database) { (self.db, loader) = (db, RecordLoader(db: db)) }

  func stored(_ docid: Docid) throws -> RecordLoader.Stored? {
    if let stored = known[docid] { return stored }
    let stored = try loader.load(docid, with: decoder)
    known[docid] = stored
    return stored
  }

  func matcher(_ docid: Docid) throws -> DocumentMatcher? {
    let builders = try builders ?? DocumentBuilders(customFields: CustomFieldStore(db: db).all())
    self.builders = builders
    return try stored(docid).map { DocumentMatcher(builders[$0.connector].document(of: $0.candidate)) }
  }
}
