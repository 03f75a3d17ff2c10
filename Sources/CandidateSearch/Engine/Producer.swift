import Dispatch
import Synchronization

/// Work on a thread of its own, which hands elements to the caller's thread. An element belongs to the thread that has it.
final class Producer<Element>: Sendable {
  private struct Transfer: @unchecked Sendable {
    let element: Element
  }

  private struct State: Sendable {
    var waiting: [Transfer] = []
    var isCancelled = false
    var outcome: Result<Void, any Error>?
  }

  private let state = Mutex(State())
  /// Counts the elements that wait, and the end.
  private let made = DispatchSemaphore(value: 0)
  /// Counts the elements that may be added; nil for any number. It begins with 0, since Dispatch ends a program that
  /// frees a semaphore with a lower value than its first.
  private let room: DispatchSemaphore?

  /// Begins the work.
  ///
  /// - Parameters:
  ///   - maximumWaiting: The maximum number of elements that wait for the caller's thread, from 1; nil for any number.
  ///   - work: Its argument hands over an element, and waits for room. It throws once the elements are no longer wanted.
  init(
    maximumWaiting: Int?,
    _ work: @escaping @Sendable (_ handOver: @escaping (Element) throws -> Void) throws -> Void
  ) {
    room = maximumWaiting.map { _ in DispatchSemaphore(value: 0) }
    for _ in 0..<(maximumWaiting ?? 0) { room?.signal() }
    // The threads of shared queues may all wait for what the caller's thread does.
    DispatchQueue(label: "cand-search.producer", qos: .userInitiated).async { [self] in
      let outcome = Result { try work(handOver) }
      state.withLock { $0.outcome = outcome }
      made.signal()
    }
  }

  /// The element that was made next; nil once the work has ended, and always after that. Throws the error of the work.
  func next() throws -> Element? {
    made.wait()
    let (next, outcome) = state.withLock { state in
      state.waiting.isEmpty ? (nil, state.outcome) : (state.waiting.removeFirst(), nil)
    }
    room?.signal()
    guard let outcome else { return next?.element }
    made.signal()
    return try outcome.map { nil }.get()
  }

  /// Ends the work, and waits until it has ended.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    while let _ = try? next() {}
  }

  private func handOver(_ element: Element) throws {
    room?.wait()
    let transfer = Transfer(element: element)
    try state.withLock { state in
      if state.isCancelled { throw CancellationError() }
      state.waiting.append(transfer)
    }
    made.signal()
  }
}
