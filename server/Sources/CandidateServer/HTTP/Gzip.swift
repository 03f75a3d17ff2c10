import ZlibLibrary

/// Compression of answers (RFC 1952).
enum Gzip {
  /// The minimum length of a body that is compressed, in bytes.
  static let minimumLength = 1_024
  /// Fast rather than small: answers are compressed while callers wait.
  private static let level: Int32 = 1
  /// The window of 2^15 bytes, with a header of gzip.
  private static let windowBits: Int32 = 15 + 16

  /// Whether a field `Accept-Encoding` allows gzip.
  static func isAccepted(_ field: String?) -> Bool {
    guard let field else { return false }
    for coding in field.split(separator: ",") {
      let parts = coding.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
      guard let name = parts.first, name == "gzip" || name == "x-gzip" else { continue }
      return !parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
    }
    return false
  }

  /// The bytes compressed; nil if zlib has no memory.
  static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var (bytes, length) = (bytes, 0)
    let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
    let compressed = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      bytes.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(capacity)
        if deflate(&stream, Z_FINISH) == Z_STREAM_END { length = capacity - Int(stream.avail_out) }
      }
      count = length
    }
    return length > 0 ? compressed : nil
  }
}
