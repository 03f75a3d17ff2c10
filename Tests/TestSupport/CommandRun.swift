import Foundation

/// One run of a real binary of the package.
public struct CommandRun {
  /// The exit code.
  public let exit: Int32
  /// Standard output.
  public let output: String
  /// Standard error.
  public let error: String

  /// The lines of standard output.
  public var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// Runs the binary with this name and waits for its end.
  public init(
    _ name: String, _ arguments: [String], input: Data = Data(), environment: [String: String] = [:]
  ) throws {
    try self.init(Self.process(name, arguments, environment: environment), input: input)
  }

  /// Runs any program in a folder and waits for its end.
  public init(
    program: String, _ arguments: [String], environment: [String: String] = [:], folder: String
  ) throws {
    let process = try Self.process("", arguments, environment: environment)
    process.executableURL = URL(fileURLWithPath: program)
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    try self.init(process, input: Data())
  }

  private init(_ process: Process, input: Data) throws {
    let pipes = (input: Pipe(), output: Pipe(), error: Pipe())
    process.standardInput = pipes.input
    process.standardOutput = pipes.output
    process.standardError = pipes.error
    try process.run()
    // Three threads, or a full pipe would stop everything.
    let errors = Reading(pipes.error)
    let outputs = Reading(pipes.output)
    let writer = Thread { Self.feed(input, to: pipes.input) }
    writer.start()
    output = outputs.text()
    error = errors.text()
    process.waitUntilExit()
    exit = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  /// A process of the binary, not yet started, with an environment of its own.
  public static func process(
    _ name: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.executableURL = binary(name)
    process.arguments = arguments
    // The machine may have a configuration of its own.
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "CAND_SEARCH_CONFIG": "none",
    ]
    for name in ["LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"] {
      variables[name] = ProcessInfo.processInfo.environment[name]
    }
    process.environment = variables.merging(environment) { $1 }
    return process
  }

  /// The binary stands beside the one that runs the tests.
  public static func binary(_ name: String) -> URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent(name)
  }

  private static func feed(_ input: Data, to pipe: Pipe) {
    // A child that does not read to the end is its own affair.
    signal(SIGPIPE, SIG_IGN)
    try? pipe.fileHandleForWriting.write(contentsOf: input)
    try? pipe.fileHandleForWriting.close()
  }

  /// What comes out of a pipe, read on a thread of its own.
  private final class Reading: @unchecked Sendable {
    private var data = Data()
    private let done = DispatchSemaphore(value: 0)

    init(_ pipe: Pipe) {
      Thread { [self] in
        data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
        done.signal()
      }.start()
    }

    func text() -> String {
      done.wait()
      return String(decoding: data, as: UTF8.self)
    }
  }
}
