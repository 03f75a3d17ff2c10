import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch

@Suite(.sqlite) struct ProducerTests {
  private struct Failure: Error {}

  @Test(arguments: [nil, 1, 3, 1_000]) func elementsComeInOrder(_ maximumWaiting: Int?) throws {
    let numbers = Producer<Int>(maximumWaiting: maximumWaiting) { handOver in
      for number in 0..<500 { try handOver(number) }
    }
    var found: [Int] = []
    while let number = try numbers.next() { found.append(number) }
    #expect(found == Array(0..<500))
    let last = try numbers.next()
    #expect(last == nil)
    numbers.cancel()
  }

  @Test(arguments: [nil, 1]) func anErrorFollowsTheElementsBefore(_ maximumWaiting: Int?) throws {
    let numbers = Producer<Int>(maximumWaiting: maximumWaiting) { handOver in
      for number in 0..<3 { try handOver(number) }
      throw Failure()
    }
    for number in 0..<3 {
      let next = try numbers.next()
      #expect(next == number)
    }
    #expect(throws: Failure.self) { try numbers.next() }
    #expect(throws: Failure.self) { try numbers.next() }
  }

  @Test(arguments: [1, 7]) func noMoreThanTheMaximumWaits(_ maximumWaiting: Int) throws {
    let made = Mutex(0)
    let numbers = Producer<Int>(maximumWaiting: maximumWaiting) { handOver in
      for number in 0..<100 {
        try handOver(number)
        made.withLock { $0 += 1 }
      }
    }
    for taken in 0..<100 {
      #expect(made.withLock { $0 } <= taken + maximumWaiting)
      let next = try numbers.next()
      #expect(next == taken)
    }
    numbers.cancel()
  }

  /// Work without an end ends when it is cancelled; also while it waits for room, before the first element is taken, and
  /// after the work has ended.
  @Test(arguments: [1, 5], [0, 1, 20]) func workEndsWhenItIsCancelled(_ maximumWaiting: Int, _ taken: Int)
    throws
  {
    let hasEnded = Mutex(false)
    let numbers = Producer<Int>(maximumWaiting: maximumWaiting) { handOver in
      defer { hasEnded.withLock { $0 = true } }
      while true { try handOver(1) }
    }
    for _ in 0..<taken { _ = try numbers.next() }
    numbers.cancel()
    #expect(hasEnded.withLock { $0 })
    numbers.cancel()
  }
}
