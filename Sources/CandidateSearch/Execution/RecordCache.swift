import GRDB

/// Records that a search reads, each once.
final class RecordCache {
  private let db: Database
  private let loader: RecordLoader
  /// Made when they are first needed, which is seldom.
  private var builders: DocumentBuilders?
  private var known: [Docid: RecordLoader.Stored] = [:]

  init(_ db: Database) { (self.db, loader) = (db, RecordLoader(db)) }

  func stored(_ docids: [Docid]) throws -> [Docid: RecordLoader.Stored] {
    let unknown = known.isEmpty ? docids : docids.filter { known[$0] == nil }
    known.merge(try loader.load(unknown)) { $1 }
    return known
  }

  func matcher(_ docid: Docid) throws -> DocumentMatcher? {
    let builders = try builders ?? DocumentBuilders(customFields: CustomFieldStore(db: db).all())
    self.builders = builders
    return try stored([docid])[docid].map {
      DocumentMatcher(builders[$0.connector].document(of: $0.candidate))
    }
  }
}
