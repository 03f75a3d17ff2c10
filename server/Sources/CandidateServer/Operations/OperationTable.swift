import AccessKeys
import CandidateJSON
import HTTPTypes

/// The table of operations.
enum OperationTable {
  private static let anObject = JSONValue.object([("type", "object")])

  /// All operations.
  static let all = api + PageTable.all

  /// The operations for programs.
  static let api: [Operation] = [
    Operation(
      id: "search", method: .get, path: "/v1/search", access: .right(.search), summary: "Finds candidates.",
      parameters: SearchOperation.parameters,
      answers: [.init(status: .ok, summary: "The hits.", type: .json, schema: Schemas.search)],
      problems: searchProblems, isRecorded: true, run: SearchOperation.run),
    Operation(
      id: "search-by-body", method: .post, path: "/v1/search", access: .right(.search),
      summary: "Finds candidates; the parameters are in the body, so that no log of addresses contains them.",
      parameters: SearchOperation.parameters, body: .parameters,
      answers: [.init(status: .ok, summary: "The hits.", type: .json, schema: Schemas.search)],
      problems: searchProblems, isRecorded: true, run: SearchOperation.run),
    Operation(
      id: "suggest", method: .get, path: "/v1/suggest", access: .right(.search),
      summary: "Completes a text that is being typed.", parameters: SuggestOperation.parameters,
      answers: [.init(status: .ok, summary: "Words and values.", type: .json, schema: Schemas.suggestions)],
      problems: [.overloaded, .tooSlow, .indexUnavailable], run: SuggestOperation.run),
    Operation(
      id: "export", method: .get, path: "/v1/export", access: .right(.export),
      furtherRights: ExportOperation.furtherRights,
      summary:
        "Returns the candidates that a search finds as CSV, without the addresses of those who have not agreed to be e-mailed.",
      parameters: ExportOperation.parameters,
      answers: [.init(status: .ok, summary: "The candidates.", type: .csv)],
      problems: [.wrongQuery, .exportTooLarge, .overloaded, .tooSlow, .indexUnavailable], isRecorded: true,
      run: ExportOperation.run),
    Operation(
      id: "get-candidate", method: .get, path: "/v1/candidates/{connector}/{id}", access: .right(.records),
      summary: "Returns a record as it was received.",
      parameters: [CandidateOperations.connector, CandidateOperations.id, SearchOperation.session],
      answers: [.init(status: .ok, summary: "The record.", type: .json, schema: anObject)],
      problems: [.notFound, .overloaded, .tooSlow, .indexUnavailable], isRecorded: true,
      run: CandidateOperations.get),
    Operation(
      id: "delete-candidate", method: .delete, path: "/v1/candidates/{connector}/{id}",
      access: .right(.write), summary: "Removes a candidate; a later upload may bring it back.",
      parameters: [CandidateOperations.connector, CandidateOperations.id],
      answers: [.init(status: .noContent, summary: "It is removed.")],
      problems: [.notFound, .overloaded, .indexUnavailable], run: CandidateOperations.delete),
    Operation(
      id: "add-candidates", method: .post, path: "/v1/candidates/{connector}", access: .right(.write),
      summary: "Adds and updates candidates: records as NDJSON or as a JSON array.",
      parameters: [CandidateOperations.connector], body: .records,
      answers: [
        .init(
          status: .ok, summary: "The counts, and the refused records by line.", type: .json,
          schema: Schemas.ingest, links: [ofUploaded("get-candidate"), ofUploaded("delete-candidate")])
      ],
      problems: [.overloaded, .indexUnavailable], run: CandidateOperations.add),
    Operation(
      id: "lookup", method: .post, path: "/v1/lookup", access: .right(.records),
      summary:
        "Finds candidates by ids, e-mail addresses, phone numbers or web addresses, up to 1,000 at once.",
      body: .object(LookupOperation.body),
      answers: [
        .init(status: .ok, summary: "A result for each item.", type: .json, schema: Schemas.lookup)
      ],
      problems: [.overloaded, .tooSlow, .indexUnavailable], isRecorded: true, run: LookupOperation.run),
    Operation(
      id: "forget", method: .post, path: "/v1/forget", access: .right(.forget),
      summary: "Removes candidates for good and keeps them out. It rewrites the file, so that it is a job.",
      body: .object(ForgetOperation.body),
      answers: [
        .init(
          status: .accepted, summary: "The id of the job.", type: .json, schema: Schemas.job,
          links: [.init(operation: "job", parameters: [("id", "$response.body#/job")])])
      ],
      problems: [.overloaded], run: ForgetOperation.run),
    Operation(
      id: "job", method: .get, path: "/v1/jobs/{id}", access: .right(.forget),
      summary: "Returns the state of a job.", parameters: [ForgetOperation.job],
      answers: [.init(status: .ok, summary: "The state.", type: .json, schema: Schemas.jobState)],
      problems: [.notFound], run: ForgetOperation.state),
    Operation(
      id: "stats", method: .get, path: "/v1/stats", access: .right(.search),
      summary: "Counts what the index contains, within the scope of the key.",
      answers: [.init(status: .ok, summary: "The statistics.", type: .json, schema: anObject)],
      problems: [.overloaded, .tooSlow, .indexUnavailable], run: StatusOperations.statistics),
    Operation(
      id: "connectors", method: .get, path: "/v1/connectors", access: .right(.search),
      summary:
        "Lists the connectors within the scope of the key, with the age of their data and their state at Bindbee.",
      answers: [.init(status: .ok, summary: "The connectors.", type: .json, schema: Schemas.connectors)],
      problems: [.overloaded, .tooSlow, .indexUnavailable], run: ConnectorOperation.run),
    Operation(
      id: "bindbee-webhook", method: .post, path: "/v1/webhooks/bindbee", access: .signature,
      summary: "Receives an event of Bindbee. Its connector is synced after the answer.",
      ownFields: [WebhookOperation.signature],
      body: .event(WebhookOperation.body),
      answers: [
        .init(
          status: .accepted, summary: "The event is stored, or needs no action.", type: .json,
          schema: Schemas.receipt)
      ],
      problems: [.overloaded], run: WebhookOperation.run),
    Operation(
      id: "log", method: .get, path: "/v1/log", access: .right(.log),
      summary: "Searches the search log: who searched for what, when and why.",
      parameters: LogOperation.parameters,
      answers: [.init(status: .ok, summary: "The entries.", type: .json, schema: Schemas.log)],
      problems: [.notFound, .overloaded, .tooSlow, .logUnavailable], run: LogOperation.run),
    Operation(
      id: "log-seen", method: .get, path: "/v1/log/seen/{connector}/{id}", access: .right(.log),
      summary: "Lists who was shown a candidate, when and why, also after the candidate was forgotten.",
      parameters: LogOperation.seenParameters,
      answers: [.init(status: .ok, summary: "The entries.", type: .json, schema: Schemas.log)],
      problems: [.notFound, .overloaded, .tooSlow, .logUnavailable], run: LogOperation.seen),
    Operation(
      id: "live", method: .get, path: "/livez", access: .open, summary: "Whether the process runs.",
      answers: [.init(status: .ok, summary: "It runs.", type: .json, schema: Schemas.status)],
      run: StatusOperations.live),
    Operation(
      id: "ready", method: .get, path: "/readyz", access: .open,
      summary: "Whether searches can be answered: the index opens, and its version fits.",
      answers: [.init(status: .ok, summary: "They can.", type: .json, schema: Schemas.status)],
      problems: [.indexUnavailable], run: StatusOperations.ready),
    Operation(
      id: "metrics", method: .get, path: "/metrics", access: .right(.metrics),
      summary: "Returns the metrics of the server in Prometheus' text format.",
      answers: [.init(status: .ok, summary: "The metrics.", type: .metrics)],
      run: StatusOperations.metrics),
    Operation(
      id: "openapi", method: .get, path: "/openapi.json", access: .open,
      summary: "Describes the API (OpenAPI 3.1).",
      answers: [.init(status: .ok, summary: "The description.", type: .json, schema: anObject)],
      run: StatusOperations.description),
    Operation(
      id: "docs", method: .get, path: "/docs", access: .open,
      summary: "The documentation of the API, as a page.",
      answers: [.init(status: .ok, summary: "The page.", type: .html)], run: StatusOperations.documentation),
  ]

  /// A link to the first candidate of an upload.
  private static func ofUploaded(_ operation: String) -> Operation.Link {
    .init(
      operation: operation,
      parameters: [("connector", "$request.path.connector"), ("id", "$request.body#/0/id")])
  }

  private static let searchProblems: [Problem.Kind] = [
    .wrongQuery, .wrongCursor, .overloaded, .tooSlow, .indexUnavailable,
  ]

  /// The operation of a request, with the values of its path parameters. HEAD is answered as GET.
  /// - Throws: `Problem`.
  static func find(
    _ method: HTTPRequest.Method, _ parts: [Substring]
  ) throws(Problem) -> (Operation, path: [String: String]) {
    let method = method == .head ? .get : method
    var allowed: [String] = []
    for operation in all {
      guard let values = operation.pathValues(parts) else { continue }
      if operation.method == method { return (operation, values) }
      allowed.append(operation.method.rawValue)
    }
    guard !allowed.isEmpty else { throw Problem(.notFound, "the paths of the API are in /openapi.json") }
    if allowed.contains("GET") { allowed.append("HEAD") }
    let list = allowed.joined(separator: ", ")
    throw Problem(.methodNotAllowed, "takes \(list)", headers: [.allow: list])
  }
}
