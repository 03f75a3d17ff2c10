import ArgumentParser

/// Which connectors of the API are meant, and how to reach them. No option takes a key or a token: command lines can
/// be read by every user.
package struct ConnectionOptions: ParsableArguments {
  @Option(
    name: .customLong("connector"),
    help: """
      Only this connector of the file; may be repeated. Without a file: what the index calls the connector (bindbee).
      """)
  package var connectors: [String] = []

  @Option(
    name: .customLong("base-url"),
    help: "The API's address, for one connector; else what the file says, else $BINDBEE_BASE_URL.")
  package var baseURL: String?

  @Option(help: "Seconds that a request may take, its answer included.")
  package var timeout: Double = 120

  @Option(help: "How often a request that failed for the moment is made again.")
  package var retries = 7

  package init() {}

  package func validate() throws {
    guard timeout > 0, timeout <= 3600 else { throw ValidationError("--timeout: takes seconds, up to 3600") }
    guard (0...100).contains(retries) else {
      throw ValidationError("--retries: takes a number from 0 to 100")
    }
  }
}

/// What is requested of each candidate beyond its plain fields.
package struct IncludeOptions: ParsableArguments {
  @Flag(name: .customLong("include-custom-fields"), help: "Request custom fields.")
  package var customFields = false

  @Flag(name: .customLong("include-raw-data"), help: "Request the original records of the ATS, too.")
  package var rawData = false

  package init() {}
}
