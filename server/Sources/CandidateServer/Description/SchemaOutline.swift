import CandidateJSON

/// A JSON schema as nested lists of members.
enum SchemaOutline {
  /// Empty for a schema without members.
  static func html(_ schema: JSONValue) -> String {
    if let items = schema["items"] { return html(items) }
    if let values = schema["additionalProperties"], case .object = values { return html(values) }
    guard case .object(let members)? = schema["properties"], !members.isEmpty else { return "" }
    let required = schema["required"]?.strings ?? []
    let lines = members.map { name, member in
      let type = type(member)
      return "<li><code>\(Table.escaped(name))</code>\(type.isEmpty ? "" : ": \(Table.escaped(type))")"
        + (required.contains(name) ? "" : ", optional") + html(member) + "</li>"
    }
    return "\n<ul>\n\(lines.joined(separator: "\n"))\n</ul>\n"
  }

  private static func type(_ schema: JSONValue) -> String {
    if let values = schema["enum"]?.strings, !values.isEmpty { return values.joined(separator: ", ") }
    if let items = schema["items"] { return "list of " + plural(type(items)) }
    if let values = schema["additionalProperties"], case .object = values {
      return "object with any names for " + plural(type(values))
    }
    let types = schema["type"].map { $0.string.map { [$0] } ?? $0.strings } ?? []
    return types.map { $0 == "null" ? "null" : schema["format"]?.string ?? $0 }.joined(separator: " or ")
  }

  private static func plural(_ type: String) -> String {
    type.isEmpty ? "values" : type.hasPrefix("list of ") || type.contains(",") ? type : type + "s"
  }
}

extension JSONValue {
  fileprivate subscript(_ name: String) -> JSONValue? {
    if case .object(let members) = self { members.first { $0.0 == name }?.1 } else { nil }
  }

  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }

  fileprivate var strings: [String] {
    if case .list(let elements) = self { elements.compactMap(\.string) } else { [] }
  }
}
