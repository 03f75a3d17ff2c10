import AccessKeys
import ArgumentParser
import CandidateConfiguration
import CandidateSearch
import CommandSupport
import Foundation

/// `cand-search keys`: the commands for the keys of the server.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Add, list or revoke the keys of the server.",
    discussion: """
      cand-search keys add recruiting --rights search,contacts,records
      cand-search keys add careers-page --scope "connector:greenhouse -is:private"
      cand-search serve --keys keys.ndjson

      A key has rights (without --rights: search), perhaps a scope outside of which no candidate exists for it, an end \
      and a rate. The file contains only a hash of each secret: a key that is lost is revoked, and another is added.

      \(AccessRight.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

      A key with a scope may not have: \
      \(AccessRight.allCases.filter { !$0.permitsScope }.map(\.rawValue).joined(separator: ", ")).
      """,
    subcommands: [KeysAdd.self, KeysList.self, KeysRevoke.self])
}

/// Which file of keys is meant.
struct KeysOptions: ParsableArguments {
  @Option(
    name: .customLong("keys"),
    help:
      "The file of keys; else $CAND_SEARCH_KEYS, else that of the configuration, else keys.ndjson in the folder of the index.",
    completion: .file())
  var path: String?

  @OptionGroup var index: IndexOptions

  /// The path that the option, the environment, the configuration or the path of the index says, and which of them.
  func location(_ found: FoundConfiguration) -> (path: String, source: ConfigurationSource) {
    if let path { return (path, .option("--keys")) }
    if let path = found.settings.keys { return (path, found.source(of: "keys")) }
    return (AccessKeyFile.path(besideIndex: index.location(found).filesPath), .standard)
  }

  /// The file that is meant. Reads the configuration.
  /// - Throws: `ConfigurationError`.
  func file() throws -> AccessKeyFile {
    let found = try index.found()
    found.warnIfShared()
    return AccessKeyFile(path: location(found).path)
  }
}

extension AccessKeyFile {
  /// Runs a command, and prints what went wrong with the file.
  func run<T>(_ body: (AccessKeyFile) throws(AccessKeyError) -> T) throws -> T {
    do throws(AccessKeyError) {
      return try body(self)
    } catch {
      throw ExitStatus.fail(error, error.status)
    }
  }
}

extension AccessKeyError: AdvisableError {
  /// What to type.
  public var advice: String? {
    switch self {
    case .missing: "add one with: cand-search keys add NAME"
    case .sharedWithOthers:
      "look at them with cand-search keys list, and then make the file yours alone: chmod 600"
    case .foreign: "run the same as that user, or name another file with --keys"
    case .busy: "try again when it has finished"
    case .nameTaken: "name another, or revoke that one first"
    case .tooManyKeys: "revoke some, or name another file with --keys"
    case .malformed: "correct the line, or remove it: its key is lost"
    case .invalidName, .unknownName, .noRights, .rightsWithScope, .emptyScope, .scopeTooLong, .notReadable,
      .notWritable:
      nil
    }
  }

  fileprivate var status: ExitStatus {
    switch self {
    case .invalidName, .nameTaken, .noRights, .rightsWithScope, .emptyScope, .scopeTooLong: .wrongUsage
    case .unknownName, .missing: .nothingFound
    case .tooManyKeys, .notReadable, .notWritable, .sharedWithOthers, .foreign, .malformed, .busy: .unusable
    }
  }
}
