import CandidateJSON
import CandidateSearch
import Foundation
import Hummingbird
import NIOCore
import NIOPosix
import PostgresEngine
import Synchronization

/// Everything that requests share: the index, the limits, the jobs and the metrics of one server.
final class Service: Sendable {
  let limits: Limits
  /// Whether the server has keys.
  let needsKeys: Bool
  let metrics: ServerMetrics
  let jobs = Jobs()
  /// Nil if searches are not recorded.
  let recorder: SearchRecorder?
  let connectors: Connectors
  let sessions = Sessions()
  /// The description of the API.
  let description: [UInt8]
  private let searches: Gate
  private let changes: Gate
  /// A thread of its own: an upload occupies it while it waits for its client.
  private let changing = DispatchQueue(label: "changes")
  /// For searching. Its snapshots see what other processes commit.
  private let reader: CandidateIndex
  /// The path of the index, or its address on a server.
  private let location: String
  /// For changes; opened by the first one.
  private let writer = Mutex<CandidateIndex?>(nil)

  /// Opens the index at a path.
  /// - Parameter reader: An open index to search in place of the one at the path; for tests.
  /// - Throws: `IndexError`.
  init(
    indexPath: String, limits: Limits, needsKeys: Bool, connectors: Connectors,
    recorder: SearchRecorder? = nil, reader: CandidateIndex? = nil
  ) throws {
    self.limits = limits
    self.needsKeys = needsKeys
    self.recorder = recorder
    self.connectors = connectors
    metrics = connectors.metrics
    description = Description.openAPI(
      needsKeys: needsKeys, requiresPurpose: recorder?.requiresPurpose ?? false)
    searches = Gate(width: limits.concurrentSearches, maximumWaiting: limits.waitingSearches)
    changes = Gate(width: 1, maximumWaiting: limits.waitingChanges)
    location = indexPath
    self.reader =
      try reader
      ?? CandidateIndex(location: indexPath, access: .reading(readers: limits.concurrentSearches + 1))
  }

  // MARK: - Searching

  /// The index as a caller sees it.
  /// - Throws: `IndexError` if its file was removed or replaced. The new file is not opened: SQLite would take the WAL of the
  ///   old one for its own.
  func index(for caller: Caller) throws -> CandidateIndex {
    if reader.isDetached {
      throw IndexError.failed(
        path: location, reason: "the file was removed or replaced while the server had it open")
    }
    return reader.scoped(to: caller.scope)
  }

  /// Runs a search: at most `Limits.concurrentSearches` at once, and within `Limits.requestSeconds`.
  /// - Throws: `Problem`, and what `body` throws.
  func limited<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
    try await withDeadline(seconds: limits.requestSeconds) { [searches] in try await searches.run(body) }
  }

  /// As `limited`, for a call that blocks its thread and cannot be cancelled.
  func limitedBlocking<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await limited { try await NIOThreadPool.singleton.runIfActive(body) }
  }

  // MARK: - Changing

  /// Changes the index, one call at a time.
  /// - Throws: `Problem` if too many changes wait, and what `body` throws.
  func writing<T: Sendable>(_ body: @escaping @Sendable (CandidateIndex) throws -> T) async throws -> T {
    try await changes.run {
      try await withCheckedThrowingContinuation { continuation in
        changing.async { [self] in
          continuation.resume(with: Result { try body(try openForWriting()) })
        }
      }
    }
  }

  /// The index for changes by syncs, which wait for other writers one page at a time.
  func indexForSyncs() async throws -> CandidateIndex {
    try await NIOThreadPool.singleton.runIfActive { [self] in try openForWriting() }
  }

  private func openForWriting() throws -> CandidateIndex {
    // A file that was removed would be created.
    _ = try index(for: .local)
    return try writer.withLock { writer in
      if let writer { return writer }
      let opened = try CandidateIndex(location: location, access: .writing)
      writer = opened
      return opened
    }
  }

  /// Frees what changes have cached, if there were any.
  func releaseMemory() {
    // It is locked while the index is opened.
    let writer = writer.withLockIfAvailable { $0 }
    writer??.releaseMemory()
  }

  // MARK: - State

  func metricsText() -> String {
    metrics.text(
      gate: searches.counts, indexBytes: indexBytes, syncs: (try? reader.syncStatuses()) ?? [],
      failing: Set(connectors.failures.keys), now: .now)
  }

  private var indexBytes: Int {
    ["", "-wal"].reduce(0) { sum, ending in
      let attributes = try? FileManager.default.attributesOfItem(atPath: reader.path + ending)
      return sum + (attributes?[.size] as? Int ?? 0)
    }
  }

  /// Refuses a body by the length that the request declares, before any of it is read.
  /// - Throws: `Problem`.
  static func checkLength(of request: Request, atMost maximum: Int) throws(Problem) {
    guard let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximum else { return }
    throw Problem(.bodyTooLarge, "this body has at most \(maximum) bytes, not \(length)")
  }

  /// The body of a request.
  /// - Throws: `Problem` if it is too long or does not arrive in time.
  func bytes(of request: Request, atMost maximum: Int) async throws -> [UInt8] {
    try Self.checkLength(of: request, atMost: maximum)
    return try await withDeadline(seconds: limits.requestSeconds) {
      var bytes: [UInt8] = []
      for try await piece in request.body {
        bytes += piece.readableBytesView
        if bytes.count > maximum { throw Problem(.bodyTooLarge, "this body has at most \(maximum) bytes") }
      }
      return bytes
    }
  }
}
