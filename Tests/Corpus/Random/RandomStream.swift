/// The random numbers of one topic of one record (SplitMix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom
/// Number Generators"). Integers alone, so that every machine draws the same.
///
/// Each topic has a stream of its own: what one draws more or less leaves the others' bytes alone.
struct RandomStream {
  /// What the numbers decide.
  enum Topic: UInt64 {
    case identity = 1
    case person, place, work, times, contact, labels, attachments, custom
    /// The titles of changed records.
    case change
  }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var state: UInt64

  /// The stream of a topic of a record; `variant` tells apart several of them.
  init(seed: UInt64, record: Int, topic: Topic, variant: Int = 0) {
    let base = Self.mix(seed &+ topic.rawValue &* Self.increment &+ UInt64(variant) << 8)
    state = Self.mix(base ^ UInt64(record) &* 0xD134_2543_DE82_EF95)
  }

  mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mix(state)
  }

  /// A number from 0 to `count - 1`.
  mutating func below(_ count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// The smaller of two numbers below `count`: small ones are more frequent.
  mutating func lowBelow(_ count: Int) -> Int { min(below(count), below(count)) }

  /// True so many times in a thousand.
  mutating func chance(perMille share: Int) -> Bool { below(1000) < share }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
