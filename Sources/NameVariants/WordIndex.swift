/// The words of tables in text, found by a hash. Indexing is one pass without a string or an allocation a word; what
/// is around a word is parsed when it is found.
struct WordIndex: Sendable {
  /// All tables, a line break after each.
  let bytes: [UInt8]
  /// Where words begin in `bytes`, plus one, by their hash; open addressing resolves collisions.
  private var slots: [UInt32]
  private let isSeparator: @Sendable (UInt8) -> Bool

  /// - Parameters:
  ///   - slotCount: a power of two, about four times the number of words.
  ///   - isSeparator: whether a byte separates words.
  init(_ tables: [String], slotCount: Int, isSeparator: @escaping @Sendable (UInt8) -> Bool) {
    bytes = tables.reduce(into: []) { bytes, table in
      bytes += table.utf8
      bytes.append(UInt8(ascii: "\n"))
    }
    slots = Array(repeating: 0, count: slotCount)
    self.isSeparator = isSeparator
    var (start, hash) = (0, Self.initialHash)
    for (i, byte) in bytes.enumerated() {
      if !isSeparator(byte) {
        hash = Self.hash(hash, byte)
        continue
      }
      if i > start {
        var slot = slot(hash)
        while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
        slots[slot] = UInt32(start + 1)
      }
      (start, hash) = (i + 1, Self.initialHash)
    }
  }

  /// The places in `bytes` where a word begins, in the order of the tables.
  func places(of word: String) -> [Int] {
    let word = Array(word.utf8)
    if word.isEmpty || word.contains(where: isSeparator) { return [] }
    var places: [Int] = []
    var slot = slot(word.reduce(Self.initialHash, Self.hash))
    while slots[slot] != 0 {
      let start = Int(slots[slot] - 1)
      let end = start + word.count
      if end < bytes.count, isSeparator(bytes[end]), bytes[start..<end].elementsEqual(word) {
        places.append(start)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return places
  }

  /// The bytes around a place, up to those that end an entry.
  func entry(around place: Int, endsEntry: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = bytes[..<place].lastIndex(where: endsEntry).map { $0 + 1 } ?? 0
    let end = bytes[place...].firstIndex(where: endsEntry) ?? bytes.count
    return bytes[start..<end]
  }

  // MARK: - FNV-1a

  private static let initialHash: UInt32 = 2_166_136_261

  private static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 16_777_619 }

  private func slot(_ hash: UInt32) -> Int { Int(hash ^ hash >> 16) & (slots.count - 1) }
}
