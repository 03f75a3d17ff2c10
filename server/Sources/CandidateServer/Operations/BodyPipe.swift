import CandidateSearch
import Dispatch
import Hummingbird
import NIOCore
import Synchronization

/// Hands the body of a request from the connection to the thread that indexes it, piece by piece: at most
/// `maximumPieces` pieces are in memory.
final class BodyPipe: Sendable {
  private struct State {
    var pieces: [ByteBuffer] = []
    /// The end of the body: nil while more may come.
    var end: End?
    var writer: CheckedContinuation<Void, Never>?
  }

  private enum End {
    case complete
    case broken(String)
    /// The reader needs no more.
    case abandoned
  }

  static let emptyBody = Problem(.wrongBody, "the body is empty")
  private static let maximumPieces = 8
  private let maximumBytes: Int
  private let state = Mutex(State())
  private let available = DispatchSemaphore(value: 0)

  /// A pipe for a body of at most this many bytes.
  init(maximum bytes: Int) { maximumBytes = bytes }

  // MARK: - Writing

  /// Reads a body to its end.
  /// - Throws: `Problem` for a body that is too long, and the errors of the connection.
  func receive(_ body: RequestBody) async throws {
    var length = 0
    do {
      for try await piece in body {
        length += piece.readableBytes
        if length > maximumBytes {
          throw Problem(.bodyTooLarge, "a body has at most \(maximumBytes) bytes; those before are indexed")
        }
        if await !write(piece) { return }
      }
      // An export that failed is often an empty file.
      guard length > 0 else { throw Self.emptyBody }
      finish(.complete)
    } catch {
      finish(.broken((error as? Problem)?.detail ?? "the connection was closed"))
      throw error
    }
  }

  /// Returns false if no more is needed.
  private func write(_ piece: ByteBuffer) async -> Bool {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        guard state.end == nil else { return continuation.resume() }
        state.pieces.append(piece)
        available.signal()
        if state.pieces.count < Self.maximumPieces { return continuation.resume() }
        state.writer = continuation
      }
    }
    return state.withLock { $0.end == nil }
  }

  private func finish(_ end: End) {
    let writer = state.withLock { state in
      if state.end == nil { state.end = end }
      defer { state.writer = nil }
      return state.writer
    }
    available.signal()
    writer?.resume()
  }

  // MARK: - Reading

  /// Ends the pipe from the side of the reader. The rest of the body is not kept.
  func abandon() { finish(.abandoned) }

  /// The body as an input. Reading blocks its thread until the next piece has arrived.
  var source: ByteSource {
    var piece = ByteBuffer()
    return ByteSource(name: "body") { [self] buffer throws(ReadFailure) in
      while piece.readableBytes == 0 {
        guard let next = try next() else { return 0 }
        piece = next
      }
      let count = min(buffer.count, piece.readableBytes)
      piece.readWithUnsafeReadableBytes { bytes in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        return count
      }
      return count
    }
  }

  private func next() throws(ReadFailure) -> ByteBuffer? {
    available.wait()
    let (piece, end, writer) = state.withLock { state in
      let piece = state.pieces.isEmpty ? nil : state.pieces.removeFirst()
      let writer = piece == nil ? nil : state.writer
      if piece != nil { state.writer = nil }
      return (piece, state.end, writer)
    }
    writer?.resume()
    if let piece { return piece }
    // The next call must see the end too.
    available.signal()
    if case .broken(let reason) = end { throw ReadFailure(name: "body", reason: reason) }
    return nil
  }
}

/// The refused records of a request: at most `maximumCount` of them, in order.
final class RefusalList: Sendable {
  static let maximumCount = 1_000
  private let refusals = Mutex<[Refusal]>([])

  @Sendable func add(_ refusal: Refusal) {
    refusals.withLock { if $0.count < Self.maximumCount { $0.append(refusal) } }
  }

  var all: [Refusal] { refusals.withLock { $0 } }
}
