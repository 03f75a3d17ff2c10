/// A growable buffer of bytes whose memory is reused: a document is made for every record, and growing an
/// array for each of its parts costs more than writing them. Used by one thread.
///
/// It is public since the compiler inlines no package functions into other modules.
public final class ByteBuffer {
  // Exclusivity is a matter of the one thread; checking it would cost more than appending a byte.
  @exclusivity(unchecked) @usableFromInline var length = 0
  @exclusivity(unchecked) @usableFromInline var capacity: Int
  @exclusivity(unchecked) @usableFromInline var start: UnsafeMutablePointer<UInt8>

  /// The number of bytes.
  @inlinable public var count: Int { length }

  package init(capacity: Int = 64) {
    self.capacity = max(capacity, 1)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// All bytes; valid until the buffer changes.
  @inlinable public var all: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: length) }

  /// The bytes from an offset on; valid until the buffer changes.
  @inlinable public func suffix(from start: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: all[min(start, length)...])
  }

  /// Appends a byte.
  @inlinable @inline(__always) public func append(_ byte: UInt8) {
    reserve(1)
    start[length] = byte
    length += 1
  }

  /// Appends bytes.
  @inlinable public func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer(append) }

  /// Appends bytes of another place.
  @inlinable public func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    (start + length).update(from: source, count: bytes.count)
    length += bytes.count
  }

  /// Appends the bytes that `write` writes: at most `maximum`. It returns their number.
  @inlinable public func append(atMost maximum: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    reserve(maximum)
    length += write(start + length)
  }

  /// Removes all but the first bytes.
  @inlinable public func truncate(to count: Int) { length = min(count, length) }

  @inlinable @inline(__always) func reserve(_ added: Int) {
    if length + added > capacity { grow(by: added) }
  }

  @usableFromInline func grow(by added: Int) {
    capacity = max(2 * capacity, length + added)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: length)
    start.deallocate()
    start = larger
  }
}
