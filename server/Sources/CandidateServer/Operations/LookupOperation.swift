import AccessKeys
import CandidateJSON
import CandidateSearch

/// `/v1/lookup`: finds candidates by ids, addresses, phone numbers or web addresses, many at once.
enum LookupOperation {
  static let maximumItems = 1_000
  private static let maximumLength = RecordLimits.maximumIDBytes
  /// The maximum number of candidates of an ambiguous item that are returned.
  private static let maximumMatches = 10

  /// What an item is looked up by.
  private enum Key: String, CaseIterable {
    case id, email, phone, url

    /// The characters besides letters that need no quotes in a query.
    private static let plain = Set("0123456789@._+-".unicodeScalars)

    var isContact: Bool { self != .id }

    func query(_ value: String) -> Query {
      switch self {
      case .id: .id(value)
      case .email: .email(value)
      case .phone: .phone(value)
      case .url: .url(value)
      }
    }

    /// The item in the query language, for the search log.
    func text(_ value: String) -> String {
      // A hyphen at the beginning would exclude the value.
      let isPlain =
        value.first != "-"
        && value.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || Self.plain.contains($0) }
      return "\(rawValue):" + (isPlain ? value : "\"\(value.replacing("\"", with: " "))\"")
    }
  }

  static let body = JSONValue.object([
    ("type", "object"), ("required", .list(["items"])), ("additionalProperties", .bool(false)),
    (
      "properties",
      .object([
        (
          "items",
          .object([
            ("type", "array"), ("maxItems", .number(maximumItems)),
            (
              "items",
              .object([
                ("type", "object"), ("minProperties", .number(1)), ("maxProperties", .number(1)),
                ("additionalProperties", .bool(false)),
                (
                  "properties",
                  .object(
                    Key.allCases.map {
                      (
                        $0.rawValue,
                        .object([
                          ("type", "string"), ("minLength", .number(1)),
                          ("maxLength", .number(maximumLength)),
                        ])
                      )
                    })
                ),
              ])
            ),
          ])
        )
      ])
    ),
  ])

  static func run(_ call: Call) async throws -> Reply {
    let items = try read(try await call.object(), call.caller)
    let index = try call.index()
    let queries = items.map { SearchQuery($0.key.query($0.value)) }
    var options = SearchOptions.asTyped(limit: maximumMatches)
    options.includesRecords = false
    let found = try await call.service.limited { [options] in try await index.search(queries, options) }
    try call.service.recorder?.record(
      found, ofItems: items.map { $0.key.text($0.value) }, on: index, call)
    return Reply(.object([("results", .list(found.map { result($0.identities) }))]))
  }

  private static func read(
    _ members: [String: JSONInput], _ caller: Caller
  ) throws(Problem) -> [(key: Key, value: String)] {
    guard members.count == 1, case .list(let items)? = members["items"] else {
      throw Problem(.wrongBody, "the body must have one member, items: a list")
    }
    guard items.count <= maximumItems else {
      throw Problem(.wrongBody, "items: at most \(maximumItems), not \(items.count)")
    }
    var read: [(Key, String)] = []
    for (i, item) in items.enumerated() {
      guard case .object(let members) = item, members.count == 1, let member = members.first,
        let key = Key(rawValue: member.key), case .string(let value) = member.value,
        (1...maximumLength).contains(value.unicodeScalars.count)
      else {
        throw Problem(
          .wrongBody,
          "items[\(i)]: takes one of \(Key.allCases.map(\.rawValue).joined(separator: ", ")) with a text of 1 to \(maximumLength) characters"
        )
      }
      if key.isContact, !caller.has(.contacts) {
        throw Problem(.rightMissing, "items[\(i)]: \(key.rawValue) needs the right contacts")
      }
      read.append((key, value))
    }
    return read
  }

  private static func result(_ found: [HitIdentity]) -> JSONValue {
    let status = found.isEmpty ? "missing" : found.count == 1 ? "found" : "ambiguous"
    return .object([
      ("status", .string(status)),
      (
        "candidates",
        .list(found.map { .object([("id", .string($0.id)), ("connector", .string($0.connector))]) })
      ),
    ])
  }
}
