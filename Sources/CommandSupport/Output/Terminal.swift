import Foundation

/// What is known of the terminal, if there is one.
package enum Terminal {
  package static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }
  package static var isError: Bool { isatty(STDERR_FILENO) == 1 }

  /// Colour only on a terminal, and never against the user's wish (no-color.org).
  package static var usesColor: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isOutput && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// The width in columns: the terminal's, else $COLUMNS, else 100.
  package static var columns: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }.map { max(20, $0) } ?? 100
  }
}
