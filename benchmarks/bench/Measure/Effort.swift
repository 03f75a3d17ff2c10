import ArgumentParser

/// How often a query is asked: until it has been asked `calls` times or for `seconds`, but `fewest` times at least.
/// The peers' protocol follows the same rule.
struct Effort: ParsableArguments {
  static let fewest = 5
  /// Calls before those that count.
  static let warmUps = 2

  @Option(help: "How often each query is asked at most; 0 to find without measuring.")
  var calls = 200

  @Option(help: "For how many seconds each query is asked at most, once it was asked \(Self.fewest) times.")
  var seconds = 0.5

  func validate() throws {
    guard calls >= 0 else { throw ValidationError("--calls: expected 0 or more, found \(calls)") }
    guard seconds >= 0, seconds.isFinite else {
      throw ValidationError("--seconds: expected 0 or more, found \(seconds)")
    }
  }

  /// The seconds that each call took.
  func times(_ body: () throws -> Void) rethrows -> [Double] {
    for _ in 0..<min(Self.warmUps, calls) { try body() }
    var times: [Double] = []
    var total = 0.0
    while times.count < calls, times.count < Self.fewest || total < seconds {
      let time = try Stopwatch.seconds(body)
      times.append(time)
      total += time
    }
    return times
  }
}
