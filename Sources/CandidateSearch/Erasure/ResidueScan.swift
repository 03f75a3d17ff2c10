/// Searches bytes for many texts at once. The cost is linear in the number of bytes, for any number of texts.
struct ResidueScan {
  /// The minimum length of a text, in bytes: shorter texts occur by chance.
  static let minimumLength = 6
  /// The number of bytes of a longer text that are searched for.
  static let maximumLength = 256

  /// The texts by their first 6 bytes.
  private var texts: [UInt64: [[UInt8]]] = [:]
  /// A Bloom filter with one hash function over the keys of `texts`.
  private var filter = [UInt64](repeating: 0, count: (1 << filterBits) / 64)
  /// The texts that were found.
  private(set) var found: Set<[UInt8]> = []

  private static let filterBits: UInt64 = 20
  private static let keyMask: UInt64 = 0xFFFF_FFFF_FFFF

  init(_ texts: some Sequence<[UInt8]>) {
    for text in Set(texts.map { Array($0.prefix(Self.maximumLength)) }) where text.count >= Self.minimumLength
    {
      let key = text.prefix(Self.minimumLength).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      self.texts[key, default: []].append(text)
      let bit = Self.bit(key)
      filter[bit / 64] |= 1 << UInt64(bit % 64)
    }
  }

  var isEmpty: Bool { texts.isEmpty }

  private static func bit(_ key: UInt64) -> Int {
    Int((key &* 0x9E37_79B9_7F4A_7C15) >> (64 - filterBits))
  }

  /// Searches some bytes.
  mutating func scan(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.minimumLength else { return }
    for position in 0...(bytes.count - Self.minimumLength) {
      let key: UInt64
      if position + 8 <= bytes.count {
        key = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      } else {
        key = bytes[position..<(position + Self.minimumLength)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
      }
      let bit = Self.bit(key & Self.keyMask)
      guard filter[bit / 64] & 1 << UInt64(bit % 64) != 0, let candidates = texts[key & Self.keyMask]
      else { continue }
      for text in candidates
      where position + text.count <= bytes.count
        && bytes[position..<(position + text.count)].elementsEqual(text)
      {
        found.insert(text)
      }
    }
  }
}
