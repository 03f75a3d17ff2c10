/// Bytes in slices of a `SliceArena`.
struct SliceChain {
  var first: UInt32 = 0
  /// Where the next byte is written, and where its slice ends.
  var next: UInt32 = 0
  var end: UInt32 = 0
  /// The number of slices.
  var count: UInt8 = 0

  var isEmpty: Bool { count == 0 }
}

/// Memory for many byte strings that grow at once. Each is a chain of slices of rising length, each with the offset of
/// the next one at its end.
struct SliceArena: ~Copyable {
  /// The number of bytes.
  private(set) var count = 0
  private var capacity = 1 << 16
  private var memory: UnsafeMutableRawPointer

  private static let linkLength = 4

  init() { memory = .allocate(byteCount: capacity, alignment: 8) }
  deinit { memory.deallocate() }

  mutating func removeAll() { count = 0 }

  /// The length of the slice of a chain with a number, counted from 0, without its link.
  private static func length(ofSlice number: UInt8) -> Int { 32 << min(Int(number), 9) - linkLength }

  /// Appends the bytes that `write` writes, at most `maximum`. It returns their number.
  @inline(__always) mutating func append(
    atMost maximum: Int, to chain: inout SliceChain, _ write: (UnsafeMutablePointer<UInt8>) -> Int
  ) {
    if Int(chain.end - chain.next) >= maximum {
      let length = write((memory + Int(chain.next)).assumingMemoryBound(to: UInt8.self))
      chain.next += UInt32(truncatingIfNeeded: length)
    } else {
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maximum) { bytes in
        let length = write(bytes.baseAddress.unsafelyUnwrapped)
        append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<length]), to: &chain)
      }
    }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer, to chain: inout SliceChain) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      if chain.next == chain.end { addSlice(to: &chain) }
      let length = min(rest.count, Int(chain.end - chain.next))
      (memory + Int(chain.next)).copyMemory(from: start, byteCount: length)
      chain.next += UInt32(length)
      rest = UnsafeRawBufferPointer(rebasing: rest[length...])
    }
  }

  private mutating func addSlice(to chain: inout SliceChain) {
    let length = Self.length(ofSlice: chain.count)
    if count + length + Self.linkLength > capacity { grow() }
    if chain.isEmpty {
      chain.first = UInt32(count)
    } else {
      memory.storeBytes(of: UInt32(count), toByteOffset: Int(chain.end), as: UInt32.self)
    }
    chain.next = UInt32(count)
    chain.end = UInt32(count + length)
    chain.count = min(chain.count, .max - 1) + 1
    count += length + Self.linkLength
  }

  private mutating func grow() {
    capacity *= 2
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    larger.copyMemory(from: memory, byteCount: count)
    memory.deallocate()
    memory = larger
  }

  /// Calls `body` with the bytes of each slice of a chain, in order.
  func forEachSlice(of chain: SliceChain, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var start = Int(chain.first)
    var number: UInt8 = 0
    while !chain.isEmpty {
      let end = start + Self.length(ofSlice: number)
      let isLast = end == Int(chain.end)
      let bytes = UnsafeRawBufferPointer(
        start: memory + start, count: (isLast ? Int(chain.next) : end) - start)
      body(bytes.assumingMemoryBound(to: UInt8.self))
      if isLast { return }
      start = Int(memory.load(fromByteOffset: end, as: UInt32.self))
      number = min(number, .max - 1) + 1
    }
  }
}
