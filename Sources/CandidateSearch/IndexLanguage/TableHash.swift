import Glibc

/// A fast hash for tables in memory and for sums that detect damage. Each process has a random seed, so that colliding
/// texts cannot be prepared.
package struct TableHash: Sendable {
  private static let seed = UInt64.random(in: 0...UInt64.max)
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Kept here, since each access to a static property checks whether it is initialised.
  private let seed = Self.seed

  package init() {}

  /// The hash of some bytes in this process.
  package func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var state = Self.mix(seed ^ UInt64(bytes.count))
    var position = 0
    while position + 8 < bytes.count {
      state = Self.mix(state ^ bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
    }
    return Self.mix(state ^ Self.end(of: bytes))
  }

  /// The last eight bytes, which may overlap those before, or all of fewer. The length is part of the state.
  @inline(__always) private static func end(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    if count >= 8 { return bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) }
    if count >= 4 {
      let first = bytes.loadUnaligned(as: UInt32.self)
      return UInt64(first) << 32 | UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    }
    guard count > 0 else { return 0 }
    return UInt64(bytes[0]) << 16 | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1])
  }

  /// Mixes the state, so that every bit depends on all others. The addition prevents 0 from mapping to itself.
  @inline(__always) private static func mix(_ state: UInt64) -> UInt64 {
    let product = (state &+ multiplier).multipliedFullWidth(by: multiplier)
    return product.high ^ product.low
  }
}

extension UnsafeRawBufferPointer {
  /// Whether both contain the same bytes. `elementsEqual` would compare them one by one.
  @inline(__always) package func hasBytes(of other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let start = baseAddress, let otherStart = other.baseAddress else { return true }
    // Two numbers that overlap contain all of most words.
    if (8...16).contains(count) {
      return start.loadUnaligned(as: UInt64.self) == otherStart.loadUnaligned(as: UInt64.self)
        && start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
          == otherStart.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    }
    return memcmp(start, otherStart, count) == 0
  }
}
