import ArgumentParser
import CandidateSearch

/// The options of `cand-search sync`. They are here and not beside the command, so that `cand-search`, which runs another
/// program for it, knows it for help, completion and wrong options.
package struct SyncOptionGroup: ParsableArguments {
  package static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Bring the index up to date from the Bindbee API.",
    discussion: """
      The first sync of a connector requests all candidates, each later one those that have changed since; all \
      connectors of the configuration file at once. Only --full removes candidates. A request waits until a rate limit \
      ends, and is repeated after a temporary failure. The pages that a failed sync has received are in the index; the \
      next sync requests them again.

      api-key-file = "/etc/cand-search/api-key"

      [[connector]]
      name = "greenhouse"
      token-file = "/etc/cand-search/greenhouse"
      region = "eu"

      [[connector]]
      name = "lever"
      token-variable = "LEVER_TOKEN"
      custom-fields = true

      A key is api-key, api-key-variable or api-key-file, a token likewise; a connector may have a key of its own, a \
      region (us or eu) or a base-address. The same file may name the index. A JSON file of earlier versions \
      (api_key_file, connectors) is read, too.

      Exit: 0 done, 2 a wrong option or configuration, 3 a record or the removals were refused, 4 a connector or the \
      index failed, 130 interrupted.
      """)

  @OptionGroup package var index: IndexOptions
  @OptionGroup package var scope: ScopeOptions
  @OptionGroup package var connection: ConnectionOptions
  @OptionGroup package var include: IncludeOptions

  @Flag(
    help:
      "Request all candidates, then remove those that were not received, within the guard of reindex PATH.")
  package var full = false

  @Option(help: "Request what has changed since this time (2024-03-01, 2024-03-01T12:00:00Z).")
  package var since: Time?

  @Option(help: "Request these candidates alone, by their ids with commas between. May be repeated.")
  package var ids: [IDs] = []

  @Option(
    name: .customLong("page-size"),
    help: "How many candidates a page has at most, from 1 to 200; fewer if an answer is too long.")
  package var pageSize = 200

  @Flag(name: .customLong("dry-run"), help: "Change nothing; tell what would be done.")
  package var isDryRun = false

  @OptionGroup package var removals: RemovalOptions

  @Option(help: "Write refused records, with their reasons, to this file (NDJSON).")
  package var rejects: String?

  @Option(
    name: .customLong("after"),
    help: """
      Run this command (sh) when something has changed; $CAND_SEARCH_ADDED, _UPDATED and _REMOVED tell how many, \
      $CAND_SEARCH_CONNECTORS where.
      """)
  package var afterCommand: String?

  @Option(help: "text (a line a connector on standard error) or json (likewise, on standard output).")
  package var format: SummaryFormat = .text

  package init() {}

  package func validate() throws {
    guard (1...200).contains(pageSize) else {
      throw ValidationError("--page-size: takes a number from 1 to 200")
    }
    if rejects?.isEmpty == true { throw ValidationError("--rejects: takes a path") }
    if removals.allowedRemovals != nil, !full { throw ValidationError("--allow-removals needs --full") }
    if [full, since != nil, !ids.isEmpty].count(where: { $0 }) > 1 {
      throw ValidationError("--full, --since and --ids exclude one another")
    }
  }

  /// A moment, as an option takes it.
  package struct Time: ExpressibleByArgument {
    package let timestamp: Timestamp

    package init?(argument: String) {
      guard let timestamp = Timestamp(argument) else { return nil }
      self.timestamp = timestamp
    }
  }

  /// Ids with commas between.
  package struct IDs: ExpressibleByArgument {
    package let list: [String]

    package init?(argument: String) {
      list = argument.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) }.filter {
        !$0.isEmpty
      }
      if list.isEmpty { return nil }
    }
  }
}

/// What `cand-search get` takes; see `SyncOptionGroup`.
package struct GetOptionGroup: ParsableArguments {
  package static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Fetch one candidate from the Bindbee API and print it as it came.",
    discussion: "See cand-search help sync for the configuration file.")

  @OptionGroup package var index: IndexOptions
  @OptionGroup package var scope: ScopeOptions
  @OptionGroup package var connection: ConnectionOptions
  @OptionGroup package var include: IncludeOptions

  @Flag(name: .customLong("index-it"), help: "Also bring it into the index.")
  package var indexesIt = false

  @Argument(help: "The candidate's id.")
  package var id: String

  package init() {}
}
