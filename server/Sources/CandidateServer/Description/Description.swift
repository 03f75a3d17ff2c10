import CandidateJSON
import HTTPTypes

/// The description of the API, from the table of operations.
enum Description {
  static let version = "1"

  /// The description in OpenAPI 3.1 of a server: whether requests need keys, and recorded ones a purpose.
  static func openAPI(needsKeys: Bool, requiresPurpose: Bool) -> [UInt8] {
    var paths: [(String, [(String, JSONValue)])] = []
    for operation in OperationTable.api {
      let item = item(operation, needsKeys: needsKeys, requiresPurpose: requiresPurpose)
      let member = (operation.method.rawValue.lowercased(), item)
      if let i = paths.firstIndex(where: { $0.0 == operation.path }) {
        paths[i].1.append(member)
      } else {
        paths.append((operation.path, [member]))
      }
    }
    var components: [(String, JSONValue)] = [("schemas", .object([("Problem", Schemas.problem)]))]
    if needsKeys {
      components.append(
        ("securitySchemes", .object([("key", .object([("type", "http"), ("scheme", "bearer")]))])))
    }
    return JSONValue.object([
      ("openapi", "3.1.0"),
      ("info", .object([("title", "cand-search"), ("version", .string(version))])),
      ("paths", .object(paths.map { ($0.0, .object($0.1)) })),
      ("components", .object(components)),
    ]).bytes
  }

  private static func item(
    _ operation: Operation, needsKeys: Bool, requiresPurpose: Bool
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("operationId", .string(operation.id)), ("summary", .string(operation.summary)),
    ]
    if needsKeys, case .right(let right) = operation.access {
      let rights = ([right] + operation.furtherRights).map { "`\($0.rawValue)`" }.joined(separator: " and ")
      members.append(("description", .string("Needs the right \(rights).")))
      members.append(("security", .list([.object([("key", .list([]))])])))
    }
    let inAddress = operation.parameters.filter {
      if case .parameters = operation.body { $0.place == .path } else { true }
    }
    let fields = operation.fields.map { field in
      var field = field
      if requiresPurpose, field.name == SearchRecorder.purpose.name { field.isRequired = true }
      return field
    }
    members.append(("parameters", .list((inAddress + fields).map(parameter))))
    if let body = operation.body { members.append(("requestBody", requestBody(body, operation.parameters))) }
    members.append(
      ("responses", .object(operation.answers.map { answer($0, of: operation) } + problems(operation))))
    return .object(members)
  }

  private static func parameter(_ parameter: Parameter) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(parameter.name)), ("in", .string(parameter.place.rawValue)),
      ("description", .string(parameter.summary)), ("required", .bool(parameter.isRequired)),
      ("schema", parameter.schema),
    ]
    if case .choices = parameter.kind { members += [("style", "form"), ("explode", .bool(false))] }
    return .object(members)
  }

  private static func requestBody(_ body: Operation.Body, _ parameters: [Parameter]) -> JSONValue {
    let content: [(String, JSONValue)]
    switch body {
    case .parameters, .form:
      let members = parameters.filter { $0.place == .query }
      let schema = JSONValue.object([
        ("type", "object"), ("additionalProperties", .bool(false)),
        ("required", .list(members.filter(\.isRequired).map { .string($0.name) })),
        ("properties", .object(members.map { ($0.name, $0.schema) })),
      ])
      content = [("application/json", .object([("schema", schema)]))]
    case .object(let schema), .event(let schema):
      content = [("application/json", .object([("schema", schema)]))]
    case .records:
      let record = JSONValue.object([
        ("type", "object"), ("required", .list(["id"])),
        (
          "properties",
          .object([
            (
              "id",
              .object([
                ("type", "string"), ("minLength", .number(1)),
                ("pattern", .string(Parameter.plainPattern)),
              ])
            )
          ])
        ),
      ])
      content = [
        ("application/json", .object([("schema", .object([("type", "array"), ("items", record)]))])),
        ("application/x-ndjson", .object([("schema", .object([("type", "string")]))])),
      ]
    }
    return .object([("required", .bool(true)), ("content", .object(content))])
  }

  private static func answer(
    _ answer: Operation.Answer, of operation: Operation
  ) -> (String, JSONValue) {
    var headers = [requestID]
    if operation.method == .get {
      headers.append(
        header("ETag", "A hash of the body; with If-None-Match, an equal one is answered by 304."))
    }
    if answer.status == .accepted { headers.append(header("Location", "Where to ask for the result.")) }
    var members: [(String, JSONValue)] = [
      ("description", .string(answer.summary)), ("headers", .object(headers)),
    ]
    if !answer.links.isEmpty { members.append(("links", .object(answer.links.map(link)))) }
    if let type = answer.type {
      let name = type.rawValue.prefix { $0 != ";" }
      let content = type == .json ? [("schema", answer.schema)] : []
      members.append(("content", .object([(String(name), .object(content))])))
    }
    return ("\(answer.status.code)", .object(members))
  }

  private static let requestID = header(
    RequestIdentifier.parameter.name, "The id of the request, which its line in the log has.")

  private static func header(_ name: String, _ summary: String) -> (String, JSONValue) {
    (
      name,
      .object([
        ("description", .string(summary)), ("required", .bool(true)),
        ("schema", .object([("type", "string"), ("minLength", .number(1))])),
      ])
    )
  }

  private static func link(_ link: Operation.Link) -> (String, JSONValue) {
    (
      link.operation,
      .object([
        ("operationId", .string(link.operation)),
        ("parameters", .object(link.parameters.map { ($0, .string($1)) })),
      ])
    )
  }

  /// The problems by status.
  private static func problems(_ operation: Operation) -> [(String, JSONValue)] {
    let kinds = Dictionary(grouping: operation.allProblems, by: \.status.code)
    return kinds.sorted { $0.key < $1.key }.map { code, kinds in
      (
        "\(code)",
        .object([
          ("headers", .object([requestID] + retrying(kinds))),
          ("description", .string(kinds.map { "\($0.rawValue): \($0.title)." }.joined(separator: " "))),
          (
            "content",
            .object([
              (
                Reply.MediaType.problem.rawValue,
                .object([("schema", .object([("$ref", "#/components/schemas/Problem")]))])
              )
            ])
          ),
        ])
      )
    }
  }

  /// Every refusal for lack of time or room says when to try again.
  private static func retrying(_ kinds: [Problem.Kind]) -> [(String, JSONValue)] {
    kinds.allSatisfy { $0.status == .tooManyRequests }
      ? [header("Retry-After", "After how many seconds the request may succeed.")] : []
  }
}
