import Glibc

/// Where bytes come from: a file, standard input, or memory.
public struct ByteSource {
  /// What to call it in messages: the path, or `-` for standard input.
  public let name: String
  /// How many bytes there are in all, where that is known.
  public let totalBytes: Int?
  /// Puts bytes into a buffer; returns how many, 0 at the end. Throws `ReadFailure`.
  let fill: (UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int

  /// A file, read from its beginning. Throws `ReadFailure` if it cannot be opened.
  public init(path: String) throws(ReadFailure) {
    let file = try FileHandleOwner(path: path)
    name = path
    totalBytes = file.size
    fill = { buffer throws(ReadFailure) in try file.read(into: buffer, name: path) }
  }

  /// Standard input.
  public static var standardInput: ByteSource {
    let file = FileHandleOwner(standardInput: ())
    return ByteSource(name: "-", totalBytes: file.size) { buffer throws(ReadFailure) in
      try file.read(into: buffer, name: "-")
    }
  }

  /// Bytes in memory, handed out in pieces of at most `pieceLength` bytes.
  public init(bytes: [UInt8], name: String, pieceLength: Int = .max) {
    self.name = name
    totalBytes = bytes.count
    var position = 0
    fill = { buffer throws(ReadFailure) in
      let count = min(buffer.count, pieceLength, bytes.count - position)
      bytes.withUnsafeBytes { source in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[position..<position + count]))
      }
      position += count
      return count
    }
  }

  /// Reads the bytes to the end, or the first ones of more than `maximum`.
  package func bytes(atMost maximum: Int) throws(ReadFailure) -> [UInt8] {
    let capacity = 64 * 1024
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 1)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while bytes.count < maximum {
      let count = try fill(buffer)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return Array(bytes.prefix(maximum))
  }

  /// Bytes that a function delivers, such as those of a connection. `fill` puts bytes into a buffer and returns how many,
  /// from 1, or 0 at the end; it is called on the thread that reads, and may block it.
  public init(
    name: String, totalBytes: Int? = nil,
    fill: @escaping (UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int
  ) {
    self.name = name
    self.totalBytes = totalBytes
    self.fill = fill
  }
}

/// An input that cannot be read, or not to its end.
public struct ReadFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, or `-` for standard input.
  public let name: String
  /// What the system says.
  public let reason: String

  /// The input and what the system says.
  public var description: String { "\(name): cannot be read: \(reason)" }

  init(name: String, errno code: Int32) {
    self.name = name
    reason = String(cString: strerror(code))
  }

  /// A failure for a reason in words.
  public init(name: String, reason: String) {
    (self.name, self.reason) = (name, reason)
  }
}

/// A file descriptor that is closed with its owner.
private final class FileHandleOwner {
  private let descriptor: Int32
  private let closes: Bool

  init(path: String) throws(ReadFailure) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    closes = true
    if descriptor < 0 { throw ReadFailure(name: path, errno: errno) }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  init(standardInput: Void) {
    descriptor = STDIN_FILENO
    closes = false
  }

  deinit { if closes { close(descriptor) } }

  /// The size in bytes of a regular file.
  var size: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, name: String) throws(ReadFailure) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw ReadFailure(name: name, errno: errno) }
    }
  }
}
