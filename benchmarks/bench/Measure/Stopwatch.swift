/// Time by a clock that never jumps.
enum Stopwatch {
  private static let clock = ContinuousClock()

  /// The seconds that something takes.
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = clock.now
    try body()
    return (clock.now - start).seconds
  }
}

extension Duration {
  /// The whole of it in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
