import Foundation
import TextAnalysis

/// The postings of documents in memory, by term: what becomes a segment. Docids must ascend.
///
/// A hash table with open addressing leads from a term to its entry. An entry contains the term's last posting, since most
/// terms have only one. Earlier postings are encoded as FTS5 stores them.
struct PostingBuffer: ~Copyable {
  private(set) var documentCount = 0
  /// The number of tokens by column.
  private(set) var tokenCounts: [Int]
  private(set) var termCount = 0

  /// For each hash, 0 or the number of an entry, counted from 1.
  private var slots: UnsafeMutablePointer<UInt32>
  private var slotCount = 1 << 14
  private var entries: UnsafeMutablePointer<Entry>
  private let terms = ByteBuffer(capacity: 1 << 16)
  private let tableHash = TableHash()
  private var slices = SliceArena()
  /// The position lists that do not fit into their entries, by entry.
  private var longLists: [Int: [UInt8]] = [:]

  /// A term and its last posting: 64 bytes, one line of a processor's cache.
  private struct Entry {
    /// The docid of the last posting, and of the one before it.
    var docid: Int64
    var previousDocid: Int64 = 0
    /// The position list of the last posting, from the lowest byte.
    var positions: (UInt64, UInt64) = (0, 0)
    let hash: UInt32
    let termStart: UInt32
    let termLength: UInt32
    var lastPosition: UInt32 = 0
    /// The postings before the last one.
    var earlier = SliceChain()
    /// The length of `positions`; more than `maximumPositions` if the list is one of `longLists`.
    var positionBytes: UInt8 = 0
    var lastColumn: UInt8 = 0

    static let maximumPositions: UInt8 = 16

    /// The memory that `encode` may write to: a docid, a length, and all of `positions`.
    static let maximumEncodedLength = Varint.maximumLength + 1 + Int(maximumPositions)

    /// Writes the last posting, whose position list must not be a long one. Returns its length.
    @inline(__always) func encode(at out: UnsafeMutablePointer<UInt8>) -> Int {
      let length = Varint.put(UInt64(bitPattern: docid &- previousDocid), at: out)
      out[length] = 2 * positionBytes
      let list = UnsafeMutableRawPointer(out + length + 1)
      list.storeBytes(of: positions.0.littleEndian, as: UInt64.self)
      list.storeBytes(of: positions.1.littleEndian, toByteOffset: 8, as: UInt64.self)
      return length + 1 + Int(positionBytes)
    }

    /// Adds a byte to the position list. Returns false if there is no room.
    @inline(__always) mutating func addPosition(byte: UInt8) -> Bool {
      if positionBytes < 8 {
        positions.0 |= UInt64(byte) << UInt64(8 * positionBytes)
      } else if positionBytes < Self.maximumPositions {
        positions.1 |= UInt64(byte) << UInt64(8 * (positionBytes - 8))
      } else {
        return false
      }
      positionBytes += 1
      return true
    }
  }

  init(columnCount: Int) {
    tokenCounts = Array(repeating: 0, count: columnCount)
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    entries = .allocate(capacity: slotCount / 2)
  }

  deinit {
    slots.deallocate()
    entries.deallocate()
  }

  /// The memory that the postings take, in bytes.
  private var byteCount: Int { termCount * MemoryLayout<Entry>.stride + terms.count + slices.count }

  /// Whether there is enough for a segment.
  var isFull: Bool { byteCount >= Segments.bufferSize }

  /// Removes everything, but keeps the memory.
  mutating func removeAll() {
    documentCount = 0
    tokenCounts = tokenCounts.map { _ in 0 }
    termCount = 0
    slots.update(repeating: 0, count: slotCount)
    terms.truncate(to: 0)
    slices.removeAll()
    longLists.removeAll()
  }

  // MARK: Adding

  /// Adds the postings of a document.
  mutating func add(_ document: Document, docid: Docid) {
    documentCount += 1
    document.withBytes { bytes in
      for column in 0..<document.columnCount {
        var position: UInt32 = 0
        let text = UnsafeBufferPointer(rebasing: bytes[document.range(ofColumn: column)])
        SpaceTokenizer.forEachToken(of: text) { token, range in
          let length = min(range.count, SegmentFormat.maximumToken)
          add(token, length, docid.value, UInt8(column), position)
          position += 1
          return true
        }
        tokenCounts[column] += Int(position)
      }
    }
  }

