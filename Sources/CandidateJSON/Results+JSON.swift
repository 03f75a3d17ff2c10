import CandidateSearch

extension FacetCounts {
  /// The values with their counts, the number of different values and the number of hits without one.
  public var json: JSONValue {
    .object([
      (
        "values", .list(values.map { .object([("value", .string($0.value)), ("count", .number($0.count))]) })
      ),
      ("distinct", .number(distinct)), ("missing", .number(missing)),
    ])
  }
}

extension Suggestions {
  /// The words and the values, each with its field and its count.
  public var json: JSONValue {
    .object([("words", .list(words.map(\.json))), ("values", .list(values.map(\.json)))])
  }
}

extension Suggestions.Suggestion {
  /// The text, its field and its count.
  public var json: JSONValue {
    .object([("text", .string(text)), ("field", .string(field.rawValue)), ("count", .number(count))])
  }
}

extension IngestSummary.UnreadMember {
  /// The field, the problem in words, the number of values and the place of the first.
  public var json: JSONValue {
    .object([
      ("field", .string(defect.field)), ("problem", .string(defect.problem.description)),
      ("count", .number(count)), ("first", .string(place)),
    ])
  }
}

extension IngestSummary {
  /// The counts, the number of candidates that were removed if that was requested, and the duration.
  public func jsonMembers(removal: Removal? = nil) -> [(String, JSONValue)] {
    [
      ("added", .number(added)), ("updated", .number(updated)), ("unchanged", .number(unchanged)),
      ("stale", .number(stale)), ("refused", .number(refused)), ("forgotten", .number(forgotten)),
    ] + (removal.map { [("removed", .number($0.count))] } ?? []) + [
      ("records_per_second", .number(Int(rate))),
      ("milliseconds", .number(Int(seconds * 1000))),
      ("unread_members", .list(unreadMembers.map(\.json))),
    ]
  }
}
