import Foundation

/// Standard output, gathered into large writes.
package struct StandardOutput {
  private static let capacity = 64 * 1024
  private var buffer: [UInt8] = []

  package init() {}

  /// Writes a text at once.
  /// - Throws: `BrokenPipe` if the reader is gone, `OutputFailure`.
  package static func print(_ text: String) throws {
    var output = StandardOutput()
    try output.write(text)
    try output.flush()
  }

  package mutating func write(_ text: String) throws {
    try write(Array(text.utf8))
  }

  package mutating func write(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Writes what has been gathered. Throws `BrokenPipe` if the reader is gone.
  package mutating func flush() throws {
    try FileDescriptor.write(buffer, to: STDOUT_FILENO)
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Nobody reads the output any more: reason to stop, but no failure.
package struct BrokenPipe: Error {}

/// Standard error: everything that is not a result.
public enum StandardError {
  /// Writes one line, whatever the text contains: a file's name may have line breaks.
  public static func write(_ line: String) { write(lines: [line]) }

  /// Writes several lines.
  public static func write(lines: [String]) {
    let text = lines.map { TerminalText.safe($0) + "\n" }.joined()
    // Nothing can be said about a standard error that cannot be written to.
    try? FileDescriptor.write(Array(text.utf8), to: STDERR_FILENO)
  }
}

package enum FileDescriptor {
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    try bytes.withUnsafeBytes { bytes in
      var position = 0
      while position < bytes.count {
        let written = Foundation.write(
          descriptor, bytes.baseAddress?.advanced(by: position), bytes.count - position)
        if written >= 0 {
          position += written
        } else if errno == EPIPE {
          throw BrokenPipe()
        } else if errno != EINTR {
          throw OutputFailure(reason: String(cString: strerror(errno)))
        }
      }
    }
  }
}

/// The output cannot be written: a full disk, say.
package struct OutputFailure: Error, CustomStringConvertible {
  package let reason: String
  package var description: String { "the output cannot be written: \(reason)" }
}
