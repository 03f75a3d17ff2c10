import CoreMetrics
import Synchronization

/// A backend of swift-metrics that renders what was measured in Prometheus' text format, version 0.0.4: counters,
/// gauges, and histograms of seconds.
final class PrometheusFactory: MetricsFactory {
  private struct Series: Hashable, Comparable {
    let label: String
    let dimensions: String

    static func < (a: Series, b: Series) -> Bool { (a.label, a.dimensions) < (b.label, b.dimensions) }
  }

  /// What was measured of one label with one set of dimensions.
  private enum Value {
    case counter(Total)
    case gauge(Gauge)
    case histogram(Histogram)

    var type: String {
      switch self {
      case .counter: "counter"
      case .gauge: "gauge"
      case .histogram: "histogram"
      }
    }
  }

  private let values = Mutex<[Series: Value]>([:])

  // MARK: - Making

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    let value = value(label, dimensions) { .counter(Total()) }
    if case .counter(let total) = value { return total }
    return NOOPMetricsHandler.instance
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    let value = value(label, dimensions) { .gauge(Gauge()) }
    if case .gauge(let gauge) = value { return gauge }
    return NOOPMetricsHandler.instance
  }

  func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    NOOPMetricsHandler.instance
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    let value = value(label, dimensions) { .histogram(Histogram()) }
    if case .histogram(let histogram) = value { return histogram }
    return NOOPMetricsHandler.instance
  }

  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}

  private func value(_ label: String, _ dimensions: [(String, String)], _ make: () -> Value) -> Value {
    let series = Series(label: label, dimensions: Self.text(dimensions))
    return values.withLock { values in
      if let known = values[series] { return known }
      let value = make()
      values[series] = value
      return value
    }
  }

  private static func text(_ dimensions: [(String, String)]) -> String {
    dimensions.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",")
  }

  private static func escaped(_ text: String) -> String {
    // By scalars: for Swift, a mark that follows a quotation mark makes another character of it.
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      default: String(scalar)
      }
    }.joined()
  }

  // MARK: - Rendering

  /// All values, in the order of labels and dimensions. Linear in their number.
  var text: String {
    let values = values.withLock { $0 }
    var (text, last) = ("", "")
    for (series, value) in values.sorted(by: { $0.key < $1.key }) {
      if series.label != last { text += "# TYPE \(series.label) \(value.type)\n" }
      last = series.label
      switch value {
      case .counter(let total): text += Self.line(series.label, series.dimensions, "\(total.value)")
      case .gauge(let gauge): text += Self.line(series.label, series.dimensions, "\(gauge.value)")
      case .histogram(let histogram): text += Self.lines(series, histogram.counts)
      }
    }
    return text
  }

  private static func lines(_ series: Series, _ counts: Histogram.Counts) -> String {
    var (text, sum) = ("", 0)
    let separator = series.dimensions.isEmpty ? "" : ","
    for (bound, count) in zip(Histogram.bounds.map { "\($0)" } + ["+Inf"], counts.buckets) {
      sum += count
      text += line(series.label + "_bucket", "\(series.dimensions)\(separator)le=\"\(bound)\"", "\(sum)")
    }
    text += line(series.label + "_sum", series.dimensions, "\(Double(counts.nanoseconds) / 1e9)")
    return text + line(series.label + "_count", series.dimensions, "\(sum)")
  }

  private static func line(_ label: String, _ dimensions: String, _ value: String) -> String {
    "\(label)\(dimensions.isEmpty ? "" : "{\(dimensions)}") \(value)\n"
  }
}

/// A sum that only grows.
private final class Total: CounterHandler {
  private let sum = Atomic<Int64>(0)
  var value: Int64 { sum.load(ordering: .relaxed) }
  func increment(by amount: Int64) { sum.wrappingAdd(amount, ordering: .relaxed) }
  func reset() { sum.store(0, ordering: .relaxed) }
}

/// The last value that was set.
private final class Gauge: MeterHandler {
  private let last = Mutex(0.0)
  var value: Double { last.withLock { $0 } }
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { last.withLock { $0 = value } }
  func increment(by amount: Double) { last.withLock { $0 += amount } }
  func decrement(by amount: Double) { last.withLock { $0 -= amount } }
}

/// Counts of durations by upper bounds.
private final class Histogram: TimerHandler {
  struct Counts {
    /// For each bound, and for what is above all of them.
    var buckets = [Int](repeating: 0, count: Histogram.bounds.count + 1)
    var nanoseconds: Int64 = 0
  }

  /// The upper bounds, in seconds.
  static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  private let state = Mutex(Counts())
  var counts: Counts { state.withLock { $0 } }

  func recordNanoseconds(_ duration: Int64) {
    let seconds = Double(duration) / 1e9
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    state.withLock { counts in
      counts.buckets[bucket] += 1
      counts.nanoseconds += duration
    }
  }
}
