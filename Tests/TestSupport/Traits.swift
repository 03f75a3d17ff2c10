import Foundation
import Testing

extension Trait where Self == ConditionTrait {
  /// A test that takes long: `make test-fast` leaves it out.
  public static var slow: Self {
    .disabled(if: ProcessInfo.processInfo.environment["CAND_SEARCH_FAST_TESTS"] != nil, "a slow test")
  }
}

extension Trait where Self == TimeLimitTrait {
  /// Fails a test that hangs. The time of a test includes its waits for one of the few threads that all tests share, while
  /// others wait for processes and servers: so the limit is far above what any test takes.
  public static var mustEnd: Self { .timeLimit(.minutes(20)) }
}
