import Foundation

/// A command as `--experimental-dump-help` describes it: the tables that the argument parser makes help of.
struct CommandHelp: Decodable {
  let commandName: String
  let abstract: String?
  let discussion: String?
  let defaultSubcommand: String?
  let shouldDisplay: Bool?
  private let arguments: [ArgumentHelp]?
  private let subcommands: [CommandHelp]?

  var visibleArguments: [ArgumentHelp] { (arguments ?? []).filter { $0.shouldDisplay != false } }

  /// The commands of this one. The argument parser adds a `help` to those that have their own.
  var visibleSubcommands: [CommandHelp] {
    var names: Set<String> = []
    return (subcommands ?? []).filter { $0.shouldDisplay != false && names.insert($0.commandName).inserted }
  }

  var paragraphs: [String] {
    (discussion ?? "").components(separatedBy: "\n\n").filter { !$0.isEmpty }
  }
}

/// An argument, option or flag of a command.
struct ArgumentHelp: Decodable {
  enum Kind: String, Decodable { case positional, option, flag }

  struct Name: Decodable {
    enum Kind: String, Decodable { case long, short, longWithSingleDash }

    let kind: Kind
    let name: String

    var spelling: String { (kind == .long ? "--" : "-") + name }
  }

  let kind: Kind
  let abstract: String?
  let defaultValue: String?
  let allValues: [String]?
  let isOptional: Bool
  let isRepeating: Bool
  let shouldDisplay: Bool?
  let valueName: String?
  private let names: [Name]?
  private let preferredName: Name?

  var spellings: [String] { (names ?? []).map(\.spelling) }
  var preferredSpelling: String? { preferredName?.spelling }
}

/// What a program says of itself.
struct HelpDump: Decodable {
  let command: CommandHelp

  /// Runs a program.
  /// - Throws: `ManualError` if it does not describe itself.
  static func of(program path: String) throws -> CommandHelp {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["--experimental-dump-help"]
    let output = Pipe()
    process.standardOutput = output
    do { try process.run() } catch { throw ManualError.cannotRun(path: path) }
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw ManualError.cannotRun(path: path)
    }
    do {
      return try JSONDecoder().decode(HelpDump.self, from: bytes).command
    } catch {
      throw ManualError.notUnderstood(path: path, reason: "\(error)")
    }
  }
}

/// Why no manual was made.
enum ManualError: Error, CustomStringConvertible {
  case cannotRun(path: String)
  case notUnderstood(path: String, reason: String)

  var description: String {
    switch self {
    case .cannotRun(let path): "\(path) --experimental-dump-help failed"
    case .notUnderstood(let path, let reason): "\(path) does not describe itself: \(reason)"
    }
  }
}
