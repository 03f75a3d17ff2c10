import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch

@Suite struct BatchChannelTests {
  private struct Failure: Error {}

  private static func send(
    _ batches: Range<Int>, through channel: BatchChannel<Int>, end: Result<Void, any Error>
  ) {
    DispatchQueue.global().async {
      channel.finish(
        Result {
          for i in batches { try channel.send([i, -i]) }
          try end.get()
        })
    }
  }

  @Test(.mustEnd, arguments: [1, 2, 100]) func batchesArriveInOrder(_ capacity: Int) throws {
    let channel = BatchChannel<Int>(capacity: capacity)
    Self.send(0..<50, through: channel, end: .success(()))
    for i in 0..<50 { #expect(try channel.receive() == [i, -i]) }
    for _ in 0..<3 { #expect(try channel.receive() == nil) }
  }

  @Test(.mustEnd) func anErrorComesAfterWhatWasSent() throws {
    let channel = BatchChannel<Int>(capacity: 1)
    Self.send(0..<3, through: channel, end: .failure(Failure()))
    for i in 0..<3 { #expect(try channel.receive() == [i, -i]) }
    for _ in 0..<2 { #expect(throws: Failure.self) { try channel.receive() } }
  }

  /// A sender that waits ends when nothing more is received.
  @Test(.mustEnd, arguments: [1, 3]) func aCancelledSenderEnds(_ capacity: Int) throws {
    let channel = BatchChannel<Int>(capacity: capacity)
    let ended = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      #expect(throws: CancellationError.self) { while true { try channel.send([1]) } }
      ended.signal()
    }
    #expect(try channel.receive() == [1])
    channel.cancel()
    ended.wait()
  }
}
