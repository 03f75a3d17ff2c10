import CandidateTime

extension ProgramConfiguration: ConfigurationSection {
  static var members: [Member<Self>] {
    [
      Member(
        "index", \.index, .optional(.location), variable: "CAND_SEARCH_INDEX",
        "The index file, or an address such as `postgresql://user@host/database`. Without one: `candidates.db` in the user's data folder."
      ),
      Member(
        "visibility", \.visibility, .visibility, variable: "CAND_SEARCH_VISIBILITY",
        "Whether private candidates exist for commands: not if the file or the variable says `public`."),
      Member(
        "scope", \.scopes, .filters, variable: "CAND_SEARCH_SCOPE",
        "The filters that a candidate must match to exist for commands. Those of the file and of the variable apply together."
      ),
      Member(
        "keys", \.keys, .optional(.path), variable: "CAND_SEARCH_KEYS", "The file of the server's keys."),
      Member(
        "listen", \.listen, .named("an address such as \"127.0.0.1:7470\""),
        "Where the server listens. Port 0 is any that is free."),
      Member("log-level", \.logLevel, .choice(), "How much the server writes to its own log."),
    ]
      + Member.secret(
        "api-key", json: "api_key", \.apiKey, fallback: "BINDBEE_API_KEY",
        "The API key of all connectors without one of their own.")
      + [
        Member("log", \.log, .section),
        Member("server", \.server, .section),
        Member("connector", json: "connectors", \.connectors, .sections("connector")),
        Member("webhook", \.webhook, .section),
      ]
  }

  var problem: SectionProblem? {
    var names: Set<String> = []
    var ids: Set<String> = []
    for (number, connector) in connectors.enumerated() {
      func problem(_ text: String) -> SectionProblem {
        SectionProblem(text: text, member: "connector", element: number)
      }
      if !names.insert(connector.name).inserted {
        return problem("two connectors are called \(connector.name)")
      }
      if let id = connector.bindbeeID, !ids.insert(id).inserted {
        return problem("two connectors have the bindbee-id of \(connector.name)")
      }
    }
    return nil
  }
}

extension LogSettings: ConfigurationSection {
  static var members: [Member<Self>] {
    [
      Member(
        "file", \.file, .optional(.location), variable: "CAND_SEARCH_LOG",
        "The file of the log of searches, or an address such as `postgresql://user@host/database`."),
      Member(
        "keep", \.keep, .optional(.named("a period such as \"90d\" or \"13mo\"")),
        "How long an entry is kept."),
      Member(
        "purpose", \.purpose, .choice(), "Whether each request must state its purpose (`X-Purpose`)."),
    ]
  }
}

extension ServerSettings: ConfigurationSection {
  static var members: [Member<Self>] {
    [
      Member("origins", \.origins, .origins, "The origins of pages that may read answers (CORS)."),
      Member(
        "body-bytes", \.bodyBytes, .integer(1...1 << 30), "The maximum length of a request's body, in bytes."),
      Member(
        "concurrent-searches", \.concurrentSearches, .integer(1...1_000),
        "The maximum number of searches at once."),
      Member("queue", \.queue, .integer(0...100_000), "The maximum number of searches that wait for others."),
      Member(
        "request-seconds", \.requestSeconds, .integer(1...3_600),
        "The maximum time for a request, in seconds."),
      Member("connections", \.connections, .integer(1...100_000), "The maximum number of connections."),
    ]
  }
}

extension ConnectorSettings: ConfigurationSection {
  static var members: [Member<Self>] {
    [Member("name", json: "name", \.name, .name, isRequired: true, "What the index calls the connector.")]
      + Member.secret("token", json: "token", \.token, isRequired: true, "The token of the connector.")
      + Member.secret("api-key", json: "api_key", \.apiKey, "An API key of its own.")
      + [
        Member(
          "region", json: "region", \.region, .optional(.choice()), choice: "base-address",
          "The region of the API."),
        Member(
          "base-address", json: "base_url", \.baseAddress, .optional(.address), fallback: "BINDBEE_BASE_URL",
          "The address of the API. Without it and a region: that of `us`."),
        Member(
          "custom-fields", json: "include_custom_fields", \.includesCustomFields, .flag,
          "Whether custom fields are requested."),
        Member(
          "raw-data", json: "include_raw_data", \.includesRawData, .flag,
          "Whether the records are requested as the source wrote them, too."),
        Member("bindbee-id", \.bindbeeID, .optional(.name), "The id of the connector in webhooks."),
        Member(
          "sync-every", \.syncEvery, .optional(.named("a period such as \"1h\"")),
          "The time between two syncs."),
        Member(
          "full-every", \.fullEvery, .optional(.named("a period such as \"7d\"")),
          "The time between two complete syncs, which alone remove candidates."),
      ]
  }
}

extension WebhookSettings: ConfigurationSection {
  static var members: [Member<Self>] {
    [Member("keys", \.keys, .sections("webhook key", atMost: maximumKeys))]
  }
}

extension WebhookKey: ConfigurationSection {
  static var members: [Member<Self>] {
    Member.secret(
      "key", \.source, isRequired: true,
      "A key with which Bindbee signs webhooks. There may be two, to change one.")
  }
}
