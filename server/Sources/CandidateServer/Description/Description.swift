import CandidateJSON
import HTTPTypes

/// The description of the API, from the table of operations.
enum Description {
  static let version = "1"

  /// The description in OpenAPI 3.1.
  static let openAPI: JSONValue = {
    var paths: [(String, [(String, JSONValue)])] = []
    for operation in OperationTable.all {
      let member = (operation.method.rawValue.lowercased(), item(operation))
      if let i = paths.firstIndex(where: { $0.0 == operation.path }) {
        paths[i].1.append(member)
      } else {
        paths.append((operation.path, [member]))
      }
    }
    return .object([
      ("openapi", "3.1.0"),
      ("info", .object([("title", "cand-search"), ("version", .string(version))])),
      ("paths", .object(paths.map { ($0.0, .object($0.1)) })),
      (
        "components",
        .object([
          ("schemas", .object([("Problem", Schemas.problem)])),
          (
            "securitySchemes",
            .object([("key", .object([("type", "http"), ("scheme", "bearer")]))])
          ),
        ])
      ),
    ])
  }()

  private static func item(_ operation: Operation) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("operationId", .string(operation.id)), ("summary", .string(operation.summary)),
    ]
    if case .right(let right) = operation.access {
      members.append(
        ("description", .string("Needs the right `\(right.rawValue)` where the server has keys.")))
      // A server without keys needs none.
      members.append(("security", .list([.object([("key", .list([]))]), .object([])])))
    }
    let inAddress = operation.parameters.filter {
      if case .parameters = operation.body { $0.place == .path } else { true }
    }
    if !inAddress.isEmpty { members.append(("parameters", .list(inAddress.map(parameter)))) }
    if let body = operation.body { members.append(("requestBody", requestBody(body, operation.parameters))) }
    members.append(("responses", .object(operation.answers.map(answer) + problems(operation))))
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
    case .parameters:
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
        ("properties", .object([("id", .object([("type", "string"), ("minLength", .number(1))]))])),
      ])
      content = [
        ("application/json", .object([("schema", .object([("type", "array"), ("items", record)]))])),
        ("application/x-ndjson", .object([("schema", .object([("type", "string")]))])),
      ]
    }
    return .object([("required", .bool(true)), ("content", .object(content))])
  }

  private static func answer(_ answer: Operation.Answer) -> (String, JSONValue) {
    var members: [(String, JSONValue)] = [("description", .string(answer.summary))]
    if let type = answer.type {
      let name = type.rawValue.prefix { $0 != ";" }
      let content = type == .json ? [("schema", answer.schema)] : []
      members.append(("content", .object([(String(name), .object(content))])))
    }
    return ("\(answer.status.code)", .object(members))
  }

  /// The problems by status.
  private static func problems(_ operation: Operation) -> [(String, JSONValue)] {
    let kinds = Dictionary(grouping: operation.allProblems, by: \.status.code)
    return kinds.sorted { $0.key < $1.key }.map { code, kinds in
      (
        "\(code)",
        .object([
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
}
