import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search delete ID…`: removes candidates.
struct Delete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Remove candidates; a later ingest may bring them back (see forget).")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Option(help: "Only records of this connector.")
  var connector: String?

  @OptionGroup var list: IDListOptions

  @Argument(help: "Ids of candidates; - reads them from standard input, one a line.")
  var ids: [String]

  func validate() throws { try list.validate(ids) }

  func run() throws {
    let location = try index.settings(scope).expectingAll().location
    let ids = try list.ids(ids)
    let deleted = try location.openExisting().delete(ids: ids, connector: connector)
    for id in ids where !deleted.contains(id) && !deleted.contains(id.lowercased()) {
      StandardError.write("\(id): not in the index")
    }
    StandardError.write("deleted \(deleted.count)")
    if deleted.isEmpty { throw ExitStatus.nothingFound }
  }
}
