import BindbeeClient
import CandidateJSON
import CandidateSearch

/// The JSON schemas of answers.
enum Schemas {
  private static let text = JSONValue.object([("type", "string")])
  private static let count = JSONValue.object([("type", "integer"), ("minimum", .number(0))])
  private static let flag = JSONValue.object([("type", "boolean")])
  private static let time = JSONValue.object([("type", .list(["string", "null"])), ("format", "date-time")])

  private static func oneOf(_ texts: [String]) -> JSONValue {
    .object([("type", "string"), ("enum", .list(texts.map { .string($0) }))])
  }

  private static func nullable(_ schema: JSONValue) -> JSONValue {
    .object([("anyOf", .list([schema, .object([("type", "null")])]))])
  }

  private static func object(
    _ members: [(String, JSONValue)], optional: Set<String> = [], isOpen: Bool = false
  ) -> JSONValue {
    .object([
      ("type", "object"),
      ("required", .list(members.map(\.0).filter { !optional.contains($0) }.map { .string($0) })),
      ("properties", .object(members)), ("additionalProperties", .bool(isOpen)),
    ])
  }

  private static func list(of items: JSONValue) -> JSONValue {
    .object([("type", "array"), ("items", items)])
  }

  private static func map(to values: JSONValue) -> JSONValue {
    .object([("type", "object"), ("additionalProperties", values)])
  }

  private static let highlight = object([
    ("field", text), ("value", count), ("ranges", list(of: list(of: count))),
  ])

  private static let match = object(
    [
      (
        "tier",
        .object([("type", "string"), ("enum", .list(Tier.allCases.map { .string($0.rawValue) }))])
      ),
      ("reason", text), ("connector", text), ("fields", list(of: text)), ("highlights", list(of: highlight)),
    ], optional: ["reason", "fields", "highlights"])

  private static let facet = object([
    ("values", list(of: object([("value", text), ("count", count)]))), ("distinct", count),
    ("missing", count),
  ])

  private static let diagnosis = object(
    [
      (
        "clauses",
        list(of: object([("text", text), ("count", count), ("count_without", count)]))
      ), ("clause_count", count), ("drop", text),
    ], optional: ["drop"])

  private static let explanation = object([
    ("query", text),
    (
      "steps",
      list(
        of: object(
          [("tier", text), ("expression", text), ("source", text), ("rows", count), ("microseconds", count)],
          optional: ["microseconds"]))
    ),
  ])

  static let search = object(
    [
      ("hits", list(of: object([("_match", match)], isOpen: true))), ("count", count),
      ("facets", map(to: facet)), ("notices", list(of: text)), ("partial", list(of: text)),
      ("diagnosis", diagnosis), ("explanation", explanation), ("next", text), ("as_of", map(to: time)),
    ], optional: ["count", "facets", "partial", "diagnosis", "explanation", "next"])

  private static let suggestion = object([("text", text), ("field", text), ("count", count)])

  static let suggestions = object([("words", list(of: suggestion)), ("values", list(of: suggestion))])

  static let ingest = object(
    ["added", "updated", "unchanged", "stale", "refused", "forgotten", "records_per_second", "milliseconds"]
      .map { ($0, count) } + [
        ("unread_members", list(of: .object([("type", "object")]))),
        (
          "refusals",
          list(of: object([("line", .object([("type", .list(["integer", "null"]))])), ("reason", text)]))
        ),
      ])

  static let lookup = object([
    (
      "results",
      list(
        of: object([
          ("status", .object([("type", "string"), ("enum", .list(["found", "ambiguous", "missing"]))])),
          ("candidates", list(of: object([("id", text), ("connector", text)]))),
        ]))
    )
  ])

  private static let optionalText = JSONValue.object([("type", .list(["string", "null"]))])
  private static let optionalCount = JSONValue.object([("type", .list(["integer", "null"]))])

  static let log = object([
    (
      "entries",
      list(
        of: object([
          ("number", count), ("time", text), ("kind", text), ("key", text), ("query", optionalText),
          ("canonical_query", optionalText), ("purpose", optionalText), ("erased", list(of: text)),
          ("scope", text), ("count", optionalCount),
          ("candidates", list(of: object([("connector", text), ("id", optionalText)]))),
          ("generation", optionalCount), ("program", text), ("request", text),
        ]))
    )
  ])

  static let job = object([("job", text)])

  static let jobState = object(
    [
      ("state", .object([("type", "string"), ("enum", .list(["running", "done", "failed"]))])),
      ("result", .object([("type", "object")])), ("reason", text),
    ], optional: ["result", "reason"])

  static let status = object([("status", text)])

  static let receipt = object([("status", oneOf(Connectors.Receipt.allCases.map(\.rawValue)))])

  private static let bindbee = object([
    ("integration", nullable(text)), ("status", oneOf(BindbeeConnector.Status.allCases.map(\.rawValue))),
    ("sync_status", nullable(oneOf(BindbeeConnector.SyncState.allCases.map(\.rawValue)))),
    ("relink_needed_at", time), ("last_sync_start_time", time), ("is_active", nullable(flag)),
  ])

  private static let lastSync = object([
    ("kind", oneOf(SyncStatus.Kind.allCases.map(\.rawValue))), ("begun_at", time), ("ended_at", time),
    ("outcome", nullable(text)),
  ])

  static let connectors = object([
    (
      "connectors",
      list(
        of: object([
          ("name", text), ("candidates", count), ("fresh_at", time), ("running", flag),
          ("last_sync", nullable(lastSync)), ("sync_error_at", time), ("needs_relinking", nullable(flag)),
          ("bindbee", nullable(bindbee)),
        ]))
    )
  ])

  static let problem = object(
    [
      ("type", text), ("title", text), ("status", count), ("detail", text), ("request_id", text),
      ("offset", count), ("length", count), ("suggestion", text), ("parameter", text),
    ], optional: ["offset", "length", "suggestion", "parameter"])
}
