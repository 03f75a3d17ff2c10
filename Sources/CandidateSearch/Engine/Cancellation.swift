/// Whether the caller has cancelled the call. The engine interrupts its statements; our own loops check here, once for each
/// statement, each record, and each thousand rows.
package struct Cancellation: Sendable {
  /// A cancellation that never happens, for callers that cannot cancel.
  package static let never = Cancellation { false }

  private let isCancelled: @Sendable () -> Bool

  package init(_ isCancelled: @escaping @Sendable () -> Bool) { self.isCancelled = isCancelled }

  /// - Throws: `CancellationError` if the call was cancelled.
  package func check() throws {
    if isCancelled() { throw CancellationError() }
  }

  /// Checks at the first of every thousand rows of a loop.
  package func check(row: Int) throws {
    if row % Self.rowsPerCheck == 0 { try check() }
  }

  private static let rowsPerCheck = 1_000
}
