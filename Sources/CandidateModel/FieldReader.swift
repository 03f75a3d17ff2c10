import CSimdJSON
import CandidateTime

/// Finds the texts of one member of a record, of the kind that its field can have. What is of another kind counts as
/// absent and is noted in `defects`; elements of a list are judged one by one.
struct FieldReader {
  let member: CandidateMember
  let value: JSONValue
  /// Unowned, since counting references would cost more than reading a member; the decoder keeps it.
  unowned(unsafe) let defects: MemberDefects

  func text() -> TextPosition? { text(of: value) }

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
    note(.unknownFlag(found: value.kindName, countsAs: unknown))
    return unknown
  }

  /// Appends a list of texts. An element may be an object that has its text in one of the member's `objectMembers`.
  func appendTexts(to positions: inout MemberPositions) {
    let objectMembers = member.objectMembers
    forEachElement { element in
      let text =
        element.isObject && !objectMembers.isEmpty
        ? text(in: element, members: objectMembers) : text(of: element)
      if let text { positions.append(text) }
    }
  }

  /// Appends a list of links, each a kind and an address.
  func appendLinks(to positions: inout MemberPositions) {
    forEachElement { element in
      guard element.isObject else {
        guard let address = text(of: element) else { return }
        positions.append(nil)
        return positions.append(address)
      }
      guard let address = text(in: element, members: Self.addressMembers, required: false) else { return }
      positions.append(text(in: element, members: Self.kindMembers, required: false))
      positions.append(address)
    }
  }

  /// The position of a time. Only where `isChecked` is it noted if the text is none: it is parsed when it is read.
  func time(isChecked: Bool) -> TextPosition? {
    guard let position = value.textPosition else {
      if value.kind != CSJ_NULL { noteWrongKind(value, expected: "a time") }
      return nil
    }
    if position.length == 0 { return nil }
    if isChecked, Timestamp(utf8: value.bytes(at: position)) == nil { note(.notATime) }
    return position
  }

  /// An object as it is spelled. Only of one that is searched does it matter whether all of it can be read.
  func object(isSearched: Bool) -> TextPosition? {
    switch value.kind {
    case CSJ_OBJECT:
      if isSearched, value.isCut || value.children.contains(where: \.isCut) { note(.tooManyElements) }
      return value.position
    case CSJ_NULL: break
    default: noteWrongKind(value, expected: "an object or null")
    }
    return nil
  }

  /// A place that is an object of its parts: the `raw` spelling, else city, state and country, to be joined by commas.
  func place() -> [TextPosition] {
    guard value.isObject else { return text().map { [$0] } ?? [] }
    if let raw = text(in: value, members: Self.placeMembers, required: false) { return [raw] }
    return Self.placePartMembers.compactMap { text(in: value, members: [$0], required: false) }
  }

  static let placeMembers: [StaticString] = ["raw"]
  static let placePartMembers: [StaticString] = ["city", "state", "country"]
  private static let addressMembers: [StaticString] = ["value"]
  private static let kindMembers: [StaticString] = ["type", "url_type"]

  /// Calls `body` with the elements of a list that can be read; one value where a list belongs is a list of one.
  private func forEachElement(_ body: (JSONValue) -> Void) {
    guard value.kind == CSJ_ARRAY else { return body(value) }
    if value.isCut { note(.tooManyElements) }
    for element in value.children { body(element) }
  }

  private func text(of value: JSONValue) -> TextPosition? {
    if let text = value.textPosition { return text }
    if value.kind != CSJ_NULL { noteWrongKind(value, expected: "text") }
    return nil
  }

  /// The first of these members that is a text.
  private func text(in object: JSONValue, members: [StaticString], required: Bool = true) -> TextPosition? {
    var isNamed = false
    for name in members {
      guard let member = object[name] else { continue }
      isNamed = true
      if let text = text(of: member) { return text }
    }
    if required, !isNamed {
      note(.wrongKind(expected: "text or an object with \(members[0])", found: "another object"))
    }
    return nil
  }

  private func noteWrongKind(_ value: JSONValue, expected: String) {
    note(.wrongKind(expected: expected, found: value.kindName))
  }

  private func note(_ problem: MemberDefect.Problem) { defects.note(member.rawValue, problem) }
}
