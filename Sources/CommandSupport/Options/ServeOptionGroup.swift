import ArgumentParser

/// The options of `cand-search serve`. They are here and not beside the command, so that `cand-search`, which runs another
/// program for it, knows it for help, completion and wrong options. Public, since that program is in a package of its own.
public struct ServeOptionGroup: ParsableArguments, Sendable {
  public static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer searches over HTTP, until it is told to stop.",
    discussion: """
      Without keys it answers callers on this machine alone. With a file of keys (see cand-search keys) it may listen at \
      any address; TLS is the task of a proxy in front of it. SIGTERM and SIGINT end it when the running requests are \
      answered. The API is described at /docs and /openapi.json.

      Options come before the configuration file, which cand-search help sync describes.

      Exit: 0 stopped, 2 a wrong option or configuration, 4 the index cannot be used, or the address is taken.
      """)

  @OptionGroup public var index: IndexOptions

  @Option(help: "Listen at this address; 127.0.0.1:7470 by default. Port 0 is any that is free.")
  public var listen: String?

  @Option(help: "The file of keys; else $CAND_SEARCH_KEYS, else none.")
  public var keys: String?

  @Option(help: "The configuration file (TOML).")
  public var config: String?

  @Option(help: "Record searches in this file (see cand-search log); by default none.")
  public var log: String?

  @Option(help: "Keep records of searches for this long: 13mo, 90d.")
  public var logKeep: String?

  @Option(help: "Sync each connector of the configuration this often: 1h.")
  public var syncEvery: String?

  @Option(help: "Sync each connector completely this often: 7d.")
  public var fullEvery: String?

  @Option(help: "What is written to standard error: trace, debug, info, notice, warning, error or critical.")
  public var logLevel: String?

  public init() {}
}
