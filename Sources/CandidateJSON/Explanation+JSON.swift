import CandidateSearch

extension SearchDiagnosis {
  /// The parts of the query with their counts, and the part whose removal is proposed.
  public var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("clauses", .list(clauses.map(\.json))), ("clause_count", .number(clauseCount)),
    ]
    members += smallestToDrop.map { [("drop", .string($0.text))] } ?? []
    return .object(members)
  }
}

extension SearchDiagnosis.Clause {
  /// The part, the count of what it finds alone, and the count of what the query without it finds.
  public var json: JSONValue {
    .object([
      ("text", .string(text)), ("count", .number(count)), ("count_without", .number(countWithout)),
    ])
  }
}

extension SearchExplanation {
  /// The canonical form of the query and the evaluated queries. Their times, in microseconds, may show whether a word occurs
  /// among hidden candidates: leave them out for whoever must not see these.
  public func json(includesTimes: Bool = true) -> JSONValue {
    .object([
      ("query", .string(tree)), ("steps", .list(steps.map { $0.json(includesTime: includesTimes) })),
    ])
  }
}

extension SearchExplanation.Step {
  /// The step, with its time in microseconds.
  public func json(includesTime: Bool = true) -> JSONValue {
    .object(
      [
        ("tier", .string(tier.rawValue)), ("expression", .string(expression)), ("source", .string(source)),
        ("rows", .number(rows)),
      ] + (includesTime ? [("microseconds", .number(microseconds))] : []))
  }
}
