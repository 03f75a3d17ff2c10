import ArgumentParser
import CandidateSearch
import CommandSupport
import SearchLog

/// `cand-search log`: the commands that read a search log.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Search, list or verify what was searched and who was shown.",
    discussion: """
      cand-search log nurse --since 30d
      cand-search log seen 018b18ef-0005-7336-869a-8562708bbe5b

      Searches are logged by cand-search and cand-search serve if --log, $CAND_SEARCH_LOG or the configuration names a \
      file or the address of a server, which these commands read, too; else they read the log beside the index. forget removes candidates from it.

      Exit: 0 found or sound, 1 nothing found, 2 a wrong option, 3 the chain of the log is broken, 4 the log cannot be \
      used.
      """,
    subcommands: [LogSearch.self, LogSeen.self, LogVerify.self, LogHeadCommand.self],
    defaultSubcommand: LogSearch.self)
}

/// `cand-search log QUERY TEXT`: prints entries, the newest first.
struct LogSearch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract:
      "Print the entries whose query contains all of these words, the newest first (the default command).")

  @OptionGroup var log: LogReadingOptions

  @Option(help: "Only entries of this key, or user.")
  var key: String?

  @Option(help: "Only entries with this purpose, in any case.")
  var purpose: String?

  @Option(help: "Only entries of this kind: search, record or export.")
  var kind: SearchLogEntry.Kind?

  @Option(help: "Only entries from this day on: 2026-01-01, or 30d, 6w, 13mo or 2y ago.")
  var since: LogMoment?

  @Option(help: "Only entries to the end of this day.")
  var until: LogMoment?

  @Option(name: [.customShort("n"), .long], help: "The maximum number of entries.")
  var limit = 20

  @Flag(help: "Print JSON, one object a line.")
  var json = false

  @Argument(help: "Words of the query; without any, all entries are listed.")
  var text: [String] = []

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit: takes a number from 0") }
  }

  func run() throws {
    var query = SearchLogQuery(limit: limit)
    let text = DashedWords.restore(self.text.joined(separator: " "))
    query.text = text.isEmpty ? nil : text
    query.key = key
    query.purpose = purpose.map(DashedWords.restore)
    query.kind = kind
    query.since = since?.start
    query.until = until?.end
    try LogText.print(log.open().entries(query), asJSON: json)
  }
}

/// `cand-search log seen ID`: who was shown a candidate, when and why.
struct LogSeen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seen",
    abstract: "Print the entries that showed a candidate, the newest first; also after it was forgotten.")

  @OptionGroup var log: LogReadingOptions

  @Option(help: "Only as a record of this connector.")
  var connector: String?

  @Flag(help: "Print JSON, one object a line.")
  var json = false

  @Argument(help: "The id of the candidate.")
  var id: String

  func run() throws {
    let entries = try log.open().entries(
      thatShowed: DashedWords.restore(id), connector: connector)
    try LogText.print(entries, asJSON: json)
  }
}

/// `cand-search log verify`: verifies the chain.
struct LogVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verify that the log is as it was written, and that nothing is missing.",
    discussion: """
      Who may write the file can compute all digests again. Only a head that was kept elsewhere (cand-search log head) \
      shows that.

      Exit: 0 if the log is sound, 3 if it is not.
      """)

  @OptionGroup var log: LogReadingOptions

  @Option(help: "The log must contain all up to this head, as log head has printed it.")
  var kept: String?

  func run() throws {
    let head = try kept.map { text in
      guard let head = LogHead(text) else {
        throw ValidationError("--kept: takes a number, a colon and 64 digits")
      }
      return head
    }
    let verification = try log.open().verify(kept: head)
    if let number = verification.brokenEntry, let defect = verification.defect {
      StandardError.write("cand-search: the log is not as it was written: entry \(number) \(defect)")
      throw ExitStatus.refused
    }
    var parts = ["sound: \(verification.entries) \(verification.entries == 1 ? "entry" : "entries")"]
    if verification.anchor.number > 0 { parts.append("\(verification.anchor.number) before were removed") }
    if verification.erasedTexts + verification.erasedIDs > 0 {
      parts.append("\(verification.erasedTexts) texts and \(verification.erasedIDs) ids are erased")
    }
    StandardError.write(parts.joined(separator: ", "))
    if let head, head.number < verification.anchor.number {
      StandardError.write("note: entry \(head.number), whose digest was kept, has been removed since")
    }
  }
}

/// `cand-search log head`: prints the last entry's number and digest.
struct LogHeadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "head", abstract: "Print the head of the chain, to be kept elsewhere for log verify --kept.")

  @OptionGroup var log: LogReadingOptions

  func run() throws {
    try StandardOutput.print("\(log.open().head())\n")
  }
}

extension SearchLogEntry.Kind: ExpressibleByArgument {}

/// A value of `--since` or `--until`: a day, a time, or an age.
struct LogMoment: ExpressibleByArgument {
  /// The first moment.
  let start: Timestamp
  /// The moment after the last.
  let end: Timestamp

  private static let day: Int64 = 86_400_000_000

  init?(argument: String) {
    if let age = Period(argument) {
      start = age.startOfDay(before: .now)
      end = Timestamp(microseconds: start.microseconds + Self.day)
    } else if let time = Timestamp(argument) {
      start = time
      let isDay = Timestamp(startOf: time.date) == time && !argument.contains(":")
      end = isDay ? Timestamp(microseconds: time.microseconds + Self.day) : time
    } else {
      return nil
    }
  }
}
