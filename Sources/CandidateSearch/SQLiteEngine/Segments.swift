import GRDB

/// The segments that FTS5 keeps its postings in. Each transaction writes one; a search must look into all of them, so
/// FTS5 merges them as it goes. In a bulk load that would be done again and again: it is put off to the end.
struct Segments {
  let db: Database
  var table = "posting"

  /// What FTS5 has gathered is written out when it grows beyond this, in bytes. More would save segments, but no
  /// longer fit the processor's cache: 48 MiB is a seventh slower.
  static let hashSize = 4 << 20
  /// So many segments of a level are merged as others are written.
  private static let automerge = 4
  /// So many segments of a level are merged at once, whatever `automerge` says; FTS5's own value, and one for bulk
  /// loads, which is as much as never.
  private static let crisismerge = (usual: 16, bulk: 1_900)
  /// So many pages are written by one step of a merge, in one transaction.
  private static let mergePages = 8_000

  /// Puts merging off. It stays so in the file, should the load break off, until a later ingest ends.
  func beginBulkLoad() throws {
    guard try isMerging() else { return }
    try configure("automerge", 0)
    try configure("crisismerge", Self.crisismerge.bulk)
  }

  /// Whether FTS5 merges segments as it goes.
  func isMerging() throws -> Bool {
    try Int.fetchOne(db, sql: "SELECT v FROM \(table)_config WHERE k = 'automerge'") != 0
  }

  func resumeMerging() throws {
    try configure("automerge", Self.automerge)
    try configure("crisismerge", Self.crisismerge.usual)
  }

  /// Merges some more; false when there is one segment and nothing left to do.
  func merge() throws -> Bool {
    let before = db.totalChangesCount
    try configure("merge", -Self.mergePages)
    // The documentation of FTS5's merge command: fewer than two changes mean that nothing was merged.
    return db.totalChangesCount - before >= 2
  }

  func count() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(DISTINCT segid) FROM \(table)_idx") ?? 0
  }

  private func configure(_ name: String, _ value: Int) throws {
    try db.execute(sql: "INSERT INTO \(table) (\(table), rank) VALUES (?, ?)", arguments: [name, value])
  }
}
