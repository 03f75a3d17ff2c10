import CSimdJSON
import CandidateTime

/// Reads one member of a record as the kind that its field holds.
struct FieldReader {
  let name: String
  let value: JSONValue

  func text() throws(RecordDefect) -> String? {
    try text(of: value)
  }

  func flag() throws(RecordDefect) -> Bool? {
    switch value.kind {
    case CSJ_TRUE: return true
    case CSJ_FALSE: return false
    case CSJ_NULL: return nil
    case CSJ_STRING:
      switch value.text.map({ String(decoding: $0, as: UTF8.self).lowercased() }) {
      case "true": return true
      case "false": return false
      case "": return nil
      default: throw wrongKind(value, expected: "true, false or null")
      }
    default: throw wrongKind(value, expected: "true, false or null")
    }
  }

  /// A list of texts. An element may be an object that holds its text in one of `objectMembers`.
  func texts(objectMembers: [StaticString]) throws(RecordDefect) -> [String] {
    var texts: [String] = []
    // One value where a list belongs is a list of one.
    guard value.kind == CSJ_ARRAY else {
      if let text = try text(ofElement: value, objectMembers) { texts.append(text) }
      return texts
    }
    texts.reserveCapacity(value.count)
    for element in value.children {
      if let text = try text(ofElement: element, objectMembers) { texts.append(text) }
    }
    return texts
  }

  private func text(
    ofElement element: JSONValue, _ objectMembers: [StaticString]
  ) throws(RecordDefect) -> String? {
    guard element.kind == CSJ_OBJECT, !objectMembers.isEmpty else { return try text(of: element) }
    return try text(in: element, members: objectMembers)
  }

  /// A time; nil, with what stands there, for a text that names none.
  func time() throws(RecordDefect) -> (time: Timestamp?, unread: String?) {
    guard let bytes = value.text else {
      if value.kind == CSJ_NULL { return (nil, nil) }
      throw wrongKind(value, expected: "text")
    }
    if bytes.isEmpty { return (nil, nil) }
    if let time = Timestamp(utf8: bytes) { return (time, nil) }
    return (nil, String(decoding: bytes, as: UTF8.self))
  }

  func links() throws(RecordDefect) -> [Candidate.Link] {
    var links: [Candidate.Link] = []
    switch value.kind {
    case CSJ_ARRAY:
      links.reserveCapacity(value.count)
      for element in value.children { if let link = try link(element) { links.append(link) } }
    case CSJ_NULL: break
    default: if let link = try link(value) { links.append(link) }
    }
    return links
  }

  private func link(_ element: JSONValue) throws(RecordDefect) -> Candidate.Link? {
    guard element.kind == CSJ_OBJECT else {
      return try text(of: element).map { Candidate.Link(kind: nil, address: $0) }
    }
    guard let address = try text(in: element, members: ["value"], required: false) else { return nil }
    return Candidate.Link(
      kind: try text(in: element, members: ["type", "url_type"], required: false), address: address)
  }

  func object() throws(RecordDefect) -> JSONText? {
    switch value.kind {
    case CSJ_NULL: return nil
    case CSJ_OBJECT: return value.spelled
    default: throw wrongKind(value, expected: "an object or null")
    }
  }

  /// A place that is an object of its parts, as one text: the `raw` spelling, else city, state and country.
  func place() throws(RecordDefect) -> String? {
    guard value.kind == CSJ_OBJECT else { return try text() }
    if let raw = try text(in: value, members: ["raw"], required: false) { return raw }
    var parts: [String] = []
    for member: StaticString in ["city", "state", "country"] {
      if let part = try text(in: value, members: [member], required: false) { parts.append(part) }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func text(of value: JSONValue) throws(RecordDefect) -> String? {
    if let text = value.text { return String(decoding: text, as: UTF8.self) }
    if value.kind == CSJ_NULL { return nil }
    throw wrongKind(value, expected: "text")
  }

  /// The first of these members that holds a text.
  private func text(
    in object: JSONValue, members: [StaticString], required: Bool = true
  ) throws(RecordDefect) -> String? {
    var isNamed = false
    for name in members {
      guard let member = object[name] else { continue }
      isNamed = true
      if let text = try text(of: member) { return text }
    }
    if required, !isNamed {
      throw .wrongKind(field: name, expected: "text or an object with \(members[0])", found: "another object")
    }
    return nil
  }

  private func wrongKind(_ value: JSONValue, expected: String) -> RecordDefect {
    .wrongKind(field: name, expected: expected, found: value.kindName)
  }
}
