import Foundation

/// A program that runs beside this one, with its standard output in a file, so that no pipe can fill up.
final class ChildProcess {
  private let id: pid_t
  private let name: String
  private let output: String
  private var status: Int32?

  /// Starts a program by its path. Its standard error is ours, or nowhere.
  init(_ command: [String], output: String = "/dev/null", isSilent: Bool = false) throws {
    name = command.joined(separator: " ")
    self.output = output
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if isSilent { posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }
    let arguments = command.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var id: pid_t = 0
    let code = posix_spawn(&id, command[0], &actions, nil, arguments, environ)
    guard code == 0 else {
      throw FileFailure("\(command[0]): cannot be started: \(String(cString: strerror(code)))")
    }
    self.id = id
  }

  /// Whether it has come to its end.
  var isDone: Bool {
    if status != nil { return true }
    var now: Int32 = 0
    if waitpid(id, &now, WNOHANG) == id { status = now }
    return status != nil
  }

  /// Waits for its end; gives its exit code, or 128 and the signal that ended it.
  @discardableResult
  func wait() -> Int32 {
    var now: Int32 = 0
    while status == nil {
      if waitpid(id, &now, 0) == id || errno != EINTR { status = now }
    }
    let ended = status ?? 0
    return ended & 0x7F == 0 ? ended >> 8 & 0xFF : 128 + ended & 0x7F
  }

  /// Waits for its end and decodes what it has printed as JSON.
  func result<Value: Decodable>(_ type: Value.Type, mayFail codes: Set<Int32> = []) throws -> Value {
    let code = wait()
    guard code == 0 || codes.contains(code) else { throw FileFailure("\(name): ended with \(code)") }
    do {
      return try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: output)))
    } catch {
      throw FileFailure("\(name): its output cannot be read: \(error)")
    }
  }
}
