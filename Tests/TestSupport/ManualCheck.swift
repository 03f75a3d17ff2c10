import Foundation

/// What programs that show manual pages say of the source of one.
public enum ManualCheck {
  private static let mandoc = "/usr/bin/mandoc"
  private static let man = "/usr/bin/man"

  /// Whether both programs are there.
  public static var isInstalled: Bool {
    [mandoc, man].allSatisfy(FileManager.default.isExecutableFile)
  }

  /// The warnings of `mandoc -T lint` and of `man --warnings`, a line each; empty for a good page.
  public static func complaints(_ path: String) throws -> String {
    let folder = (path as NSString).deletingLastPathComponent
    let lint = try CommandRun(program: mandoc, ["-T", "lint", path], folder: folder)
    let shown = try CommandRun(
      program: man, ["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", path],
      environment: ["MANWIDTH": "80"], folder: folder)
    return lint.output + lint.error + shown.error + (shown.exit == 0 ? "" : "man: exit \(shown.exit)\n")
  }

  /// The page as people read it.
  public static func text(_ path: String) throws -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return try CommandRun(
      program: man, ["-E", "UTF-8", "-l", path], environment: ["MANWIDTH": "80", "MANPAGER": "cat"],
      folder: folder
    ).output
  }
}
