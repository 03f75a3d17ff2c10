/// SQLite's variable-length integers: seven bits in each byte, the highest first; the ninth byte has eight.
enum Varint {
  static let maximumLength = 9

  /// Writes a number, and returns the number of bytes. There must be room for `maximumLength`.
  @inline(__always) static func put(_ value: UInt64, at out: UnsafeMutablePointer<UInt8>) -> Int {
    if value < 0x80 {
      out[0] = UInt8(truncatingIfNeeded: value)
      return 1
    }
    if value < 0x4000 {
      out[0] = UInt8(truncatingIfNeeded: value >> 7) | 0x80
      out[1] = UInt8(truncatingIfNeeded: value) & 0x7F
      return 2
    }
    return putLong(value, at: out)
  }

  @inline(__always) private static func putLong(
    _ value: UInt64, at out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    guard value < 1 << 56 else { return putLongest(value, at: out) }
    let count = (70 - value.leadingZeroBitCount) / 7
    // Moves each seven bits to a byte of their own.
    var groups = value & 0x0FFF_FFFF | (value & 0x00FF_FFFF_F000_0000) << 4
    groups = groups & 0x0000_3FFF_0000_3FFF | (groups & 0x0FFF_C000_0FFF_C000) << 2
    groups = groups & 0x007F_007F_007F_007F | (groups & 0x3F80_3F80_3F80_3F80) << 1
    groups |= 0x8080_8080_8080_8000
    UnsafeMutableRawPointer(out).storeBytes(
      of: (groups.byteSwapped >> UInt64(64 - 8 * count)).littleEndian, as: UInt64.self)
    return count
  }

  /// Writes a number of eight or nine bytes.
  private static func putLongest(_ value: UInt64, at out: UnsafeMutablePointer<UInt8>) -> Int {
    var rest = value >> 8
    out[8] = UInt8(truncatingIfNeeded: value)
    for i in (0..<8).reversed() {
      out[i] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
    }
    return maximumLength
  }

  /// Reads the number at an offset, and moves the offset after it; nil if the bytes end before.
  @inline(__always) static func get(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> UInt64? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    if first < 0x80 {
      offset += 1
      return UInt64(first)
    }
    return getLong(bytes, &offset)
  }

  @inline(__always) private static func getLong(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int)
    -> UInt64?
  {
    guard offset + 8 <= bytes.count, let start = bytes.baseAddress else { return getAtEnd(bytes, &offset) }
    let word = UInt64(littleEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self))
    // The last byte is the first one whose highest bit is not set.
    let count = (~word & 0x8080_8080_8080_8080).trailingZeroBitCount / 8 + 1
    guard count <= 8 else { return getAtEnd(bytes, &offset) }
    offset += count
    var groups = (word << UInt64(64 - 8 * count)).byteSwapped & 0x7F7F_7F7F_7F7F_7F7F
    groups = groups & 0x007F_007F_007F_007F | (groups & 0x7F00_7F00_7F00_7F00) >> 1
    groups = groups & 0x0000_3FFF_0000_3FFF | (groups & 0x3FFF_0000_3FFF_0000) >> 2
    return groups & 0x0FFF_FFFF | (groups & 0x0FFF_FFFF_0000_0000) >> 4
  }

  /// Reads a number of nine bytes, or one near the end.
  private static func getAtEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> UInt64? {
    var value: UInt64 = 0
    for i in 0..<maximumLength {
      guard offset < bytes.count else { return nil }
      let byte = bytes[offset]
      offset += 1
      if i == maximumLength - 1 { return value << 8 | UInt64(byte) }
      value = value << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return value }
    }
    return nil
  }

  static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maximumLength) { buffer in
      guard let start = buffer.baseAddress else { return }
      let count = put(value, at: start)
      bytes += UnsafeBufferPointer(start: start, count: count)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Eight bytes from an offset on, as a number: texts are ordered as these numbers are. Zeros after the end.
  @inline(__always) func orderedBytes(from offset: Int) -> UInt64 {
    var bytes: UInt64 = 0
    if count >= offset + 8, let start = baseAddress {
      bytes = UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self)
    } else if count > offset {
      withUnsafeMutableBytes(of: &bytes) { $0.copyBytes(from: self[offset...]) }
    }
    return UInt64(bigEndian: bytes)
  }

  /// The first sixteen bytes as a number, as `orderedBytes`.
  @inline(__always) var orderedPrefix: UInt128 {
    UInt128(orderedBytes(from: 0)) << 64 | UInt128(orderedBytes(from: 8))
  }
}
