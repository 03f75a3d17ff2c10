import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search forget ID…`: a data subject's request.
struct Forget: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove candidates so that nothing of them is left, and keep them out.",
    discussion: """
      No byte of the record stays in the index file, and no later ingest or sync brings it back, under the id in any \
      case or, from the same connector, under another id with the same remote_id. Only keyed hashes are kept. The whole \
      file is written anew, which takes a while. Backups and files of refused records that the index knows of are \
      named; they are yours to deal with.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Option(help: "Only where the record comes from here.")
  var connector: String?

  @Option(help: "Forget everyone with this e-mail address, now and in later records.")
  var email: String?

  @Flag(help: "Forget several people at once that --email finds.")
  var yes = false

  @Flag(name: .customLong("list"), help: "Print how many are kept out.")
  var listsCount = false

  @Flag(help: "Let these in again.")
  var undo = false

  @OptionGroup var list: IDListOptions

  @Argument(help: "Ids of candidates; - reads them from standard input, one a line.")
  var ids: [String] = []

  func validate() throws {
    if [!ids.isEmpty, listsCount, email != nil].count(where: \.self) != 1 {
      throw ValidationError("name the ids of candidates, or --email with an address, or ask for --list")
    }
    if yes, email == nil { throw ValidationError("--yes belongs to --email") }
    if email.map({ !$0.contains("@") }) == true { throw ValidationError("--email takes an address") }
    try list.validate(ids)
    if listsCount, undo { throw ValidationError("--undo takes the ids of candidates") }
  }

  func run() throws {
    try scope.expectAll()
    if listsCount {
      var output = StandardOutput()
      try output.write("\(try index.openForReading().forgottenCount())\n")
      return try output.flush()
    }
    let ids = try list.ids(ids)
    let index = try index.openExisting()
    if undo { return try undo(ids, index) }
    if let email {
      try expectAgreement(index.candidates(email: email, connector: connector))
      try report(index.forget(email: email, connector: connector))
    } else {
      try report(index.forget(ids: ids, connector: connector))
    }
  }

  /// Lists who has the address. Throws `ExitStatus` if they are several and that was not agreed to.
  private func expectAgreement(_ hits: [Hit]) throws {
    for hit in hits {
      let connector = hit.connector.isEmpty ? "" : " of \(hit.connector)"
      StandardError.write("\(hit.candidate.id)\(connector): \(hit.candidate.fullName)")
    }
    if hits.count > 1, !yes {
      StandardError.write(
        "cand-search: \(hits.count) candidates have this address; forget all of them with --yes")
      throw ExitStatus.wrongUsage
    }
  }

  private func report(_ summary: ForgetSummary) throws {
    for id in summary.unknown { StandardError.write("\(id): not in the index; kept out from now on") }
    for copy in summary.copies {
      StandardError.write(
        "note: not erased from the \(copy.kind.rawValue) of \(copy.writtenAt): \(copy.path)")
    }
    if !summary.isVerified {
      for problem in summary.problems { StandardError.write("cand-search: \(problem)") }
      if !summary.leftovers.isEmpty {
        StandardError.write(
          "cand-search: \(summary.leftovers.count) of their texts are still in the file, in no other record")
      }
      StandardError.write(
        """
        cand-search: removed \(summary.removed.count), but the erasure is not verified; mend the index with: \
        cand-search check --repair; then run the same again
        """)
      throw ExitStatus.unusable
    }
    if summary.removed.isEmpty {
      StandardError.write("forgot 0; whatever was deleted before is erased from the files")
    } else {
      StandardError.write("forgot \(summary.removed.count); verified: nothing of theirs is left in the files")
    }
  }

  private func undo(_ ids: [String], _ index: CandidateIndex) throws {
    let names = email.map { [$0] } ?? ids
    let undone =
      try email.map { try index.undoForget(email: $0, connector: connector) ? [$0] : [] }
      ?? index.undoForget(ids: ids, connector: connector)
    for name in names where !undone.contains(name) { StandardError.write("\(name): was not kept out") }
    StandardError.write("let in again \(undone.count)")
    if undone.isEmpty { throw ExitStatus.nothingFound }
  }
}
