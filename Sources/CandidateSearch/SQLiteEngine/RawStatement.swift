import GRDB
import GRDBSQLite

/// A statement that runs for every record. It binds values through SQLite's C interface, since GRDB's boxing of them
/// costs more than the statement itself.
struct RawStatement {
  private let statement: Statement
  private var handle: OpaquePointer { statement.sqliteStatement }

  init(_ db: Database, _ sql: String, arguments: StatementArguments = []) throws {
    statement = try db.makeStatement(sql: sql)
    if !arguments.isEmpty { try statement.setArguments(arguments) }
  }

  /// A statement that the connection caches.
  init(cached sql: String, _ db: Database, arguments: StatementArguments = []) throws {
    statement = try db.cachedStatement(sql: sql)
    if !arguments.isEmpty { try statement.setArguments(arguments) }
  }

  /// Binds a parameter, counted from 1.
  func bind(_ index: Int32, _ value: Int64?) {
    if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
  }

  /// Binds UTF-8, whose memory must not move until the statement has run.
  func bind(_ index: Int32, _ text: UnsafeRawBufferPointer) {
    // SQLite would take a null pointer for NULL.
    let start = text.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }
    if let start {
      sqlite3_bind_text64(handle, index, start, UInt64(text.count), nil, UInt8(SQLITE_UTF8))
    } else {
      sqlite3_bind_text(handle, index, "", 0, nil)
    }
  }

  /// Binds bytes, whose memory must not move until the statement has run.
  func bind(_ index: Int32, blob: UnsafeRawBufferPointer) {
    sqlite3_bind_blob64(handle, index, blob.baseAddress, UInt64(blob.count), nil)
  }

  /// Runs a statement that returns no rows.
  func run() throws {
    defer { sqlite3_reset(handle) }
    let code = sqlite3_step(handle)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(code) }
  }

  /// Returns the result of `read` for the first row; nil if there is none.
  func first<T>(_ read: (RawRow) throws -> T) throws -> T? {
    defer { sqlite3_reset(handle) }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return try read(RawRow(handle: handle))
    case SQLITE_DONE: return nil
    case let code: throw failure(code)
    }
  }

  /// Calls `body` with every row, or with each until a condition no longer holds.
  func forEach(while shouldContinue: () -> Bool = { true }, _ body: (RawRow) throws -> Void) throws {
    defer { sqlite3_reset(handle) }
    while shouldContinue() {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try body(RawRow(handle: handle))
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))))
  }
}

/// The current row of a statement; columns are counted from 0.
struct RawRow {
  fileprivate let handle: OpaquePointer

  /// The number of columns.
  var count: Int32 { sqlite3_data_count(handle) }

  func integer(_ column: Int32) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
  }

  func integer(orZero column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// Text; nil for NULL.
  func string(_ column: Int32) -> String? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : String(decoding: text(column), as: UTF8.self)
  }

  /// Bytes, valid until the next step of the statement.
  func blob(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }

  /// Text in UTF-8, valid until the next step of the statement; nil for NULL.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : text(column)
  }

  /// Text in UTF-8, valid until the next step of the statement.
  func text(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_text(handle, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }
}
