import CSimdJSON

/// Parses one record at a time with simdjson and hands out its values without copying them.
final class JSONDocument {
  private let parser: OpaquePointer
  private var nodes = UnsafeBufferPointer<csj_node>(start: nil, count: 0)
  private var base: UnsafePointer<CChar>
  /// Holds a repaired copy of the input where one was needed.
  private var repaired: [CChar] = []

  /// How many bytes must be readable after the text that `parse` is given.
  static let padding = csj_padding

  init() {
    // simdjson allocates a few words here; when that fails, so would anything that an error could be built from.
    guard let parser = csj_parser_create() else { preconditionFailure("out of memory") }
    self.parser = parser
    base = UnsafePointer(bitPattern: 1).unsafelyUnwrapped
  }

  deinit { csj_parser_destroy(parser) }

  /// Reads an object. Its values stay valid until the next call and as long as `bytes` do.
  ///
  /// A string with a lone surrogate (`"\ud83d"`), which real exports hold where a text was cut in two, is not
  /// worth a record: it is read as U+FFFD.
  func parse(_ bytes: UnsafeRawBufferPointer) throws(RecordDefect) -> JSONValue {
    guard let start = bytes.bindMemory(to: CChar.self).baseAddress else { throw .notJSON("it is empty") }
    base = start
    var code = read(start, bytes.count)
    if csj_is_string_error(code) != 0, let copy = Surrogates.repaired(bytes, padding: Self.padding) {
      repaired = copy
      code = repaired.withUnsafeBufferPointer { copy in
        // The copy lives in `repaired` until the next parse, as the interface says.
        base = copy.baseAddress ?? start
        return read(base, bytes.count)
      }
    }
    guard code == 0, !nodes.isEmpty else { throw .notJSON(String(cString: csj_message(code))) }
    return JSONValue(document: self, index: 0)
  }

  private func read(_ start: UnsafePointer<CChar>, _ count: Int) -> Int32 {
    var first: UnsafePointer<csj_node>?
    var found = 0
    let code = csj_parse(parser, start, count, &first, &found)
    nodes = UnsafeBufferPointer(start: first, count: code == 0 ? found : 0)
    return code
  }

  fileprivate func node(_ index: Int) -> csj_node { nodes[index] }

  fileprivate func text(at range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }
}

/// One value of a document that is being read.
struct JSONValue {
  // A record has hundreds of values: none keeps the document, which its reader does.
  private unowned(unsafe) let document: JSONDocument
  private let index: Int
  private let node: csj_node

  fileprivate init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
    node = document.node(index)
  }

  var kind: csj_kind { node.kind }

  /// A string's bytes, unescaped, or a number's as it is spelled; nil for anything else.
  var text: UnsafeRawBufferPointer? {
    guard kind == CSJ_STRING || kind == CSJ_NUMBER else { return nil }
    return UnsafeRawBufferPointer(start: node.text, count: Int(node.text_length))
  }

  /// The member's name; empty unless the parent is an object.
  var key: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: node.key, count: Int(node.key_length)) }

  /// Where the value stands in the record.
  var range: Range<Int> { Int(node.offset)..<Int(node.offset + node.length) }

  /// The value as it is spelled.
  var spelled: JSONText { JSONText(document.text(at: range)) }

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

  /// The members of an object or the elements of a list, in order.
  var children: Children { Children(document: document, position: index + 1, end: Int(node.next)) }

  /// The member of an object with this name; the last one where the name is repeated.
  subscript(name: StaticString) -> JSONValue? {
    var found: JSONValue?
    for child in children where child.isKey(name) { found = child }
    return found
  }

  func isKey(_ name: StaticString) -> Bool {
    name.withUTF8Buffer { $0.count == key.count && key.elementsEqual($0) }
  }

  struct Children: Sequence, IteratorProtocol {
    fileprivate unowned(unsafe) let document: JSONDocument
    fileprivate var position: Int
    fileprivate let end: Int

    mutating func next() -> JSONValue? {
      guard position < end else { return nil }
      let value = JSONValue(document: document, index: position)
      position = Int(document.node(position).next)
      return value
    }
  }
}
