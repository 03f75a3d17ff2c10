import CandidateJSON
import CandidateSearch

/// `/v1/suggest`: completes a text that is being typed.
enum SuggestOperation {
  static let parameters: [Parameter] = [
    Parameter(
      name: "q", kind: .text(maximum: Limits.queryCharacters), summary: "The text that was typed so far.",
      isRequired: true),
    Parameter(
      name: "limit", kind: .integer(0...100), summary: "The maximum number of words, and of values.",
      standard: .number(10)),
  ]

  static func run(_ call: Call) async throws -> Reply {
    let index = try call.index()
    let (text, limit) = (call.arguments.text("q") ?? "", call.arguments.integer("limit") ?? 10)
    return Reply(try await call.service.limited { try await index.suggest(text, limit: limit) }.json)
  }
}
