import CandidateJSON
import CandidateSearch

/// `/v1/search`: finds candidates.
enum SearchOperation {
  static let parameters: [Parameter] = [
    query,
    Parameter(
      name: "limit", kind: .integer(0...1000), summary: "The maximum number of hits.", standard: .number(10)),
    cursor, sort,
    Parameter(name: "count", kind: .flag, summary: "Whether all hits are counted.", standard: .bool(false)),
    Parameter(
      name: "facet", kind: .choices(Facet.allCases.map(\.rawValue)),
      summary: "The fields whose values are counted over all hits."),
    Parameter(
      name: "facet_limit", kind: .integer(0...1000), summary: "The maximum number of values of a facet.",
      standard: .number(10)),
    Parameter(
      name: "highlight", kind: .flag,
      summary: """
        Whether `_match` of a hit has the matching fields and ranges, and the reason where other forms of words found it.
        """,
      standard: .bool(true)),
    Parameter(
      name: "fields", kind: .choices(Candidate.memberNames),
      summary: "The members of records that are returned; all without it."),
    Parameter(
      name: "explain", kind: .flag,
      summary:
        "Whether the evaluated queries are returned; their times only to a key that sees every candidate.",
      standard: .bool(false)),
    Parameter(
      name: "relaxed", kind: .choice(Relaxed.allCases.map(\.rawValue)),
      summary:
        "Where similar candidates appear if nothing else is found: nowhere, in hits, or also in count and facets.",
      standard: "never"),
    Parameter(
      name: "variants", kind: .flag,
      summary: "Whether other forms of words are searched: synonyms, nicknames, spellings, abbreviations.",
      standard: .bool(true)),
    Parameter(
      name: "prefix", kind: .flag, summary: "Whether the last word may be a prefix.", standard: .bool(true)),
    correct,
    Parameter(
      name: "partial", kind: .flag,
      summary:
        "Whether the answer may leave out the candidates of servers that cannot be reached, which its `partial` then names.",
      standard: .bool(false)),
    session,
  ]

  static let query = Parameter(
    name: "q", kind: .text(maximum: Limits.queryCharacters), summary: "The query; all candidates without it.",
    standard: "")
  static let cursor = Parameter(
    name: "cursor", kind: .text(maximum: 131_072),
    summary: "Continues after the page whose `next` it is, with the same query and options.",
    pattern: "^[A-Za-z0-9_-]*$")
  static let sort = Parameter(
    name: "sort", kind: .choice(orders),
    summary: "The order of the hits: relevance, or by a value; hits with equal values most recent first.",
    standard: .string(byRelevance))
  static let correct = Parameter(
    name: "correct", kind: .flag, summary: "Whether typing errors are corrected.", standard: .bool(true))

  static let session = Parameter(
    name: "session", kind: .text(maximum: 100),
    summary:
      "While a person types: a text that is the same for these requests. They are recorded as one search, once the text rests or a hit is opened."
  )

  /// The value of `sort` for the best hits first.
  private static let byRelevance = "relevance"
  /// The values of `sort`.
  private static let orders =
    [byRelevance]
    + SearchSort.Criterion.allCases.flatMap { by in
      [by.rawValue] + SearchSort.Order.allCases.map { "\(by.rawValue):\($0.rawValue)" }
    }

  static func run(_ call: Call) async throws -> Reply {
    let options = try options(call.arguments)
    let query = SearchQuery(call.arguments.text("q") ?? "")
    let index = try call.index()
    let highlights = call.arguments.flag("highlight") ?? true
    let members = Set(call.arguments.texts("fields"))
    let (results, hits) = try await call.service.limited {
      try await index.search(query, options) { results, checkCancellation in
        // Highlights are computed here: for many words they take longer than the search.
        var hits: [UInt8] = [UInt8(ascii: "[")]
        for (i, hit) in results.hits.enumerated() {
          try checkCancellation()
          if i > 0 { hits.append(UInt8(ascii: ",")) }
          let record = members.isEmpty ? nil : try hit.candidate.jsonBytes(ofMembers: members)
          hit.appendJSON(to: &hits, record: record, includesHighlights: highlights)
          if i == 0 { hits.reserveCapacity(hits.count * results.hits.count) }
        }
        hits.append(UInt8(ascii: "]"))
        return (results, hits)
      }
    }
    try call.service.recorder?.record(results, of: call.arguments.text("q") ?? "", on: index, call)
    if options.cursor == nil, let first = results.hits.first {
      call.service.metrics.found(by: first.tier)
    }
    return reply(results, hits, call.caller)
  }

  /// The order that the arguments ask for; nil for the best first.
  static func sort(_ arguments: Arguments) throws -> SearchSort? {
    guard let text = arguments.text("sort"), text != byRelevance else { return nil }
    return try SearchSort(text)
  }

  private static func options(_ arguments: Arguments) throws -> SearchOptions {
    var options = SearchOptions(limit: arguments.integer("limit") ?? 10, cursor: arguments.text("cursor"))
    options.sort = try sort(arguments)
    options.includesCount = arguments.flag("count") ?? false
    options.facets = arguments.texts("facet").compactMap(Facet.init)
    options.facetLimit = arguments.integer("facet_limit") ?? 10
    options.explains = arguments.flag("explain") ?? false
    options.relaxed = arguments.text("relaxed").flatMap(Relaxed.init) ?? .never
    options.findsVariants = arguments.flag("variants") ?? true
    options.completesLastWord = arguments.flag("prefix") ?? true
    options.correctsWords = arguments.flag(correct.name) ?? true
    options.allowsMissingParts = arguments.flag("partial") ?? false
    options.diagnosesEmptyResult = true
    options.includesFreshness = true
    return options
  }

  /// What the answer to a caller who must not see the names of servers contains in place of them.
  private static let anyPart = "a part of the index"

  private static func reply(_ results: SearchResults, _ hits: [UInt8], _ caller: Caller) -> Reply {
    var members: [(String, JSONValue)] = [("hits", .json(hits))]
    members += results.count.map { [("count", .number($0))] } ?? []
    if !results.facets.isEmpty {
      members.append(("facets", .object(results.facets.map { ($0.facet.rawValue, $0.json) })))
    }
    members.append(("notices", .list(results.notices.map { .string($0.description) })))
    let isPartial = !results.missingParts.isEmpty
    if isPartial {
      let parts = caller.seesServers ? results.missingParts : [anyPart]
      members.append(("partial", .list(parts.map { .string($0) })))
    }
    members += results.diagnosis.map { [("diagnosis", $0.json)] } ?? []
    members +=
      results.explanation.map { [("explanation", $0.json(includesTimes: caller.seesTimes))] } ?? []
    let freshness = results.freshness.map { ($0.connector, JSONValue($0.freshAt)) }
    members.append(("as_of", .object(freshness)))
    let next = results.nextCursor.map { [("next", JSONValue.string($0))] } ?? []
    var reply = Reply(.object(members + next))
    reply.isPartial = isPartial
    // A cursor contains the second of the search: equal pages are equal without it, and an older cursor continues both.
    if !next.isEmpty { reply.taggedLength = reply.body.count - JSONValue.object(next).bytes.count }
    return reply
  }
}
