import Foundation

/// Lines of bytes on their way to a file or to standard output, gathered into large writes.
struct ByteOutput {
  private static let capacity = 256 * 1024
  private let file: FileHandle
  private let name: String
  private var buffer: [UInt8] = []

  /// Opens a file, emptying it, or takes standard output where no path is given.
  init(path: String?) throws {
    name = path ?? "standard output"
    if let path {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw FileFailure("\(name): cannot be written: \(String(cString: strerror(errno)))")
      }
      file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    } else {
      file = .standardOutput
    }
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
    guard file.fileDescriptor != STDOUT_FILENO else { return }
    try tellingFailures { try file.close() }
  }

  /// Throws `BrokenPipe` if no process reads the output any more.
  private mutating func flush() throws {
    try tellingFailures { try file.write(contentsOf: buffer) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func tellingFailures(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      if cause?.code == Int(EPIPE) { throw BrokenPipe() }
      throw FileFailure(
        "\(name): cannot be written: \(cause.map { String(cString: strerror(Int32($0.code))) } ?? "\(error)")"
      )
    }
  }
}

/// No process reads the output any more: reason to stop, but no failure.
struct BrokenPipe: Error {}
