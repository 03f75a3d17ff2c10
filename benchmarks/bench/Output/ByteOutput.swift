import Foundation

/// Lines of bytes on their way to a file or to standard output, gathered into large writes.
struct ByteOutput {
  private static let capacity = 256 * 1024
  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []

  /// Opens a file, emptying it, or takes standard output where no path is given.
  init(path: String?) throws {
    name = path ?? "standard output"
    descriptor = path.map { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) } ?? STDOUT_FILENO
    if descriptor < 0 { throw OutputFailure(name: name) }
    buffer.reserveCapacity(Self.capacity + 16 * 1024)
  }

  /// Adds a line that `write` appends.
  mutating func append(_ write: (inout [UInt8]) -> Void) throws {
    write(&buffer)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Writes the rest and closes a file: only then is it known to be complete.
  mutating func finish() throws {
    try flush()
    if descriptor != STDOUT_FILENO, close(descriptor) != 0 { throw OutputFailure(name: name) }
  }

  /// Throws `BrokenPipe` if nobody reads the output any more.
  private mutating func flush() throws {
    try buffer.withUnsafeBytes { bytes in
      var position = 0
      while position < bytes.count {
        let written = write(descriptor, bytes.baseAddress?.advanced(by: position), bytes.count - position)
        if written >= 0 {
          position += written
        } else if errno == EPIPE {
          throw BrokenPipe()
        } else if errno != EINTR {
          throw OutputFailure(name: name)
        }
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Nobody reads the output any more: reason to stop, but no failure.
struct BrokenPipe: Error {}

/// The output cannot be written: a full disk, say.
struct OutputFailure: Error, CustomStringConvertible {
  let description: String

  /// What the last system call said about the output of this name.
  init(name: String) {
    description = "\(name): cannot be written: \(String(cString: strerror(errno)))"
  }
}