  @inline(__always) private mutating func add(
    _ term: UnsafePointer<UInt8>, _ length: Int, _ docid: Int64, _ column: UInt8, _ position: UInt32
  ) {
    let index = index(of: term, length, docid)
    let entry = entries + index
    if entry.pointee.docid != docid {
      finishPosting(of: index)
      entry.pointee.docid = docid
      entry.pointee.lastPosition = 0
      entry.pointee.lastColumn = 0
    }
    if entry.pointee.lastColumn != column {
      addPosition(byte: 1, to: index)
      addPosition(byte: column, to: index)
      entry.pointee.lastColumn = column
      entry.pointee.lastPosition = 0
    }
    let delta = position - entry.pointee.lastPosition + 2
    entry.pointee.lastPosition = position
    if delta < 0x80 {
      addPosition(byte: UInt8(truncatingIfNeeded: delta), to: index)
    } else {
      var bytes: [UInt8] = []
      Varint.append(UInt64(delta), to: &bytes)
      for byte in bytes { addPosition(byte: byte, to: index) }
    }
  }

  /// The entry of a term, which is made with an empty posting if there is none.
  @inline(__always) private mutating func index(
    of term: UnsafePointer<UInt8>, _ length: Int, _ docid: Int64
  ) -> Int {
    let bytes = UnsafeRawBufferPointer(start: term, count: length)
    let hash = UInt32(truncatingIfNeeded: tableHash.hash(bytes))
    let known = terms.all.baseAddress.unsafelyUnwrapped
    var slot = Int(hash) & (slotCount - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      let entry = entries + index
      if entry.pointee.hash == hash,
        UnsafeRawBufferPointer(
          start: known + Int(entry.pointee.termStart), count: Int(entry.pointee.termLength)
        ).hasBytes(of: bytes)
      {
        return index
      }
      slot = (slot + 1) & (slotCount - 1)
    }
    return insert(term, length, docid, hash, at: slot)
  }

  private mutating func insert(
    _ term: UnsafePointer<UInt8>, _ length: Int, _ docid: Int64, _ hash: UInt32, at slot: Int
  ) -> Int {
    (entries + termCount).initialize(
      to: Entry(docid: docid, hash: hash, termStart: UInt32(terms.count), termLength: UInt32(length)))
    terms.append(UnsafeBufferPointer(start: term, count: length))
    termCount += 1
    slots[slot] = UInt32(termCount)
    if termCount == slotCount / 2 { grow() }
    return termCount - 1
  }

  /// Doubles the table.
  private mutating func grow() {
    slots.deallocate()
    slotCount *= 2
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: slotCount / 2)
    larger.moveInitialize(from: entries, count: termCount)
    entries.deallocate()
    entries = larger
    for i in 0..<termCount {
      var slot = Int(entries[i].hash) & (slotCount - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = UInt32(i + 1)
    }
  }

  @inline(__always) private mutating func addPosition(byte: UInt8, to index: Int) {
    if !entries[index].addPosition(byte: byte) { addToLongList(byte, of: index) }
  }

  private mutating func addToLongList(_ byte: UInt8, of index: Int) {
    if entries[index].positionBytes == Entry.maximumPositions {
      entries[index].positionBytes += 1
      longLists[index] = withUnsafeBytes(of: entries[index].positions) { Array($0) }
    }
    longLists[index, default: []].append(byte)
  }

  /// Encodes the last posting, and begins another.
  private mutating func finishPosting(of index: Int) {
    let entry = entries + index
    if entry.pointee.positionBytes > Entry.maximumPositions {
      longPosting(of: index).withUnsafeBytes { slices.append($0, to: &entry.pointee.earlier) }
      longLists[index] = nil
    } else {
      let last = entry.pointee
      slices.append(atMost: Entry.maximumEncodedLength, to: &entry.pointee.earlier) { last.encode(at: $0) }
    }
    entry.pointee.previousDocid = entry.pointee.docid
    entry.pointee.positions = (0, 0)
    entry.pointee.positionBytes = 0
  }

