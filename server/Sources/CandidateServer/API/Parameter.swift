import CandidateJSON
import CandidateSearch
import HTTPTypes

/// A parameter of an operation: one row for reading it from a request, for `openapi.json` and for documentation.
struct Parameter: Sendable {
  /// The values that it takes.
  enum Kind: Sendable {
    /// A text of at most this many Unicode scalars.
    case text(maximum: Int)
    /// Any text. The operation decides what it uses of it.
    case anyText
    /// A time in ISO 8601.
    case time
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// `true` or `false`.
    case flag
    /// One of these texts.
    case choice([String])
    /// Several of these texts, each once: repeated, or with commas between.
    case choices([String])
  }

  /// Where the request has it.
  enum Place: String, Sendable {
    case path, query, header
  }

  let name: String
  let kind: Kind
  let summary: String
  var place = Place.query
  var isRequired = false
  /// Texts without control characters and without those that change the direction of writing: what names of connectors
  /// and ids of records consist of.
  static let plainPattern =
    #"^[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]*$"#

  /// A regular expression that its texts match, for documentation; the operation checks it.
  var pattern: String?
  /// The value without it, as documentation shows it.
  var standard: JSONValue?

  /// Its name as a header field; nil for another place.
  var field: HTTPField.Name? { place == .header ? HTTPField.Name(name) : nil }

  /// The JSON schema of its values.
  var schema: JSONValue {
    var members: [(String, JSONValue)]
    switch kind {
    case .text(let maximum):
      members = [("type", "string"), ("maxLength", .number(maximum))]
      if isRequired { members.append(("minLength", .number(1))) }
      if let pattern { members.append(("pattern", .string(pattern))) }
    case .anyText: members = [("type", "string")]
    case .time: members = [("type", "string"), ("format", "date-time")]
    case .integer(let range):
      members = [
        ("type", "integer"), ("minimum", .number(range.lowerBound)), ("maximum", .number(range.upperBound)),
      ]
    case .flag: members = [("type", "boolean")]
    case .choice(let texts): members = [("type", "string"), ("enum", .list(texts.map { .string($0) }))]
    case .choices(let texts):
      members = [
        ("type", "array"), ("uniqueItems", .bool(true)),
        ("items", .object([("type", "string"), ("enum", .list(texts.map { .string($0) }))])),
      ]
    }
    if let standard { members.append(("default", standard)) }
    return .object(members)
  }

  /// A value as a request's address spells it.
  /// - Throws: `Problem`.
  func value(_ texts: [String]) throws(Problem) -> Argument {
    if case .choices = kind {
      return .texts(try choices(texts.flatMap { $0.split(separator: ",").map(String.init) }))
    }
    guard texts.count == 1, let text = texts.first else { throw wrong("takes one value, not \(texts.count)") }
    switch kind {
    case .text, .anyText, .choice, .time: return try value(.string(text))
    case .integer:
      guard let number = Int(text) else { throw wrong(expectation) }
      return try value(.integer(number))
    case .flag:
      switch text {
      case "true", "1": return .flag(true)
      case "false", "0": return .flag(false)
      default: throw wrong(expectation)
      }
    case .choices: throw wrong(expectation)
    }
  }

  /// A value as a body in JSON has it.
  /// - Throws: `Problem`.
  func value(_ input: JSONInput) throws(Problem) -> Argument {
    switch (kind, input) {
    case (.text(let maximum), .string(let text)):
      if isRequired, text.isEmpty { throw wrong("must not be empty") }
      guard text.unicodeScalars.count <= maximum else {
        throw wrong("takes at most \(maximum) characters, not \(text.unicodeScalars.count)")
      }
      return .text(text)
    case (.anyText, .string(let text)): return .text(text)
    case (.time, .string(let text)) where Timestamp(text) != nil: return .text(text)
    case (.integer(let range), .integer(let number)) where range.contains(number): return .integer(number)
    case (.flag, .bool(let flag)): return .flag(flag)
    case (.choice(let known), .string(let text)) where known.contains(text): return .text(text)
    case (.choices, .list(let inputs)):
      var texts: [String] = []
      for input in inputs {
        guard case .string(let text) = input else { throw wrong(expectation) }
        texts.append(text)
      }
      return .texts(try choices(texts))
    default: throw wrong(expectation)
    }
  }

