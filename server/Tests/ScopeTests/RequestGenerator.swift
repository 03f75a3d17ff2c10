import CandidatePage
import HTTPTypes
import TestSupport

@testable import CandidateServer
@testable import ServerTestSupport

/// Makes requests from the table of operations. An operation or a parameter that it does not know is an error, so that a
/// new one is covered.
struct RequestGenerator {
  var random: SplitMix64
  /// Connectors and ids for paths and bodies.
  let candidates: [(connector: String, id: String)]
  /// Whether some requests are wrong.
  var makesErrors = true

  private static let queries = [
    "engineer", "", "enginer", "enginear london", "senior engineer", "smith", "smyth", "jhon smitt",
    "anna smith", "title:engineer", "title:enginer", "title:eng* -tag:py*", "tag:python location:london",
    "a OR software engineer OR manager london", "senior engineer OR john smith OR nurse", "-engineer",
    "outsideword", "outsidewort", "outsidewor", "sekretx smith", "zzyzx engineer", "modified:2024",
    "modified:<900d", "last_interaction:2015..", "is:private", "-is:private", "is_private:true",
    "connector:outside", "connector:greenhouse", "-connector:lever", "connector:grenhouse", "id:added-1",
    "added-1", "company:smith", "name:j*", "\"software engineer\"", "coder london", "can_email:true",
    "email:nurse1@engineer.example", "nurse1@engineer.example", "@python.example", "has:email missing:phone",
    "phone:\"+49 30 551001\"", "+49 30 551001", "linkedin.com", "custom.source:nurse", "custom.nothing:x",
    "url:linkedin.com", "title:", "nofield:x", "(engineer", "modified:soon", "\"open", "tag:a OR", "*",
  ]

  private static let texts: [String: [String]] = [
    "q": queries, "cursor": ["", "AAAA", "!"], "session": ["typing"], "key": ["scoped"],
    "purpose": ["hiring"], "X-Purpose": ["hiring", String(repeating: "a", count: 501)],
    "X-Bindbee-Webhook-Signature": ["wrong"],
    "since": ["2026-01-01", "never"], "until": ["2036-01-01"],
    "next": ["/?q=engineer", "//elsewhere.example"], "csrf": ["wrong"],
  ]

  /// The bodies of operations that take more than parameters.
  private static let bodies: [String: @Sendable (inout RequestGenerator) -> String] = [
    "add-candidates": { #"{"id":"\#($0.candidate.id)","first_name":"New"}"# },
    "lookup": { $0.lookup },
    "forget": { #"{"ids":["\#($0.candidate.id)"]}"# },
    "bindbee-webhook": { _ in #"{"webhook":{"event":"connector_synced"},"connector":{"id":"conn-1"}}"# },
  ]

  init(random: SplitMix64, candidates: [(connector: String, id: String)], makesErrors: Bool = true) {
    self.random = random
    self.candidates = candidates
    self.makesErrors = makesErrors
  }

  /// A request of an operation.
  /// - Throws: `TestFailure` for an operation that has no values here.
  mutating func request(for operation: Operation) throws -> TestRequest {
    let (connector, id) = candidate
    var request = TestRequest(
      method: operation.method.rawValue, path: operation.path, parameters: [],
      isByBody: operation.body.map { if case .parameters = $0 { true } else { false } } ?? false,
      isForm: operation.body.map { if case .form = $0 { true } else { false } } ?? false)
    for parameter in operation.parameters {
      if parameter.place == .path {
        let values = [
          "connector": connector.isEmpty ? "-" : connector, "id": id, "name": PageAsset.style.name,
        ]
        guard let value = values[parameter.name] else { throw unknown(parameter.name) }
        request.path = request.path.replacing("{\(parameter.name)}", with: TestRequest.encoded(value))
      } else if parameter.isRequired || parameter.name == "q" || chance(parameter.name == "limit" ? 2 : 3)
        // The page of a candidate that is open, and the part that is one, need its id.
        || parameter.name == "id" && operation.id == "candidate-part"
        || parameter.name == "connector" && operation.id == "candidate-part"
      {
        if parameter.name == "cursor", !chance(4) { continue }
        switch parameter.name {
        case "connector": request.parameters.append((parameter.name, .text(connector)))
        case "id": request.parameters.append((parameter.name, .text(id)))
        default: request.parameters.append((parameter.name, try value(of: parameter)))
        }
      }
    }
    if makesErrors {
      for field in operation.fields where field.name != RequestIdentifier.parameter.name && chance(4) {
        if case .text(let text) = try value(of: field) { request.fields.append("\(field.name): \(text)") }
      }
    }
    if operation.body != nil, !request.isByBody, !request.isForm {
      guard let body = Self.bodies[operation.id] else { throw unknown(operation.id) }
      request.body = Array(body(&self).utf8)
    }
    if request.isForm {
      request.fields += BrowserSession.form
    } else if request.bytes != nil {
      request.fields.append("Content-Type: application/json")
    }
    if makesErrors { vary(&request) }
    return request
  }

  private func unknown(_ name: String) -> TestFailure { TestFailure("add values for \(name) to this test") }

  private mutating func value(of parameter: Parameter) throws -> TestRequest.Value {
    switch parameter.kind {
    case .text, .anyText, .time:
      guard let texts = Self.texts[parameter.name] else { throw unknown(parameter.name) }
      guard makesErrors else { return .text(texts.first ?? "") }
      if parameter.name == "q", chance(8) { return .text("id:\(candidate.id)") }
      return .text(texts.randomElement(using: &random) ?? "")
    case .integer(let range):
      let few = [range.lowerBound, 1, 2, 3, 5, 10, range.upperBound]
      return .integer(
        makesErrors && chance(20) ? range.upperBound + 1 : few.randomElement(using: &random) ?? 1)
    case .flag: return .flag(chance(2))
    case .choice(let known): return .text(known.randomElement(using: &random) ?? "")
    case .choices(let known): return .texts(Array(known.shuffled(using: &random).prefix(2)))
    }
  }

  /// What a client may do with any operation.
  private mutating func vary(_ request: inout TestRequest) {
    if request.method == "GET", chance(6) { request.method = "HEAD" }
    if chance(8), !request.explains { request.fields.append("Accept-Encoding: gzip") }
    if chance(30) { request.parameters.append(("unknown", .text("x"))) }
    if chance(40) { request.method = "PATCH" }
    if chance(40) { request.path += "/more" }
    if chance(20), request.body != nil { request.body?.removeLast() }
  }

  private mutating func chance(_ oneOf: UInt64) -> Bool { random.next() % oneOf == 0 }

  private var candidate: (connector: String, id: String) {
    mutating get {
      if makesErrors, chance(8) { return ("nowhere", "missing") }
      return candidates.randomElement(using: &random) ?? ("nowhere", "missing")
    }
  }

  private var lookup: String {
    mutating get {
      var items: [String] = []
      for _ in 0..<5 {
        items.append(#"{"id":"\#(candidate.id)"}"#)
        guard makesErrors, chance(6) else { continue }
        items.append(
          [
            #"{"email":"nurse1@engineer.example"}"#, #"{"phone":"+49 30 551000"}"#,
            #"{"email":"anna.nurse@engineer.example"}"#, #"{"url":"https://linkedin.com/in/nurse2"}"#,
            #"{"phone":"none"}"#, #"{"url":"?"}"#, #"{"email":""}"#,
          ].randomElement(using: &random) ?? "")
      }
      return #"{"items":[\#(items.joined(separator: ","))]}"#
    }
  }
}
