import CommandSupport
import Foundation

/// Paths without the folder of a user, which contains a name.
enum HomePath {
  /// The user's folders, by the environment and by the system.
  private static let folders: [String] = {
    let system = getpwuid(geteuid()).flatMap { $0.pointee.pw_dir }.map { String(cString: $0) }
    return [ProcessInfo.processInfo.environment["HOME"], system].compactMap(\.self)
      .filter { $0.hasPrefix("/") && $0.count > 1 && !$0.hasSuffix("/") }
  }()

  /// A text in which `~` replaces the user's folder.
  static func hidden(in text: String) -> String {
    folders.reduce(text) { text, folder in
      text.replacing(folder + "/", with: "~/").components(separatedBy: " ")
        .map { $0 == folder ? "~" : $0 }.joined(separator: " ")
    }
  }

  /// A path as a shell takes it.
  static func shell(_ path: String) -> String {
    let short = hidden(in: path)
    return short.hasPrefix("~/")
      ? "~/" + ShellWord.quoted(String(short.dropFirst(2))) : ShellWord.quoted(short)
  }
}
