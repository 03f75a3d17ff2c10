import CSimdJSON
import CandidateTime

/// Reads one member of a record as the kind that its field holds. What is of another kind counts as absent and is noted
/// in `defects`; elements of a list are judged one by one.
struct FieldReader {
  let name: String
  let value: JSONValue
  let defects: MemberDefects

  func text() -> String? { text(of: value) }

  /// A privacy flag. What is none of `true`, `false` and `null` counts as `unknown`; an empty text is null.
  func flag(unknown: Bool) -> Bool? {
    switch value.kind {
    case CSJ_TRUE: return true
    case CSJ_FALSE: return false
    case CSJ_NULL: return nil
    case CSJ_STRING:
      switch value.text.map({ String(decoding: $0, as: UTF8.self).lowercased() }) {
      case "true": return true
      case "false": return false
      case "": return nil
      default: break
      }
    default: break
    }
    defects.note(name, .unknownFlag(found: value.kindName, countsAs: unknown))
    return unknown
  }

  /// A list of texts. An element may be an object that holds its text in one of `objectMembers`.
  func texts(objectMembers: [StaticString]) -> [String] {
    elements { element in
      guard element.kind == CSJ_OBJECT, !objectMembers.isEmpty else { return text(of: element) }
      return text(in: element, members: objectMembers)
    }
  }

  func links() -> [Candidate.Link] {
    elements { element in
      guard element.kind == CSJ_OBJECT else {
        return text(of: element).map { Candidate.Link(kind: nil, address: $0) }
      }
      guard let address = text(in: element, members: ["value"], required: false) else { return nil }
      return Candidate.Link(
        kind: text(in: element, members: ["type", "url_type"], required: false), address: address)
    }
  }

  func time() -> Timestamp? {
    guard let bytes = value.text else {
      if value.kind != CSJ_NULL { noteWrongKind(value, expected: "a time") }
      return nil
    }
    if bytes.isEmpty { return nil }
    if let time = Timestamp(utf8: bytes) { return time }
    defects.note(name, .notATime)
    return nil
  }

  /// An object as it is spelled. Only of one that is searched does it matter whether all of it can be read.
  func object(isSearched: Bool) -> JSONText? {
    switch value.kind {
    case CSJ_OBJECT:
      if isSearched, value.isCut || value.children.contains(where: \.isCut) {
        defects.note(name, .tooManyElements)
      }
      return value.spelled
    case CSJ_NULL: break
    default: noteWrongKind(value, expected: "an object or null")
    }
    return nil
  }

  /// A place that is an object of its parts, as one text: the `raw` spelling, else city, state and country.
  func place() -> String? {
    guard value.kind == CSJ_OBJECT else { return text() }
    if let raw = text(in: value, members: ["raw"], required: false) { return raw }
    let names: [StaticString] = ["city", "state", "country"]
    let parts = names.compactMap { text(in: value, members: [$0], required: false) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The elements of a list that can be read; one value where a list belongs is a list of one.
  private func elements<Element>(_ read: (JSONValue) -> Element?) -> [Element] {
    guard value.kind == CSJ_ARRAY else { return read(value).map { [$0] } ?? [] }
    if value.isCut { defects.note(name, .tooManyElements) }
    var elements: [Element] = []
    elements.reserveCapacity(value.count)
    for element in value.children {
      if let element = read(element) { elements.append(element) }
    }
    return elements
  }

  private func text(of value: JSONValue) -> String? {
    if let text = value.text { return String(decoding: text, as: UTF8.self) }
    if value.kind != CSJ_NULL { noteWrongKind(value, expected: "text") }
    return nil
  }

  /// The first of these members that holds a text.
  private func text(in object: JSONValue, members: [StaticString], required: Bool = true) -> String? {
    var isNamed = false
    for name in members {
      guard let member = object[name] else { continue }
      isNamed = true
      if let text = text(of: member) { return text }
    }
    if required, !isNamed {
      defects.note(
        name, .wrongKind(expected: "text or an object with \(members[0])", found: "another object"))
    }
    return nil
  }

  private func noteWrongKind(_ value: JSONValue, expected: String) {
    defects.note(name, .wrongKind(expected: expected, found: value.kindName))
  }
}
