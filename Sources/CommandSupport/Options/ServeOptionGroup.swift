import ArgumentParser

/// The options of `cand-search serve`. They are here and not beside the command, so that `cand-search`, which runs another
/// program for it, knows it for help, completion and wrong options. Public, since that program is in a package of its own.
public struct ServeOptionGroup: ParsableArguments, Sendable {
  /// The command.
  public static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer searches over HTTP, until it is told to stop.",
    discussion: """
      Without keys it answers callers on this machine alone. With a file of keys (see cand-search keys) it may listen at \
      any address; TLS is the task of a proxy in front of it. SIGTERM and SIGINT end it when the running requests are \
      answered. The API is described at /docs and /openapi.json.

      An option overrides the environment and the configuration file, of which cand-search help sync shows an example. Only \
      the file has connectors, keys of webhooks, limits, origins of pages, and whether a purpose is required.

      Exit: 0 stopped, 2 a wrong option or configuration, 4 the index cannot be used, or the address is taken.
      """)

  /// The index, and the configuration.
  @OptionGroup public var index: IndexOptions

  /// The address.
  @Option(help: "Listen at this address; 127.0.0.1:7470 by default. Port 0 is any that is free.")
  public var listen: String?

  /// The path of the file of keys.
  @Option(help: "The file of keys; else $CAND_SEARCH_KEYS, else that of the configuration, else none.")
  public var keys: String?

  /// The path of the search log.
  @Option(
    help:
      "Record searches in this file, or in the database at this address (see cand-search log); else $CAND_SEARCH_LOG, else that of the configuration, else INDEX-searches or the database of the index. none records nothing."
  )
  public var log: String?

  /// How long the search log keeps entries.
  @Option(help: "Keep records of searches for this long, such as 90d; 13mo by default.")
  public var logKeep: String?

  /// The time from one sync to the next.
  @Option(
    help:
      "Sync each connector of the configuration this often, such as 1h; by default as the configuration states."
  )
  public var syncEvery: String?

  /// The time from one full sync to the next.
  @Option(
    help:
      "Sync each connector completely this often, such as 7d: only this removes candidates that are gone.")
  public var fullEvery: String?

  /// The least important messages that are written.
  @Option(
    help:
      "The least important messages on standard error: trace, debug, info, notice, warning, error or critical; info by default."
  )
  public var logLevel: String?

  /// No options.
  public init() {}
}
