import ArgumentParser
import CandidateConfiguration
import CandidateSearch
import CommandSupport
import PostgresEngine
import SearchLog

/// `cand-search forget ID…`: erases candidates at a data subject's request.
struct Forget: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Remove candidates so that nothing of them is left, and keep them out.",
    discussion: """
      No byte of the record stays in the index file, and no later ingest or sync brings it back, under the id in any \
      case or, from the same connector, under another id with the same remote_id. Only keyed hashes are kept. The whole \
      file is rewritten, which takes a while. They are removed from the search log, too, if one is named, and from the one \
      beside the index: their ids, and queries that name them. Backups and files of refused records that the index knows of are named, \
      each with how long it exists, but not erased.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var log: LogFileOption

  @Option(help: "Only records of this connector.")
  var connector: String?

  @Option(help: "Forget all candidates with this e-mail address, now and in later records.")
  var email: String?

  @Flag(help: "Forget all candidates that --email finds, even if they are several.")
  var yes = false

  @Flag(name: .customLong("list"), help: "Print the number of ids and addresses that are kept out.")
  var listsCount = false

  @Flag(help: "Admit these ids, or this address, again.")
  var undo = false

  @OptionGroup var list: IDListOptions

  @Argument(help: "Ids of candidates; - reads them from standard input, one a line.")
  var ids: [String] = []

  func validate() throws {
    if [!ids.isEmpty, listsCount, email != nil].count(where: \.self) != 1 {
      throw ValidationError("name the ids of candidates, or --email with an address, or --list")
    }
    if yes, email == nil { throw ValidationError("--yes needs --email") }
    if email.map({ !$0.contains("@") }) == true { throw ValidationError("--email takes an address") }
    try list.validate(ids)
    if listsCount, undo { throw ValidationError("--undo needs ids or --email") }
  }

  func run() throws {
    let settings = try index.settings(scope).expectingAll()
    if listsCount {
      return try StandardOutput.print("\(try settings.openForReading().forgottenCount())\n")
    }
    let ids = try list.ids(ids)
    let index = try settings.location.openExisting()
    if undo { return try undo(ids, index) }
    if let email {
      let people = try ForgottenPeople(email: email, connector: connector, in: index)
      try expectAgreement(people.hits)
      try forget(people, in: index, settings)
    } else {
      try forget(try ForgottenPeople(ids: ids, connector: connector, in: index), in: index, settings)
    }
  }

  /// Lists the candidates with the address.
  /// - Throws: `ExitStatus` if there are several, without `--yes`.
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

  /// Removes candidates from the search logs, then from the index, which has their names until then, so that the same
  /// command can be run again after a failure.
  private func forget(_ people: ForgottenPeople, in index: CandidateIndex, _ settings: CommandSettings) throws
  {
    let logs = try logs(settings).map { try $0.openExisting() }
    for log in logs { Self.report(try log.forget(people)) }
    var summary = try people.forget(in: index)
    for log in logs {
      let erasure = try log.forget(people, beside: index, &summary)
      if erasure.ids + erasure.texts > 0 { Self.report(erasure) }
    }
    try report(summary)
  }

  /// The log that is named, and the one beside the index, even if another one is named.
  private func logs(_ settings: CommandSettings) -> [LogLocation] {
    let named = log.location(settings.found)
    let own = LogLocation(beside: settings.location)
    return [named, own?.path == named?.path ? nil : own].compactMap(\.self)
  }

  private static func report(_ erasure: LogErasure) {
    StandardError.write("erased from the search log: \(erasure.ids) ids, \(erasure.texts) texts")
  }

  private func report(_ summary: ForgetSummary) throws {
    for id in summary.unknown { StandardError.write("\(id): not in the index; kept out from now on") }
    for copy in summary.copies {
      StandardError.write(
        """
        note: not erased from the \(copy.kind.rawValue) of \(copy.writtenAt), which \(Self.end(of: copy)): \(copy.path)
        """)
    }
    if let horizon = summary.horizon { StandardError.write("note: not erased from \(horizon)") }
    // Of an index on a server, the tables are verified: a client cannot read the server's files.
    let place = summary.horizon == nil ? "the files" : "the tables"
    if !summary.isVerified {
      for problem in summary.problems { StandardError.write("cand-search: \(problem)") }
      if !summary.leftovers.isEmpty {
        StandardError.write(
          "cand-search: \(summary.leftovers.count) texts of these candidates are still in \(place)")
      }
      StandardError.write(
        """
        cand-search: removed \(summary.removed.count), but the erasure is not verified; repair the index with \
        cand-search check --repair, then run the same command again
        """)
      throw ExitStatus.unusable
    }
    if summary.removed.isEmpty {
      StandardError.write("forgot 0; candidates that were deleted before are erased from \(place)")
    } else {
      StandardError.write("forgot \(summary.removed.count); verified: nothing of them is left in \(place)")
    }
  }

  /// When a copy is removed, as the end of a sentence.
  private static func end(of copy: KnownCopy) -> String {
    guard let runs = copy.backupsUntilRemoval else { return "exists until you remove it" }
    return "backup --keep removes in \(runs) run\(runs == 1 ? "" : "s")"
  }

  private func undo(_ ids: [String], _ index: CandidateIndex) throws {
    let names = email.map { [$0] } ?? ids
    let undone =
      try email.map { try index.undoForget(email: $0, connector: connector) ? [$0] : [] }
      ?? index.undoForget(ids: ids, connector: connector)
    for name in names where !undone.contains(name) { StandardError.write("\(name): was not kept out") }
    StandardError.write("admitted again \(undone.count)")
    if undone.isEmpty { throw ExitStatus.nothingFound }
  }
}
