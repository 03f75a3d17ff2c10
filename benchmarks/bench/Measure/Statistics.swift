import Foundation

/// Measured values, at least one, in ascending order.
struct Sample {
  let values: [Double]

  /// Nil for no values: nothing can be said about them.
  init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    self.values = values.sorted()
  }

  var median: Double { quantile(0.5) }

  /// The value below which a share of them lies, from 0 to 1; between two values, in proportion.
  func quantile(_ share: Double) -> Double {
    let position = min(max(share, 0), 1) * Double(values.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, values.count - 1)
    return values[lower] + (values[upper] - values[lower]) * (position - Double(lower))
  }

  /// The values at 0 %, 1 % … 100 %.
  var percentiles: [Double] { (0...100).map { quantile(Double($0) / 100) } }

  /// The nth root of their product: what ratios are averaged by. Nil where one is not above zero.
  var geometricMean: Double? {
    guard values[0] > 0 else { return nil }
    return exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
  }

  /// How far the values lie apart, as a share of their median.
  var spread: Double { median > 0 ? (values[values.count - 1] - values[0]) / median : 0 }
}
