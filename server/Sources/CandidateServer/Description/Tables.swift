import AccessKeys
import CandidateJSON

/// The tables of the documentation, from those that the server runs by.
enum Tables {
  static let operations = Table(
    columns: ["Operation", "Right", "Summary"],
    rows: OperationTable.api.map {
      .init(
        target: $0.id, cells: ["`\($0.method.rawValue) \($0.path)`", right($0), $0.summary])
    })

  static let pages = Table(
    columns: ["Page", "Right", "Summary"],
    rows: PageTable.all.map {
      .init(cells: ["`\($0.method.rawValue) \($0.path)`", right($0), $0.summary])
    })

  static let rights = Table(
    columns: ["Right", "With a scope", "Permits"],
    rows: AccessRight.allCases.map {
      .init(cells: ["`\($0.rawValue)`", $0.permitsScope ? "yes" : "no", $0.summary])
    })

  static let problems = Table(
    columns: ["Type", "Status", "Meaning"],
    rows: Problem.Kind.allCases.map {
      .init(
        anchor: "problem-\($0.rawValue)", cells: ["`\($0.rawValue)`", "\($0.status.code)", $0.title + "."])
    })

  /// The parameters in header fields, and the operations that have them.
  static let fields = Table(
    columns: ["Field", "Values", "Meaning", "Of"],
    rows: namesOfFields.compactMap { name in
      let operations = OperationTable.all.filter { $0.fields.contains { $0.name == name } }
      guard let field = operations.first?.fields.first(where: { $0.name == name }) else { return nil }
      let isOfAll = operations.count == OperationTable.all.count
      return .init(
        cells: [
          "`\(name)`", values(field.kind), field.summary,
          isOfAll
            ? "all operations"
            : operations.map { "`\($0.method.rawValue) \($0.path)`" }.joined(separator: ", "),
        ])
    })

  /// The names of header fields, each once.
  private static var namesOfFields: [String] {
    OperationTable.all.flatMap(\.fields).map(\.name).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  /// The standard limits.
  static let limits = Table(
    columns: ["Limit", "Value", "Beyond it"], rows: limitRows(Limits()).map { .init(cells: $0) })

  static func parameters(_ parameters: [Parameter]) -> Table {
    Table(
      columns: ["Name", "Values", "Default", "Meaning"],
      rows: parameters.map {
        .init(
          cells: [
            "`\($0.name)`", values($0.kind), $0.isRequired ? "required" : $0.standard.map(text) ?? "",
            $0.summary,
          ])
      })
  }

  private static func right(_ operation: Operation) -> String {
    switch operation.access {
    case .open: "none"
    case .right(let right), .session(let right):
      ([right] + operation.furtherRights).map { "`\($0.rawValue)`" }.joined(separator: ", ")
    case .signature: "signature"
    }
  }

  private static func text(_ standard: JSONValue) -> String {
    if case .string(let text) = standard {
      text.isEmpty ? "empty" : text
    } else {
      String(decoding: standard.bytes, as: UTF8.self)
    }
  }

  private static func values(_ kind: Parameter.Kind) -> String {
    switch kind {
    case .text(let maximum): "a text of at most \(maximum) characters"
    case .anyText: "a text"
    case .time: "a time, ISO 8601"
    case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .flag: "`true`, `false`"
    case .choice(let texts): texts.map { "`\($0)`" }.joined(separator: ", ")
    case .choices(let texts): "some of " + texts.map { "`\($0)`" }.joined(separator: ", ")
    }
  }

  private static func limitRows(_ limits: Limits) -> [[String]] {
    func problem(_ kind: Problem.Kind) -> String { "`\(kind.rawValue)`" }
    let closed = "the connection is closed"
    return [
      ["Length of a query", "\(Limits.queryCharacters) characters", problem(.wrongParameter)],
      ["Candidates of an export", "\(Limits.exportedCandidates)", problem(.exportTooLarge)],
      ["Length of records in a body", "\(limits.bodyBytes) bytes", problem(.bodyTooLarge)],
      ["Length of any other body", "\(limits.jsonBytes) bytes", problem(.bodyTooLarge)],
      ["Length of address and header fields", "\(limits.headerBytes) bytes", problem(.headerTooLong)],
      ["Header fields", "\(limits.headerFields)", problem(.headerTooLong)],
      ["Time of a search", "\(limits.requestSeconds) s", problem(.tooSlow)],
      [
        "Searches at once", "\(limits.concurrentSearches), and \(limits.waitingSearches) wait",
        problem(.overloaded),
      ],
      ["Changes at once", "1, and \(limits.waitingChanges) wait", problem(.overloaded)],
      ["Requests of a key", "its rate", problem(.tooManyRequests)],
      ["Connections", "\(limits.connections)", "others wait until one is closed"],
      ["Time without a complete request", "\(limits.idleSeconds) s", closed],
      ["Time to send a body other than records", "\(limits.requestSeconds) s", problem(.tooSlow)],
      ["Time to send a request", "\(limits.transferSeconds) s", closed],
      ["Time to receive an answer", "\(limits.transferSeconds) s", closed],
    ]
  }
}
