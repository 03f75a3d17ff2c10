/// Draws indexes by weight in constant time (the alias method of Walker and Vose, in integers: exact, and the same
/// on every machine).
struct WeightedTable: Sendable {
  private struct Slot: Sendable {
    /// Below this the slot stands for itself, else for its alias.
    var threshold: UInt64
    var alias: Int
  }

  private var slots: [Slot]
  private let total: UInt64

  /// A table of weights; at least one must be above zero.
  init(_ weights: [Int]) {
    let total = weights.reduce(0, +)
    precondition(total > 0, "a table needs weights")
    self.total = UInt64(total)
    slots = weights.indices.map { Slot(threshold: UInt64(total), alias: $0) }
    var scaled = weights.map { $0 * weights.count }
    var small = scaled.indices.filter { scaled[$0] < total }
    var large = scaled.indices.filter { scaled[$0] >= total }
    while let low = small.popLast(), let high = large.last {
      slots[low] = Slot(threshold: UInt64(scaled[low]), alias: high)
      scaled[high] -= total - scaled[low]
      if scaled[high] < total {
        large.removeLast()
        small.append(high)
      }
    }
  }

  /// Weights by Zipf's law, in integers; a larger offset flattens the head.
  static func zipf(count: Int, offset: Int) -> WeightedTable {
    WeightedTable(zipfWeights(count: count, offset: offset))
  }

  static func zipfWeights(count: Int, offset: Int) -> [Int] {
    (0..<count).map { 1_000_000_000 / ($0 + offset) }
  }

  func draw(_ random: inout RandomStream) -> Int {
    let product = random.next().multipliedFullWidth(by: UInt64(slots.count))
    let index = Int(product.high)
    let rest = product.low.multipliedFullWidth(by: total).high
    return rest < slots[index].threshold ? index : slots[index].alias
  }
}
