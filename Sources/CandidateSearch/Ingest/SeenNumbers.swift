/// A set of candidates' numbers: bitsets by block, since a damaged file may contain any number.
struct SeenNumbers: Sendable {
  private var blocks: [Int64: [UInt64]] = [:]

  /// The binary logarithm of the numbers of a block.
  private static let blockBits: Int64 = 12
  private static let emptyBlock = [UInt64](repeating: 0, count: 1 << (blockBits - 6))

  private static func word(_ number: Int64) -> Int { Int(number & (1 << blockBits - 1)) >> 6 }
  private static func bit(_ number: Int64) -> UInt64 { 1 << UInt64(number & 63) }

  mutating func formUnion(_ numbers: [Int64]) {
    for number in numbers {
      blocks[number >> Self.blockBits, default: Self.emptyBlock][Self.word(number)] |= Self.bit(number)
    }
  }

  func contains(_ number: Int64) -> Bool {
    guard let block = blocks[number >> Self.blockBits] else { return false }
    return block[Self.word(number)] & Self.bit(number) != 0
  }
}
