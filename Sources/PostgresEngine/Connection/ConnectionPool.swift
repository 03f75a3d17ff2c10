import Foundation

/// Connections that calls borrow, at most a number of them; further calls wait. Safe to use from many threads.
final class ConnectionPool: @unchecked Sendable {
  private let connect: @Sendable () throws -> PostgresConnection
  private let condition = NSCondition()
  private var unused: [PostgresConnection] = []
  private var count = 0
  private let maximumCount: Int

  init(maximumCount: Int, connect: @escaping @Sendable () throws -> PostgresConnection) {
    self.maximumCount = max(1, maximumCount)
    self.connect = connect
  }

  /// Calls `body` with a connection, and with whether it was used before: the server may have closed it meanwhile.
  func withConnection<T>(_ body: (PostgresConnection, _ wasUsed: Bool) throws -> T) throws -> T {
    let (connection, wasUsed) = try take()
    defer { release(connection) }
    return try body(connection, wasUsed)
  }

  /// A connection, and whether it was used before. The caller must release it.
  func take() throws -> (PostgresConnection, wasUsed: Bool) {
    condition.lock()
    while unused.isEmpty, count >= maximumCount { condition.wait() }
    if let connection = unused.popLast() {
      condition.unlock()
      return (connection, true)
    }
    count += 1
    condition.unlock()
    do {
      return (try connect(), false)
    } catch {
      discard()
      throw error
    }
  }

  /// A connection that the server has not closed: one that was used before has answered. The caller must release it.
  func takeLiving() throws -> PostgresConnection {
    while true {
      let (connection, wasUsed) = try take()
      if !wasUsed || (try? connection.execute("SELECT 1")) != nil { return connection }
      release(connection)
    }
  }

  func release(_ connection: PostgresConnection) {
    guard !connection.isBroken, connection.isIdle else { return discard() }
    condition.withLock {
      unused.append(connection)
      condition.signal()
    }
  }

  private func discard() {
    condition.withLock {
      count -= 1
      condition.signal()
    }
  }

  /// Closes the connections that no call uses.
  func closeUnused() {
    condition.withLock {
      count -= unused.count
      unused.removeAll()
    }
  }
}
