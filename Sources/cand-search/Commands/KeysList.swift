import AccessKeys
import ArgumentParser
import CandidateJSON
import CandidateSearch
import CommandSupport

/// `cand-search keys list`: prints the keys without their secrets.
struct KeysList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the keys, without their secrets; the id is the beginning of one.")

  @OptionGroup var keys: KeysOptions

  @Flag(help: "Print a list in JSON.")
  var json = false

  func run() throws {
    let file = try keys.file()
    PrivateFile.warnIfShared(file.path)
    let list = try file.run { (file) throws(AccessKeyError) in try file.list() }
    try StandardOutput.print(json ? JSONValue.list(list.map(Self.json)).text + "\n" : Self.text(list))
    if list.isEmpty { throw ExitStatus.nothingFound }
  }

  private static let headers = ["NAME", "ID", "RIGHTS", "SCOPE", "CREATED", "EXPIRES", "RATE"]

  private static func rights(_ key: AccessKey) -> [String] {
    AccessRight.allCases.filter(key.rights.contains).map(\.rawValue)
  }

  private static func row(_ key: AccessKey) -> [String] {
    let end = key.expiresAt.map { "\($0)" + (key.isExpired(at: .now) ? " (expired)" : "") }
    return [
      key.name, key.id, rights(key).joined(separator: ","), key.scope ?? "-", "\(key.createdAt)", end ?? "-",
      key.rate?.description ?? "-",
    ]
  }

  private static func text(_ keys: [AccessKey]) -> String {
    keys.isEmpty ? "" : TextTable.text([headers] + keys.map(row))
  }

  private static func json(_ key: AccessKey) -> JSONValue {
    .object([
      ("name", .string(key.name)),
      ("id", .string(key.id)),
      ("rights", .list(rights(key).map(JSONValue.string))),
      ("scope", key.scope.map(JSONValue.string) ?? .null),
      ("created_at", .string(key.createdAt.description)),
      ("expires_at", key.expiresAt.map { .string($0.description) } ?? .null),
      ("expired", .bool(key.isExpired(at: .now))),
      ("rate", key.rate.map { .string($0.description) } ?? .null),
    ])
  }
}
