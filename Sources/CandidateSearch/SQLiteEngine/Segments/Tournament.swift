/// Finds the first of some competitors again whenever one of them changes: a binary tree in which each node has the winner of
/// the two below it. A change costs one comparison for each level, where a heap needs two.
struct Tournament<Key: FixedWidthInteger & SignedInteger>: ~Copyable {
  private struct Node {
    /// The winner's key: the lowest of those below.
    var key: Key
    /// The number of the winner; `nothing` if there is none.
    var competitor: Int
    /// The number of competitors below that are equal to the winner, itself included.
    var count = 1
  }

  private static var nothing: Int { -1 }

  /// The root is the second; the nodes below node `i` are `2 * i` and `2 * i + 1`. The leaves come last.
  private let nodes: UnsafeMutablePointer<Node>
  private let highestKey: Key
  private var leafCount = 1

  /// - Parameters:
  ///   - maximumCount: The maximum number of competitors.
  ///   - highestKey: No key is higher. The difference of any two can be represented.
  init(maximumCount: Int, highestKey: Key) {
    self.highestKey = highestKey
    let capacity = 2 * Self.leafCount(for: maximumCount)
    nodes = .allocate(capacity: capacity)
    nodes.initialize(repeating: Node(key: highestKey, competitor: Self.nothing), count: capacity)
  }

  deinit { nodes.deallocate() }

  private static func leafCount(for count: Int) -> Int {
    var leafCount = 1
    while leafCount < count { leafCount *= 2 }
    return leafCount
  }

  /// The number of the first competitor; of none, if `lowestKey` is the highest one and another key was out of range.
  @inline(__always) var winner: Int { nodes[1].competitor }
  /// The number of competitors that are equal to the first, itself included.
  @inline(__always) var winnerCount: Int { nodes[1].count }
  /// The key of the first competitor.
  @inline(__always) var lowestKey: Key { nodes[1].key }

  /// Begins with other competitors, at least one, which are numbered from 0. `order` compares two with equal keys by their
  /// numbers: negative if the first precedes, 0 if they are equal. Of equal ones, that with the lower number wins.
  @inline(__always) mutating func begin(
    count: Int, key: (Int) throws -> Key, order: (Int, Int) -> Int
  ) rethrows {
    leafCount = Self.leafCount(for: count)
    for i in 0..<leafCount {
      nodes[leafCount + i] =
        i < count
        ? Node(key: try key(i), competitor: i) : Node(key: highestKey, competitor: Self.nothing)
    }
    for i in stride(from: leafCount - 1, to: 0, by: -1) {
      nodes[i] = nodes[2 * i]
      challenge(&nodes[i], by: nodes[2 * i + 1], isLower: false, order: order)
    }
  }

  /// Compares a competitor that has changed with the others.
  @inline(__always) mutating func update(_ competitor: Int, key: Key, order: (Int, Int) -> Int) {
    var winner = Node(key: key, competitor: competitor)
    var i = leafCount + competitor
    nodes[i] = winner
    while i > 1 {
      // The node on the left has an even number, and the lower competitors.
      challenge(&winner, by: nodes[i ^ 1], isLower: i & 1 == 1, order: order)
      i /= 2
      nodes[i] = winner
    }
  }

  /// Makes a node the winner of itself and another one. Without branches where the keys differ, since a processor could not
  /// foresee who wins.
  ///
  /// - Parameter isLower: Whether the other's competitors have lower numbers.
  @inline(__always) private func challenge(
    _ winner: inout Node, by other: Node, isLower: Bool, order: (Int, Int) -> Int
  ) {
    var difference = other.key &- winner.key
    if difference == 0 {
      if other.competitor == Self.nothing { return }
      difference = Key(truncatingIfNeeded: order(other.competitor, winner.competitor))
      if difference == 0 {
        winner.count += other.count
        if isLower { winner.competitor = other.competitor }
        return
      }
    }
    let mask = difference >> (Key.bitWidth - 1)
    winner.key ^= (winner.key ^ other.key) & mask
    winner.competitor ^= (winner.competitor ^ other.competitor) & Int(truncatingIfNeeded: mask)
    winner.count ^= (winner.count ^ other.count) & Int(truncatingIfNeeded: mask)
  }

  /// Calls `body` with each competitor that is equal to the first, by number.
  func forEachFirst(_ body: (Int) -> Void) { forEachFirst(below: 1, body) }

  /// The recursion is as deep as the tree.
  private func forEachFirst(below top: Int, _ body: (Int) -> Void) {
    var i = top
    while i < leafCount {
      let left = nodes[2 * i]
      if left.competitor == nodes[i].competitor {
        if nodes[i].count == left.count {
          i = 2 * i
          continue
        }
        forEachFirst(below: 2 * i, body)
      }
      i = 2 * i + 1
    }
    body(nodes[i].competitor)
  }
}
