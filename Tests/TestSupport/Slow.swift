import Foundation
import Testing

extension Trait where Self == ConditionTrait {
  /// A test that takes long: `make test-fast` leaves it out.
  public static var slow: Self {
    .disabled(if: ProcessInfo.processInfo.environment["CAND_SEARCH_FAST_TESTS"] != nil, "a slow test")
  }
}
