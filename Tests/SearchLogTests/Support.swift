import Foundation
import GRDB
import TestSupport

@testable import SearchLog

/// A log in a folder of its own.
struct TestLog {
  let folder: TemporaryFolder
  var path: String { folder.file("log.db") }

  init() throws { folder = try TemporaryFolder() }

  /// A log with entries that have all of their fields, already in the file.
  init(entries: Int) throws {
    try self.init()
    let log = try open()
    for i in 1...max(1, entries) where i <= entries { try log.append(Self.entry(i)) }
    try log.flush()
  }

  func open(_ access: SearchLog.Access = .appending) throws -> SearchLog {
    try SearchLog(path: path, access: access)
  }

  /// An entry that differs from all others in each field; it showed the candidates `c-i` and `c-(i + 1)`.
  static func entry(_ i: Int) -> SearchLogEntry {
    var entry = SearchLogEntry(
      .search, key: "key-\(i)",
      candidates: [
        .init(connector: "greenhouse", id: "c-\(i)"), .init(connector: "lever", id: "c-\(i + 1)"),
      ],
      time: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(i) * 86_400_000_000))
    entry.purpose = "vacancy \(i)"
    entry.query = "engineer number\(i)"
    entry.canonicalQuery = "(engineer AND number\(i))"
    entry.scope = "tag:T\(i)"
    entry.count = 100 + i
    entry.generation = 10 + i
    entry.program = "test \(i)"
    entry.request = "request-\(i)"
    return entry
  }

  /// Changes the file as a forger does: without the triggers.
  func tamper(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try db.execute(sql: sql)
    }
    try queue.close()
  }

  /// The bytes of the file and its companions.
  func bytes() throws -> Data {
    try ["", "-wal", "-shm", "-journal"].map { path + $0 }.filter {
      FileManager.default.fileExists(atPath: $0)
    }
    .reduce(into: Data()) { $0 += try Data(contentsOf: URL(fileURLWithPath: $1)) }
  }
}

extension Data {
  /// Whether a text occurs.
  func contains(text: String) -> Bool { range(of: Data(text.utf8)) != nil }
}
