import Glibc

/// The part of an input that is in memory: grows to the size of one whole record, and forgets what was consumed.
///
/// Positions are offsets into the window; `discard(upTo:)` moves them all back.
final class ByteWindow {
  private let source: ByteSource
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0
  private(set) var isAtEnd = false
  /// Bytes of the input that the window has forgotten.
  private(set) var discardedBytes = 0
  /// Line breaks before `countedTo`, forgotten ones included.
  private var lineBreaks = 0
  private var countedTo = 0

  private static let pieceLength = 1 << 20

  init(source: ByteSource) {
    self.source = source
    memory = Self.allocate(min(Self.pieceLength, (source.totalBytes ?? .max - 1) + 1))
  }

  deinit { memory.deallocate() }

  private static func allocate(_ capacity: Int) -> UnsafeMutableRawBufferPointer {
    .allocate(byteCount: capacity, alignment: 64)
  }

  private var capacity: Int { memory.count }

  /// The bytes at hand; valid until the next `fill` or `discard`.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  /// Reads more bytes; false at the end of the input.
  func fill() throws(ReadFailure) -> Bool {
    if isAtEnd { return false }
    if count == capacity { grow() }
    let room = UnsafeMutableRawBufferPointer(rebasing: memory[count..<capacity])
    let added = try source.fill(room)
    count += added
    isAtEnd = added == 0
    return added > 0
  }

  private func grow() {
    let larger = Self.allocate(capacity * 2)
    larger.copyMemory(from: bytes)
    memory.deallocate()
    memory = larger
  }

  /// Forgets everything before a position, which becomes 0.
  func discard(upTo position: Int) {
    guard position > 0 else { return }
    _ = line(at: position)
    // What is kept may have been counted already.
    countedTo -= position
    discardedBytes += position
    memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[position..<count]))
    count -= position
  }

  /// The line of a position in the input, counted from 1. Positions must not go back.
  func line(at position: Int) -> Int {
    while countedTo < position {
      guard let lineBreak = lineBreak(in: countedTo..<position) else {
        countedTo = position
        break
      }
      lineBreaks += 1
      countedTo = lineBreak + 1
    }
    return lineBreaks + 1
  }

  /// The position of the first line break in a range of the bytes at hand.
  func lineBreak(in range: Range<Int>) -> Int? {
    guard let start = memory.baseAddress,
      let found = memchr(start + range.lowerBound, 0x0A, range.count)
    else { return nil }
    return start.distance(to: found)
  }
}
