import CSimdJSON
import Glibc

/// Parses one record at a time with simdjson and returns its values without copying them.
final class JSONDocument {
  private let parser: OpaquePointer
  private let limits: csj_limits

  init(limits: csj_limits) {
    self.limits = limits
    // simdjson allocates a few words here; when that fails, so would anything that an error could be built from.
    guard let parser = csj_parser_create() else { preconditionFailure("out of memory") }
    self.parser = parser
  }

  deinit { csj_parser_destroy(parser) }

  /// Reads an object. Its values stay valid until the next call and as long as `bytes` do.
  ///
  /// A string with a lone surrogate (`"\ud83d"`), which real exports contain where a text was cut in two, does not refuse
  /// a record: it is read as U+FFFD.
  func parse(_ bytes: UnsafeRawBufferPointer) throws(RecordDefect) -> JSONValue {
    guard let start = bytes.bindMemory(to: CChar.self).baseAddress else { throw .notJSON("it is empty") }
    var document: UnsafePointer<csj_document>?
    let code = csj_parse(parser, start, bytes.count, limits, &document)
    guard code == 0, let document, let root = document.pointee.nodes else { throw defect(code) }
    return JSONValue(node: root, document: document)
  }

  private func defect(_ code: Int32) -> RecordDefect {
    switch csj_error_kind(code) {
    case CSJ_TOO_DEEP: .tooDeep(limit: Int(limits.depth))
    case CSJ_TOO_MANY_MEMBERS: .tooManyMembers(limit: Int(limits.members))
    default: .notJSON(String(cString: csj_message(code)))
    }
  }
}

/// One value of a document that is being read; valid as long as what `parse` has returned.
struct JSONValue {
  fileprivate let node: UnsafePointer<csj_node>
  fileprivate let document: UnsafePointer<csj_document>

  var kind: csj_kind { node.pointee.kind }

  var isObject: Bool { kind == CSJ_OBJECT }
  var isList: Bool { kind == CSJ_ARRAY }

  /// The position of a string, unescaped, or of a number as it is spelled; nil for anything else.
  var textPosition: TextPosition? {
    kind == CSJ_STRING || kind == CSJ_NUMBER ? TextPosition(node.pointee.text) : nil
  }

  /// A string's bytes, unescaped, or a number's as it is spelled; nil for anything else.
  var text: UnsafeRawBufferPointer? { textPosition.map(bytes) }

  /// The position of the member's name; empty unless the parent is an object.
  var keyPosition: TextPosition { TextPosition(node.pointee.key) }

  /// The member's name; empty unless the parent is an object.
  var key: UnsafeRawBufferPointer { bytes(at: keyPosition) }

  /// The position of the value in the record, as it is spelled.
  var position: TextPosition { TextPosition(node.pointee.value) }

  /// The strings of the document that have escapes, unescaped.
  var unescapedTexts: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: document.pointee.texts, count: Int(document.pointee.texts_length))
  }

  /// The bytes of a text of this document.
  func bytes(at position: TextPosition) -> UnsafeRawBufferPointer {
    let (document, length) = (document.pointee, Int(position.length))
    return position.offset < document.length
      ? UnsafeRawBufferPointer(start: document.bytes + Int(position.offset), count: length)
      : UnsafeRawBufferPointer(start: document.texts + Int(position.offset - document.length), count: length)
  }

  /// What a person would read in the value, or in the elements of a list.
  var plainTexts: [String] {
    switch kind {
    case CSJ_TRUE: ["true"]
    case CSJ_FALSE: ["false"]
    case CSJ_ARRAY: children.flatMap { $0.kind == CSJ_ARRAY ? [] : $0.plainTexts }
    default: text.map { [String(decoding: $0, as: UTF8.self)] } ?? []
    }
  }

  /// What a person calls a value of this kind.
  var kindName: String {
    switch kind {
    case CSJ_OBJECT: "an object"
    case CSJ_ARRAY: "a list"
    case CSJ_STRING: "text"
    case CSJ_NUMBER: "a number"
    case CSJ_TRUE, CSJ_FALSE: "true or false"
    default: "null"
    }
  }

  /// The number of values that it is, with all in it that can be read.
  var nodeCount: Int { Int(node.pointee.size) }

  /// Whether it has more members or elements than can be read.
  var isCut: Bool { node.pointee.kept < node.pointee.count }

  /// The members of an object or the elements of a list that can be read, in order.
  var children: Children {
    Children(node: node + 1, end: node + Int(node.pointee.size), document: document)
  }

  /// The member of an object with this name; the last one where the name is repeated.
  subscript(name: StaticString) -> JSONValue? {
    var found: JSONValue?
    for child in children where child.isKey(name) { found = child }
    return found
  }

  func isKey(_ name: StaticString) -> Bool {
    let key = key
    guard let start = key.baseAddress, key.count == name.utf8CodeUnitCount else { return false }
    return memcmp(start, name.utf8Start, key.count) == 0
  }

  struct Children: Sequence, IteratorProtocol {
    fileprivate var node: UnsafePointer<csj_node>
    fileprivate let end: UnsafePointer<csj_node>
    fileprivate let document: UnsafePointer<csj_document>

    mutating func next() -> JSONValue? {
      guard node < end else { return nil }
      defer { node += Int(node.pointee.size) }
      return JSONValue(node: node, document: document)
    }
  }
}

extension TextPosition {
  fileprivate init(_ text: csj_text) { self.init(offset: text.offset, length: text.length) }
}
