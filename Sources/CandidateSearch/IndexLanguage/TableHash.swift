/// A fast hash for tables in memory and for sums that detect damage. Each process has a random seed, so that colliding
/// texts cannot be prepared.
package enum TableHash {
  private static let seed = UInt64.random(in: 0...UInt64.max)
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The hash of some bytes in this process.
  package static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var state = mix(seed ^ UInt64(bytes.count))
    var position = 0
    while position + 8 <= bytes.count {
      state = mix(
        state ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
      position += 8
    }
    var rest: UInt64 = 0
    for byte in bytes[position...] { rest = rest << 8 | UInt64(byte) }
    return mix(state ^ rest)
  }

  /// Mixes the state, so that every bit depends on all others. The addition prevents 0 from mapping to itself.
  private static func mix(_ state: UInt64) -> UInt64 {
    let product = (state &+ multiplier).multipliedFullWidth(by: multiplier)
    return product.high ^ product.low
  }
}
