import Foundation
import Synchronization
import TestSupport

/// A process of a program of this package, with standard error in a file and nothing else of this process.
///
/// Foundation's `Process` copies entries of `/proc/self/fd` beyond the end of its buffer, which is a crash where a test
/// beside it has many connections.
final class ChildProcess: Sendable {
  private let identifier: pid_t
  private let status = Mutex<Int32?>(nil)

  /// Starts a program. `errors`: the file for standard error, which exists.
  init(_ name: String, _ arguments: [String], environment: [String: String] = [:], errors: String) throws {
    let described = try CommandRun.process(name, arguments, environment: environment)
    let path = CommandRun.binary(name).path
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_APPEND, 0)
    // Servers in this process ignore signals, which a child would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var variables = (described.environment ?? [:]).map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, path, &actions, &attributes, &words, &variables)
    guard code == 0 else { throw TestFailure("\(name): \(String(cString: strerror(code)))") }
    self.identifier = identifier
  }

  deinit {
    guard exit == nil else { return }
    kill(identifier, SIGKILL)
    waitpid(identifier, nil, 0)
  }

  /// Sends a signal, unless it has ended.
  func signal(_ number: Int32) { if exit == nil { kill(identifier, number) } }

  /// The exit code; of a signal that ended it, its negative number; nil while it runs.
  var exit: Int32? {
    status.withLock { status in
      if let status { return status }
      var word: Int32 = 0
      guard waitpid(identifier, &word, WNOHANG) == identifier else { return nil }
      let signal = word & 0x7F
      status = signal == 0 ? word >> 8 & 0xFF : -signal
      return status
    }
  }

  /// The resident memory, in bytes, without the pages of files.
  /// - Throws: `TestFailure` where the system does not tell.
  var anonymousBytes: Int {
    get throws {
      let status = try String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
      guard let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
      else { throw TestFailure("no RssAnon in \(status)") }
      return kilobytes * 1024
    }
  }

  /// Waits for the end, and returns `exit`.
  func end() async throws -> Int32 {
    while true {
      if let exit { return exit }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
