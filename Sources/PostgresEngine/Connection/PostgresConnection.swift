import CPostgres
import Foundation
import Synchronization

/// A statement and its parameters. The text names the prepared statement: it must not contain values.
struct PostgresQuery: Sendable {
  let sql: String
  var values: [PostgresValue] = []

  init(_ sql: String, _ values: [PostgresValue] = []) {
    self.sql = sql
    self.values = values
  }
}

/// A connection to a server, through libpq's asynchronous interface. Several statements travel in one round trip
/// (pipeline mode). Belongs to one thread at a time, but for `cancel`.
final class PostgresConnection: @unchecked Sendable {
  private let library: CPGFunctions
  private let connection: OpaquePointer
  private let cancellation: OpaquePointer?
  /// The names of the prepared statements, by their text.
  private var prepared: [String: String] = [:]
  private var preparedCount = 0
  /// The statements that were sent last to be prepared.
  private var unconfirmed: [String] = []
  /// The error that has left the connection unusable.
  private(set) var failure: PostgresError?
  var isBroken: Bool { failure != nil }
  /// The number of rows that the last statement has changed.
  private(set) var changedRows = 0

  /// Connects. `parameters` are libpq's, by keyword.
  /// - Throws: `PostgresError`, `PostgresLibrary.Missing`.
  init(_ parameters: [String: String], timeout: Duration) throws {
    let library = try PostgresLibrary.functions()
    self.library = library
    let pairs = parameters.sorted { $0.key < $1.key }
    let keywords = pairs.map { strdup($0.key) } + [nil]
    let values = pairs.map { strdup($0.value) } + [nil]
    defer { for text in keywords + values { free(text) } }
    let opened = keywords.map { UnsafePointer($0) }.withUnsafeBufferPointer { keywords in
      values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
        library.PQconnectStartParams(keywords.baseAddress, values.baseAddress, 0)
      }
    }
    guard let opened else { throw PostgresError.connection("out of memory") }
    connection = opened
    do {
      try Self.finishConnecting(opened, library, timeout)
    } catch {
      library.PQfinish(opened)
      throw error
    }
    _ = library.PQsetnonblocking(opened, 1)
    _ = library.PQsetNoticeProcessor(opened, cpg_discard_notice, nil)
    cancellation = library.PQgetCancel(opened)
    guard library.PQenterPipelineMode(opened) == 1 else {
      throw PostgresError.connection("the connection has no pipeline mode")
    }
  }

  deinit {
    library.PQfreeCancel(cancellation)
    library.PQfinish(connection)
  }

  private static func finishConnecting(
    _ connection: OpaquePointer, _ library: CPGFunctions, _ timeout: Duration
  ) throws {
    let deadline = ContinuousClock.now + timeout
    var status = PGRES_POLLING_WRITING
    while status != PGRES_POLLING_OK {
      guard library.PQstatus(connection) != CONNECTION_BAD, status != PGRES_POLLING_FAILED else {
        throw PostgresError.connection(Self.message(of: connection, library))
      }
      guard ContinuousClock.now < deadline else { throw PostgresError.connection("no answer in time") }
      // Called too early, libpq would write to a socket that is not connected yet, and wait for it without a limit.
      let events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT
      guard wait(library.PQsocket(connection), for: events, milliseconds: 200) else { continue }
      status = library.PQconnectPoll(connection)
    }
  }

  private static func message(of connection: OpaquePointer, _ library: CPGFunctions) -> String {
    library.PQerrorMessage(connection).map { String(cString: $0) } ?? ""
  }

  /// Waits for events of a socket; false if there are none in time.
  @discardableResult
  private static func wait(_ socket: Int32, for events: Int32, milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: socket, events: Int16(events), revents: 0)
    return poll(&descriptor, 1, milliseconds) > 0
  }

  /// The encoding of the database, by PostgreSQL's name.
  var serverEncoding: String {
    library.PQparameterStatus(connection, "server_encoding").map { String(cString: $0) } ?? ""
  }

  /// The password that the server has required; nil if it has required none.
  var password: String? {
    library.PQconnectionUsedPassword(connection) == 1
      ? library.PQpass(connection).map { String(cString: $0) } : nil
  }

  /// Whether no transaction is open.
  var isIdle: Bool { isEnding || library.PQtransactionStatus(connection) == PQTRANS_IDLE }
  /// Whether the answer to the end of a transaction is still to be read.
  private var isEnding = false

  /// Ends a transaction that has read, without waiting for the answer, which the next statement reads first.
  func endReading() {
    if isBroken { return }
    do {
      // Other servers of a cluster commit all at once, but roll back one after another.
      try sending { try send(PostgresQuery("COMMIT")) }
      isEnding = true
    } catch {
      failure = failure ?? .connection("\(error)")
    }
  }

  private func finishEnding() throws {
    guard isEnding else { return }
    isEnding = false
    var failure: (any Error)?
    if isNew[0] { try receive(&failure) { _ in } }
    try receive(&failure) { _ in }
    try receiveSync()
    // The connection is of no further use, so that callers connect anew.
    if let failure {
      let error = PostgresError.connection("\(failure)")
      self.failure = error
      throw error
    }
  }

  /// Cancels the running statement, from any thread. A statement that has ended is left alone.
  func cancel() {
    var message = [CChar](repeating: 0, count: 256)
    _ = library.PQcancel(cancellation, &message, Int32(message.count))
  }

  // MARK: - Statements

  /// Runs statements in one round trip, and calls `body` with each row and the position of its statement. A statement
  /// that fails ends all.
  /// - Throws: `PostgresError`, and what `body` throws, after all results were read.
  func run(_ queries: [PostgresQuery], _ body: (Int, PostgresRow) throws -> Void = { _, _ in }) throws {
    try sending { for query in queries { try send(query) } }
    var failure: (any Error)?
    defer { if failure != nil { forgetUnconfirmed() } }
    for i in queries.indices {
      if isNew[i] { try receive(&failure) { _ in } }
      try receive(&failure) { row in try body(i, row) }
    }
    try receiveSync()
    if let failure { throw failure }
  }

  /// What `read` returns for each row.
  func rows<T>(_ query: PostgresQuery, _ read: (PostgresRow) throws -> T) throws -> [T] {
    var rows: [T] = []
    try run([query]) { rows.append(try read($1)) }
    return rows
  }

  /// What `read` returns for the first row; nil if there is none.
  func first<T>(_ query: PostgresQuery, _ read: (PostgresRow) throws -> T) throws -> T? {
    var found: T?
    try run([query]) { if found == nil { found = try read($1) } }
    return found
  }

  /// All rows of a statement. They stay valid while further statements run.
  func result(_ query: PostgresQuery) throws -> PostgresResult {
    let result = PostgresResult(library)
    keptResult = result
    defer { keptResult = nil }
    try run([query])
    return result
  }
  /// Takes the results of the running statement, if they are kept.
  private var keptResult: PostgresResult?

  func execute(_ sql: String, _ values: [PostgresValue] = []) throws { try run([PostgresQuery(sql, values)]) }

  /// Runs statements without parameters that are not kept, such as those of a migration.
  func script(_ sql: String) throws {
    try outsidePipeline {
      guard library.PQsendQueryParams(connection, sql, 0, nil, nil, nil, nil, 0) == 1 else {
        throw lastError()
      }
      var failure: (any Error)?
      try receive(&failure) { _ in }
      while let result = try nextResult() { library.PQclear(result) }
      if let failure { throw failure }
    }
  }

  /// Whether each statement that was sent last was sent to be prepared, too.
  private var isNew: [Bool] = []

  /// After a failure, statements may not have been prepared.
  private func forgetUnconfirmed() { for sql in unconfirmed { prepared[sql] = nil } }

  /// The maximum number of prepared statements: queries with conditions on stored values have texts of their own.
  private static let maximumPrepared = 500

  private func sending(_ body: () throws -> Void) throws {
    try finishEnding()
    if prepared.count > Self.maximumPrepared {
      prepared.removeAll()
      try script("DEALLOCATE ALL")
    }
    isNew.removeAll(keepingCapacity: true)
    unconfirmed.removeAll(keepingCapacity: true)
    try body()
    guard library.PQpipelineSync(connection) == 1 else { throw lastError() }
    try flush()
  }

  private func send(_ query: PostgresQuery) throws {
    let name: String
    if let known = prepared[query.sql] {
      name = known
      isNew.append(false)
    } else {
      preparedCount += 1
      name = "s\(preparedCount)"
      prepared[query.sql] = name
      unconfirmed.append(query.sql)
      isNew.append(true)
      guard library.PQsendPrepare(connection, name, query.sql, 0, nil) == 1 else { throw lastError() }
    }
    let encoded = query.values.map(\.encoded)
    let lengths = encoded.map { Int32($0?.bytes.count ?? 0) }
    let formats = encoded.map { Int32($0?.isBinary == true ? 1 : 0) }
    // One buffer for all values: the pointers stay valid during the call.
    var offsets: [Int?] = []
    var buffer: [CChar] = []
    for value in encoded {
      offsets.append(value == nil ? nil : buffer.count)
      if let value { buffer += value.bytes.lazy.map { CChar(bitPattern: $0) } }
    }
    let isSent = buffer.withUnsafeBufferPointer { buffer in
      // An empty value must not be a null pointer.
      withUnsafePointer(to: CChar(0)) { empty in
        let start = buffer.baseAddress ?? empty
        let pointers = offsets.map { $0.map { start + $0 } }
        return library.PQsendQueryPrepared(
          connection, name, Int32(pointers.count), pointers, lengths, formats, 1)
      }
    }
    guard isSent == 1 else { throw lastError() }
  }

  // MARK: - COPY

  /// Copies rows into a table: `body` writes them, in the binary format.
  func copy(_ statement: String, _ body: (CopiedRows) throws -> Void) throws {
    try outsidePipeline {
      guard library.PQsendQueryParams(connection, statement, 0, nil, nil, nil, nil, 0) == 1 else {
        throw lastError()
      }
      try flush()
      guard let started = try nextResult() else { throw lastError() }
      let status = library.PQresultStatus(started)
      let startError = status == PGRES_COPY_IN ? nil : error(of: started)
      library.PQclear(started)
      if let startError {
        while let result = try nextResult() { library.PQclear(result) }
        throw startError
      }
      // PostgreSQL's documentation of COPY: the binary format.
      try put(
        [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0] + [UInt8](repeating: 0, count: 8))
      var failure: (any Error)?
      do {
        let rows = CopiedRows(self)
        try body(rows)
        try rows.send()
        try put([0xFF, 0xFF])
      } catch {
        failure = error
      }
      while true {
        let code = library.PQputCopyEnd(connection, failure == nil ? nil : "cancelled")
        if code == 1 { break }
        guard code == 0 else { throw lastError() }
        Self.wait(library.PQsocket(connection), for: POLLOUT, milliseconds: 1_000)
      }
      try flush()
      var serverFailure: (any Error)?
      while let result = try nextResult() {
        if library.PQresultStatus(result) == PGRES_FATAL_ERROR {
          serverFailure = serverFailure ?? error(of: result)
        }
        library.PQclear(result)
      }
      if let failure = failure ?? serverFailure { throw failure }
    }
  }

  fileprivate func put(_ bytes: [UInt8]) throws {
    while true {
      let code = bytes.withUnsafeBytes { bytes in
        library.PQputCopyData(connection, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
      }
      if code == 1 { break }
      guard code == 0 else { throw lastError() }
      Self.wait(library.PQsocket(connection), for: POLLOUT, milliseconds: 1_000)
    }
    try flush()
  }

  private func outsidePipeline(_ body: () throws -> Void) throws {
    try finishEnding()
    guard library.PQexitPipelineMode(connection) == 1 else { throw lastError() }
    defer {
      if library.PQenterPipelineMode(connection) != 1 { _ = lastError() }
    }
    try body()
  }

  // MARK: - Results

  /// Reads the results of one statement until their end.
  private func receive(
    _ failure: inout (any Error)?, _ body: (PostgresRow) throws -> Void
  ) throws {
    while let result = try nextResult() {
      if let keptResult, library.PQresultStatus(result) == PGRES_TUPLES_OK {
        keptResult.take(result)
        continue
      }
      defer { library.PQclear(result) }
      switch library.PQresultStatus(result) {
      case PGRES_TUPLES_OK:
        if failure != nil { continue }
        do {
          for row in 0..<library.PQntuples(result) {
            try body(PostgresRow(library: library, result: result, row: row))
          }
        } catch {
          failure = error
        }
      case PGRES_COMMAND_OK:
        changedRows = library.PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
      case PGRES_EMPTY_QUERY: continue
      case PGRES_PIPELINE_ABORTED: continue
      default: failure = failure ?? error(of: result)
      }
    }
  }

  private func receiveSync() throws {
    guard let result = try nextResult() else { throw lastError() }
    library.PQclear(result)
  }

  /// The next result; nil at the end of those of one statement.
  private func nextResult() throws -> OpaquePointer? {
    while library.PQisBusy(connection) == 1 {
      try flush()
      Self.wait(library.PQsocket(connection), for: POLLIN, milliseconds: 10_000)
      guard library.PQconsumeInput(connection) == 1 else { throw lastError() }
    }
    let result = library.PQgetResult(connection)
    if library.PQstatus(connection) == CONNECTION_BAD {
      if let result { library.PQclear(result) }
      throw lastError()
    }
    return result
  }

  /// Sends what libpq has buffered, and reads what the server sends meanwhile, so that neither waits for the other.
  private func flush() throws {
    while true {
      let code = library.PQflush(connection)
      if code == 0 { return }
      guard code == 1 else { throw lastError() }
      Self.wait(library.PQsocket(connection), for: POLLIN | POLLOUT, milliseconds: 1_000)
      guard library.PQconsumeInput(connection) == 1 else { throw lastError() }
    }
  }

  private func error(of result: OpaquePointer) -> PostgresError {
    func field(_ code: Character) -> String {
      library.PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) } ?? ""
    }
    let error = PostgresError(state: field("C"), severity: field("V"), message: field("M"))
    // The server ends the connection after a fatal error.
    if error.kind == .connection || ["FATAL", "PANIC"].contains(field("V")) { failure = failure ?? error }
    return error
  }

  private func lastError() -> PostgresError {
    let error = failure ?? .connection(Self.message(of: connection, library))
    failure = error
    return error
  }
}

/// The rows of a COPY, which are sent some at a time.
final class CopiedRows {
  private let connection: PostgresConnection
  private var writer = BinaryWriter(capacity: bufferSize)

  private static let bufferSize = 1 << 16

  fileprivate init(_ connection: PostgresConnection) { self.connection = connection }

  /// Adds a row, whose columns `write` writes.
  func add(columns: Int16, _ write: (inout BinaryWriter) throws -> Void) throws {
    writer.raw(columns)
    try write(&writer)
    if writer.buffer.count >= Self.bufferSize { try send() }
  }

  fileprivate func send() throws {
    try connection.put(writer.buffer)
    writer.removeAll()
  }
}
