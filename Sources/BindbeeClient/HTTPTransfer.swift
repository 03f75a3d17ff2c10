import Foundation
import Synchronization

/// Whether the task of a transfer is cancelled.
final class Cancellation: Sendable {
  let isCancelled = Atomic(false)
}

/// One request and what has come of its answer so far. Belongs to one thread.
final class HTTPTransfer {
  let request: HTTPRequest
  private(set) var answer = HTTPAnswer()
  /// Set when the transfer need not or must not go on.
  private(set) var ending: Result<HTTPAnswer, any Error>?

  private let limits: HTTPLimits
  private let cancellation: Cancellation
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastByte: ContinuousClock.Instant
  private var hasEncoding = false

  init(_ request: HTTPRequest, limits: HTTPLimits, cancellation: Cancellation) {
    self.request = request
    self.limits = limits
    self.cancellation = cancellation
    start = clock.now
    lastByte = start
  }

  /// The answer, and no other reference to its body.
  func takeAnswer() -> HTTPAnswer {
    defer { answer = HTTPAnswer() }
    return answer
  }

  /// Ends the transfer if it is cancelled or out of time. Returns the time that is left for the next byte, in milliseconds,
  /// from 1.
  func endIfTimedOut() -> Int {
    if cancellation.isCancelled.load(ordering: .acquiring) { ending = .failure(CancellationError()) }
    let now = clock.now
    let left = limits.timeout - (now - start).seconds
    let leftForByte = limits.stallTimeout - (now - lastByte).seconds
    if left <= 0 {
      fail("no answer within \(limits.timeout.formatted()) s")
    } else if leftForByte <= 0 {
      fail("no byte within \(limits.stallTimeout.formatted()) s")
    }
    return Int((min(left, leftForByte, 60) * 1000).rounded(.up))
  }

  /// Takes a line of the head, the status line included; false ends the transfer.
  func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    lastByte = clock.now
    // A header that is cut off here is none of `HTTPLimits.keptHeaders`.
    let line = String(decoding: bytes.prefix(HTTPLimits.headerLength), as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      answer = HTTPAnswer()
      answer.status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      hasEncoding = false
      return true
    }
    guard let colon = line.firstIndex(of: ":") else { return true }
    let name = line[..<colon].lowercased()
    let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
    if HTTPLimits.keptHeaders.contains(name) { answer.headers[name] = value }
    return acceptEncoding(name, value.lowercased())
  }

  /// Ends the transfer, and returns false, unless the body has at most one layer of gzip: of two, a few bytes would decompress
  /// to terabytes before the first that is counted.
  private func acceptEncoding(_ name: String, _ value: String) -> Bool {
    switch name {
    case "content-encoding" where value != "identity" && !value.isEmpty:
      if value == "gzip" || value == "x-gzip", !hasEncoding {
        hasEncoding = true
        return true
      }
    case "transfer-encoding":
      if value == "chunked" || value == "identity" { return true }
    default: return true
    }
    fail("the answer's \(name) is not supported")
    return false
  }

  /// Takes decompressed bytes; false ends the transfer.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    lastByte = clock.now
    let isGood = answer.status == 200
    let room = (isGood ? limits.answerLength : limits.errorLength) - answer.body.count
    if bytes.count <= room {
      answer.body.append(contentsOf: bytes)
      return true
    }
    if isGood {
      end(.failure(TransferFailure.answerTooLong))
    } else {
      // The beginning of an error is enough.
      answer.body.append(contentsOf: bytes.prefix(room))
      end(.success(answer))
    }
    return false
  }

  private func fail(_ reason: String) { end(.failure(TransferFailure.connection(reason))) }

  /// The first ending counts.
  private func end(_ ending: Result<HTTPAnswer, any Error>) {
    if self.ending == nil { self.ending = ending }
    answer.body = []
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
