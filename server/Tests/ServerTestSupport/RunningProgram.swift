import Foundation
import TestSupport

/// A process of a program that serves, and what it has written to standard error.
final class RunningProgram: Sendable {
  let port: Int
  /// The folder that is kept until the program has ended.
  let folder: TemporaryFolder
  /// The time from its start until it listened.
  let startDuration: Duration
  private let process: ChildProcess
  private let log: String

  /// Why a program did not start.
  struct Refusal: Error, CustomStringConvertible {
    let exit: Int32
    /// What it has written to standard error.
    let error: String

    var description: String { "it ended with \(exit): \(error)" }
  }

  /// Starts a program, and waits until it listens.
  /// - Throws: `Refusal` if it ends before.
  init(
    _ arguments: [String], of name: String = "cand-search-server", environment: [String: String] = [:],
    in folder: TemporaryFolder
  ) async throws {
    self.folder = folder
    log = try folder.write("", to: "log-\(UUID().uuidString)")
    let start = ContinuousClock.now
    process = try ChildProcess(name, arguments, environment: environment, errors: log)
    while true {
      if let port = Self.lines(of: log).first(where: { $0["message"] as? String == "listening" })?["port"] {
        self.port = port as? Int ?? 0
        startDuration = start.duration(to: .now)
        return
      }
      if let exit = process.exit { throw Refusal(exit: exit, error: Self.text(of: log)) }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Starts a program that must not start, and returns why. A program that starts is ended.
  static func refusal(
    of arguments: [String], environment: [String: String] = [:], in folder: TemporaryFolder
  ) async throws -> Refusal {
    do {
      _ = try await RunningProgram(arguments, environment: environment, in: folder)
      throw TestFailure("it started")
    } catch let refusal as Refusal {
      return refusal
    }
  }

  var server: TestServer { TestServer(port: port, folder: folder) }

  func signal(_ number: Int32) { process.signal(number) }

  /// Its resident memory, in bytes, without the pages of files.
  var anonymousBytes: Int { get throws { try process.anonymousBytes } }

  /// The exit code when it has ended; of a signal that ended it, its negative number.
  func end() async throws -> Int32 { try await process.end() }

  /// What it has written to standard error.
  var text: String { Self.text(of: log) }
  /// The objects in it.
  var lines: [[String: Any]] { Self.lines(of: log) }

  private static func text(of path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  /// A line that has been written in part is left out.
  private static func lines(of path: String) -> [[String: Any]] {
    text(of: path).split(separator: "\n").compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
    }
  }
}
