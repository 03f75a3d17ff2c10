import CandidateModel

/// Tells changed records from unchanged ones. 64 bits: a change goes unnoticed once in 2^64.
enum ContentHash {
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The hash of a record without the value of `modified_at`: equal where nothing else has changed.
  static func hash(_ json: UnsafeRawBufferPointer, without modifiedAt: Range<Int>?) -> Int64 {
    guard let modifiedAt else { return Int64(bitPattern: hash(json, seed: 0)) }
    let before = hash(UnsafeRawBufferPointer(rebasing: json[..<modifiedAt.lowerBound]), seed: 0)
    return Int64(
      bitPattern: hash(UnsafeRawBufferPointer(rebasing: json[modifiedAt.upperBound...]), seed: before))
  }

  private static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
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

  /// Spreads every bit of the state over all of it. The sum keeps 0 from being a trap.
  private static func mix(_ state: UInt64) -> UInt64 {
    let product = (state &+ multiplier).multipliedFullWidth(by: multiplier)
    return product.high ^ product.low
  }
}
