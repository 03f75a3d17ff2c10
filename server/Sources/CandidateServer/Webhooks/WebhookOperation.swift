import CandidateJSON
import HTTPTypes

/// `/v1/webhooks/bindbee`: receives events of Bindbee.
enum WebhookOperation {
  static let signature = Parameter(
    name: "X-Bindbee-Webhook-Signature", kind: .anyText,
    summary: "The HMAC-SHA256 of the body in base64url with padding; needed.", place: .header)

  static let body = JSONValue.object([
    ("type", "object"), ("required", .list(["webhook"])),
    (
      "properties",
      .object([
        (
          "webhook",
          .object([
            ("type", "object"), ("required", .list(["event"])),
            ("properties", .object([("event", .object([("type", "string")]))])),
          ])
        )
      ])
    ),
  ])

  static func run(_ call: Call) async throws -> Reply {
    let body = try await call.service.bytes(of: call.request, atMost: call.service.limits.jsonBytes)
    let connectors = call.service.connectors
    guard let text = call.arguments.text(signature.name), connectors.isSignature(text, of: body)
    else {
      throw Problem(.wrongSignature, "sign the body with the key of the organisation's webhooks")
    }
    let receipt = try await connectors.receive(body)
    return Reply(.object([("status", .string(receipt.rawValue))]), status: .accepted)
  }
}
