import CommandSupport
import Foundation

/// Another program of this package that runs some of the commands: an HTTP client would double the start-up time of
/// this program.
struct SiblingProgram {
  let name: String
  /// What makes it.
  let target: String

  static let sync = SiblingProgram(name: "cand-search-sync", target: "build")
  static let server = SiblingProgram(name: "cand-search-server", target: "build-server")

  /// Replaces this process by the program, with the same arguments. Returns only if that fails.
  func replaceThisProcess() -> ExitStatus {
    var arguments = ([name] + CommandLine.arguments.dropFirst()).map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    // The other program would inherit an ignored signal.
    signal(SIGPIPE, SIG_DFL)
    for path in paths { execv(path, arguments) }
    StandardError.write(
      """
      cand-search: \(name) is missing: it belongs beside this program (\(folder ?? "unknown")) or on your PATH; \
      `make \(target)` makes it
      """)
    return .unusable
  }

  /// Its possible paths: beside this program, with links resolved; then on the PATH.
  private var paths: [String] {
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return ([folder].compactMap(\.self) + path).map { $0 + "/" + name }
      .filter { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private var folder: String? {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      .map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
  }
}
