import Foundation

/// Runs a command with `/bin/sh`. Foundation's own way leaves a socket open in it.
enum Shell {
  /// Waits for the command and returns its status, 128 and more for a signal; nil if it cannot be run. Its input is
  /// empty, and its output goes to standard error. It receives no other file or connection of this process.
  static func run(_ command: String, environment: [String: String]) -> Int32? {
    closeOnExecution()
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    var attributes = posix_spawnattr_t()
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    // This process ignores some signals; the command must not.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let words = Words(["/bin/sh", "-c", command])
    let variables = Words(environment.map { "\($0.key)=\($0.value)" })
    var child = pid_t()
    let isRunning = withExtendedLifetime((words, variables)) {
      posix_spawn(&child, "/bin/sh", &actions, &attributes, words.pointers, variables.pointers) == 0
    }
    return isRunning ? status(of: child) : nil
  }

  private static func status(of child: pid_t) -> Int32? {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      if errno != EINTR { return nil }
    }
    // As a shell says it: the low seven bits are the signal, the second byte is the status.
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
  }

  /// Has everything but the standard streams closed in the processes that this one starts. Libraries open sockets
  /// without that flag, and whoever started this process may have left files open in it.
  private static func closeOnExecution() {
    let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
    for descriptor in open ?? Array(0..<1024) where descriptor > STDERR_FILENO {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }

  /// A list of C strings with a null pointer at its end.
  private final class Words {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ words: [String]) {
      count = words.count
      pointers = .allocate(capacity: count + 1)
      for (i, word) in words.enumerated() { (pointers + i).initialize(to: strdup(word)) }
      (pointers + count).initialize(to: nil)
    }

    deinit {
      for i in 0..<count { free(pointers[i]) }
      pointers.deallocate()
    }
  }
}
