import AccessKeys
import ArgumentParser
import CommandSupport

/// `cand-search keys revoke NAME`: removes a key.
struct KeysRevoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Revoke a key: a server refuses it from the next request on.")

  @OptionGroup var keys: KeysOptions

  @Argument(help: "The name of the key.")
  var name: String

  func run() throws {
    let key = try keys.file().run { (file) throws(AccessKeyError) in try file.revoke(name: name) }
    StandardError.write("revoked \(key.name) (\(key.id))")
  }
}
