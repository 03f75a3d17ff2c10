import CommandSupport
import Foundation

/// A program of this package that does a part of the commands: an HTTP client would double the time in which this one
/// starts.
struct SiblingProgram {
  let name: String

  static let sync = SiblingProgram(name: "cand-search-sync")

  /// Becomes the program, with the arguments of this one. Returns only where that cannot be.
  func replaceThisProcess() -> ExitStatus {
    var arguments = ([name] + CommandLine.arguments.dropFirst()).map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    // An ignored signal would stay ignored.
    signal(SIGPIPE, SIG_DFL)
    for path in places { execv(path, arguments) }
    StandardError.write(
      """
      cand-search: \(name) is missing: it belongs beside this program (\(folder ?? "unknown")) or on your PATH; \
      `make build` makes both
      """)
    return .unusable
  }

  /// Where it may be: beside this program, whatever link leads to it; then on the PATH.
  private var places: [String] {
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return ([folder].compactMap(\.self) + path).map { $0 + "/" + name }
      .filter { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private var folder: String? {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      .map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
  }
}
