/// A growable buffer of bytes whose memory is reused: a document is made for every record, and growing an
/// array for each of its parts costs more than writing them. Used by one thread.
package final class ByteBuffer {
  package private(set) var count = 0
  private var capacity: Int
  private var start: UnsafeMutablePointer<UInt8>

  package init(capacity: Int = 64) {
    self.capacity = max(capacity, 1)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// All bytes; valid until the buffer changes.
  package var all: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// The bytes from an offset on; valid until the buffer changes.
  package func suffix(from start: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: all[min(start, count)...])
  }

  package func append(_ byte: UInt8) {
    reserve(1)
    start[count] = byte
    count += 1
  }

  package func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer(append) }

  package func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    (start + count).update(from: source, count: bytes.count)
    count += bytes.count
  }

  /// Appends the bytes that `write` writes: at most `length`. It returns their number.
  package func append(atMost length: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    reserve(length)
    count += write(start + count)
  }

  /// Removes all but the first bytes.
  package func truncate(to count: Int) { self.count = min(count, self.count) }

  private func reserve(_ length: Int) {
    guard count + length > capacity else { return }
    capacity = max(2 * capacity, count + length)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }
}
