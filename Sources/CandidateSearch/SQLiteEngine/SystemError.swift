import Foundation

/// An error of the operating system.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  /// The system's message.
  package var description: String { String(cString: strerror(code)) }
}

extension String {
  /// The absolute path. SQLite takes a path that begins with `file:` for a URI, and `:memory:` for a database in
  /// memory; an absolute path is neither. Links and `..` are not resolved.
  package var absolutePath: String {
    hasPrefix("/") ? self : FileManager.default.currentDirectoryPath + "/" + self
  }
}