  private func longPosting(of index: Int) -> [UInt8] {
    let positions = longLists[index] ?? []
    var bytes: [UInt8] = []
    Varint.append(UInt64(bitPattern: entries[index].docid &- entries[index].previousDocid), to: &bytes)
    Varint.append(2 * UInt64(positions.count), to: &bytes)
    return bytes + positions
  }

  // MARK: Reading

  /// Calls `body` with each term and its encoded postings, in the order of the terms. These are valid until it returns.
  func forEachTerm(
    _ body: (_ term: UnsafeBufferPointer<UInt8>, _ doclist: UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    let doclist = ByteBuffer(capacity: 1 << 16)
    for key in sortedKeys() {
      let index = Int(key.index)
      doclist.truncate(to: 0)
      slices.forEachSlice(of: entries[index].earlier) { doclist.append($0) }
      if entries[index].positionBytes > Entry.maximumPositions {
        doclist.append(longPosting(of: index))
      } else {
        doclist.append(atMost: Entry.maximumEncodedLength) { entries[index].encode(at: $0) }
      }
      try body(term(of: index), doclist.all)
    }
  }

  @inline(__always) private func term(of index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = terms.all.baseAddress.unsafelyUnwrapped + Int(entries[index].termStart)
    return UnsafeBufferPointer(start: start, count: Int(entries[index].termLength))
  }

  /// A term and eight of its bytes.
  private struct SortKey {
    var bytes: UInt64
    let index: UInt32
  }

  private func sortedKeys() -> [SortKey] {
    var keys = (0..<termCount).map { SortKey(bytes: term(of: $0).orderedBytes(from: 0), index: UInt32($0)) }
    var spare = keys
    keys.withUnsafeMutableBufferPointer { keys in
      spare.withUnsafeMutableBufferPointer { sort(keys, $0, byBytesFrom: 0) }
    }
    return keys
  }

  /// Sorts terms that are equal up to an offset: by the next eight bytes, then those with equal bytes by the following.
  /// No term contains a zero.
  private func sort(
    _ keys: UnsafeMutableBufferPointer<SortKey>, _ spare: UnsafeMutableBufferPointer<SortKey>,
    byBytesFrom offset: Int
  ) {
    if keys.count < Self.minimumRadixSort {
      var keys = keys
      keys.sort { $0.bytes < $1.bytes }
    } else {
      Self.radixSort(keys, spare)
    }
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end].bytes == keys[start].bytes { end += 1 }
      // Different terms differ before the end of the longer one.
      if end - start > 1 {
        let same = UnsafeMutableBufferPointer(rebasing: keys[start..<end])
        for i in same.indices { same[i].bytes = term(of: Int(same[i].index)).orderedBytes(from: offset + 8) }
        sort(same, spare, byBytesFrom: offset + 8)
      }
      start = end
    }
  }

  /// The number of keys from which on the digits of a radix sort cost less than comparisons.
  private static let minimumRadixSort = 500

  /// Sorts by one byte after the other, the lowest first. A byte that is the same in all keys is left out.
  private static func radixSort(
    _ keys: UnsafeMutableBufferPointer<SortKey>, _ spare: UnsafeMutableBufferPointer<SortKey>
  ) {
    var (source, target) = (keys, UnsafeMutableBufferPointer(rebasing: spare[..<keys.count]))
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { starts in
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        starts.initialize(repeating: 0)
        for key in source { starts[Int(key.bytes >> shift & 0xFF)] += 1 }
        if starts[Int(source[0].bytes >> shift & 0xFF)] == source.count { continue }
        var sum = 0
        for digit in 0..<256 {
          (starts[digit], sum) = (sum, sum + starts[digit])
        }
        for key in source {
          let digit = Int(key.bytes >> shift & 0xFF)
          target[starts[digit]] = key
          starts[digit] += 1
        }
        swap(&source, &target)
      }
    }
    if source.baseAddress != keys.baseAddress { _ = keys.update(from: source) }
  }
}