  private func choices(_ texts: [String]) throws(Problem) -> [String] {
    guard case .choices(let known) = kind, texts.allSatisfy(known.contains), Set(texts).count == texts.count
    else { throw wrong(expectation) }
    return texts
  }

  private var expectation: String {
    switch kind {
    case .text, .anyText: "takes a text"
    case .time: "takes a time such as 2026-01-31 or 2026-01-31T09:30:00Z"
    case .integer(let range): "takes a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: "takes true or false"
    case .choice(let known): "takes one of \(known.joined(separator: ", "))"
    case .choices(let known): "takes some of \(known.joined(separator: ", ")), each once"
    }
  }

  /// The problem of a wrong value. It does not repeat the value, which may be personal.
  private func wrong(_ reason: String) -> Problem {
    Problem(.wrongParameter, "\(name): \(reason)", members: [("parameter", .string(name))])
  }
}

/// The value of a parameter.
enum Argument: Sendable {
  case text(String)
  case integer(Int)
  case flag(Bool)
  case texts([String])
}

/// The arguments of a request, by the names of the parameters.
struct Arguments: Sendable {
  private var values: [String: Argument] = [:]

  /// Reads what a request has in its address, in its header fields and, for a POST, in its body. `ignoresUnknown`: the
  /// address may have other parameters, such as those that tools add to links.
  /// - Throws: `Problem` for a parameter that is unknown, missing or wrong.
  init(
    _ parameters: [Parameter], path: [String: String] = [:], query: [(name: String, value: String)] = [],
    body: [String: JSONInput] = [:], headers: HTTPFields = [:],
    ignoresUnknown: Bool = false
  ) throws(Problem) {
    for (name, _) in query
    where !ignoresUnknown && !parameters.contains(where: { $0.name == name && $0.place == .query }) {
      throw Self.unknown(name, parameters)
    }
    for name in body.keys.sorted()
    where !parameters.contains(where: { $0.name == name && $0.place == .query }) {
      throw Self.unknown(name, parameters)
    }
    for parameter in parameters {
      var texts: [String] = []
      switch parameter.place {
      case .path: if let text = path[parameter.name] { texts.append(text) }
      case .query: for (name, value) in query where name == parameter.name { texts.append(value) }
      case .header: if let field = parameter.field, let text = headers[field] { texts.append(text) }
      }
      if let input = body[parameter.name] {
        guard texts.isEmpty else {
          throw Problem(.wrongParameter, "\(parameter.name): in the address and in the body")
        }
        values[parameter.name] = try parameter.value(input)
      } else if !texts.isEmpty {
        values[parameter.name] = try parameter.value(texts)
      } else if parameter.isRequired {
        throw Problem(
          .wrongParameter, "\(parameter.name): is missing", members: [("parameter", .string(parameter.name))])
      }
    }
  }

  private static func unknown(_ name: String, _ parameters: [Parameter]) -> Problem {
    let known = parameters.filter { $0.place == .query }.map(\.name).joined(separator: ", ")
    return Problem(
      .wrongParameter,
      known.isEmpty ? "this takes no parameters" : "a parameter is unknown; this takes \(known)",
      members: [("parameter", .string(String(name.prefix(100))))])
  }

  func text(_ name: String) -> String? { if case .text(let text) = values[name] { text } else { nil } }
  func integer(_ name: String) -> Int? { if case .integer(let number) = values[name] { number } else { nil } }
  func flag(_ name: String) -> Bool? { if case .flag(let flag) = values[name] { flag } else { nil } }
  func texts(_ name: String) -> [String] { if case .texts(let texts) = values[name] { texts } else { [] } }
}
