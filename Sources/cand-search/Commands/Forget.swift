import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search forget ID…`: a data subject's request.
struct Forget: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove candidates so that nothing of them is left, and keep them out.",
    discussion: """
      No byte of the record stays in the index file, and no later ingest or sync brings it back: a keyed hash of the \
      id is all that is kept. The whole file is written anew, which takes a while. Backups and exports are yours to \
      deal with.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var visibility: VisibilityOptions

  @Option(help: "Only where the record comes from here.")
  var connector: String?

  @Flag(name: .customLong("list"), help: "Print how many are kept out.")
  var listsCount = false

  @Flag(help: "Let these in again.")
  var undo = false

  @OptionGroup var list: IDListOptions

  @Argument(help: "Ids of candidates; - reads them from standard input, one a line.")
  var ids: [String] = []

  func validate() throws {
    if ids.isEmpty != listsCount { throw ValidationError("name the ids of candidates, or ask for --list") }
    try list.validate(ids)
    if listsCount, undo { throw ValidationError("--undo takes the ids of candidates") }
  }

  func run() throws {
    try visibility.expectAll()
    if listsCount {
      var output = StandardOutput()
      try output.write("\(try index.openForReading().forgottenCount())\n")
      return try output.flush()
    }
    let ids = try list.ids(ids)
    let index = try index.openExisting()
    if undo { return try undo(ids, index) }
    let summary = try index.forget(ids: ids, connector: connector)
    for id in summary.unknown { StandardError.write("\(id): not in the index; kept out from now on") }
    if !summary.leftovers.isEmpty {
      StandardError.write(
        """
        cand-search: removed \(summary.removed.count), but the verification still finds \
        \(summary.leftovers.count) of their texts in the file; close what else uses the index and run the same again
        """)
      throw ExitStatus.refused
    }
    if summary.removed.isEmpty {
      StandardError.write("forgot 0; whatever was deleted before is erased from the files")
    } else {
      StandardError.write(
        "forgot \(summary.removed.count); verified: no name, address or number of theirs is left in the files"
      )
    }
  }

  private func undo(_ ids: [String], _ index: CandidateIndex) throws {
    let undone = try index.undoForget(ids: ids, connector: connector)
    for id in ids where !undone.contains(id) { StandardError.write("\(id): was not kept out") }
    StandardError.write("let in again \(undone.count)")
    if undone.isEmpty { throw ExitStatus.nothingFound }
  }
}
