import CSimdJSON

/// Parses one record at a time with simdjson and hands out its values without copying them.
final class JSONDocument {
  private let parser: OpaquePointer
  private let limits: csj_limits
  /// Holds a repaired copy of the input where one was needed.
  private var repaired: [CChar] = []

  /// How many bytes must be readable after the text that `parse` is given.
  static let padding = csj_padding

  init(limits: csj_limits) {
    self.limits = limits
    // simdjson allocates a few words here; when that fails, so would anything that an error could be built from.
    guard let parser = csj_parser_create() else { preconditionFailure("out of memory") }
    self.parser = parser
  }

  deinit { csj_parser_destroy(parser) }

  /// Reads an object. Its values stay valid until the next call and as long as `bytes` do.
  ///
  /// A string with a lone surrogate (`"\ud83d"`), which real exports hold where a text was cut in two, is not
  /// worth a record: it is read as U+FFFD.
  func parse(_ bytes: UnsafeRawBufferPointer) throws(RecordDefect) -> JSONValue {
    guard let start = bytes.bindMemory(to: CChar.self).baseAddress else { throw .notJSON("it is empty") }
    var (code, root) = read(start, bytes.count)
    if csj_error_kind(code) == CSJ_WRONG_STRING, let copy = Surrogates.repaired(bytes, padding: Self.padding)
    {
      repaired = copy
      // The copy lives in `repaired` until the next parse, as the interface says.
      (code, root) = repaired.withUnsafeBufferPointer { copy in read(copy.baseAddress ?? start, bytes.count) }
    }
    guard let root else { throw defect(code) }
    return root
  }

  private func defect(_ code: Int32) -> RecordDefect {
    switch csj_error_kind(code) {
    case CSJ_TOO_DEEP: .tooDeep(limit: Int(limits.depth))
    case CSJ_TOO_MANY_MEMBERS: .tooManyMembers(limit: Int(limits.members))
    default: .notJSON(String(cString: csj_message(code)))
    }
  }

  private func read(_ start: UnsafePointer<CChar>, _ count: Int) -> (Int32, JSONValue?) {
    var first: UnsafePointer<csj_node>?
    var found = 0
    let code = csj_parse(parser, start, count, limits, &first, &found)
    guard code == 0, found > 0, let first else { return (code, nil) }
    return (code, JSONValue(node: first, base: start))
  }
}

/// One value of a document that is being read; valid as long as what `parse` has given.
struct JSONValue {
  fileprivate let node: UnsafePointer<csj_node>
  /// Where the record begins.
  fileprivate let base: UnsafePointer<CChar>

  var kind: csj_kind { node.pointee.kind }

  var isObject: Bool { kind == CSJ_OBJECT }

  /// A string's bytes, unescaped, or a number's as it is spelled; nil for anything else.
  var text: UnsafeRawBufferPointer? {
    guard kind == CSJ_STRING || kind == CSJ_NUMBER else { return nil }
    return UnsafeRawBufferPointer(start: node.pointee.text, count: Int(node.pointee.text_length))
  }

  /// The member's name; empty unless the parent is an object.
  var key: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: node.pointee.key, count: Int(node.pointee.key_length))
  }

  /// The range of the value in the record.
  var range: Range<Int> {
    let start = Int(node.pointee.offset)
    return start..<(start + Int(node.pointee.length))
  }

  /// The value as it is spelled.
  var spelled: JSONText {
    JSONText(UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count))
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

  /// How many members or elements can be read.
  var count: Int { Int(node.pointee.kept) }

  /// How many values it is, with all in it that can be read.
  var nodeCount: Int { Int(node.pointee.size) }

  /// Whether it has more members or elements than can be read.
  var isCut: Bool { node.pointee.kept < node.pointee.count }

  /// The members of an object or the elements of a list that can be read, in order.
  var children: Children { Children(node: node + 1, end: node + Int(node.pointee.size), base: base) }

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
    fileprivate var node: UnsafePointer<csj_node>
    fileprivate let end: UnsafePointer<csj_node>
    fileprivate let base: UnsafePointer<CChar>

    mutating func next() -> JSONValue? {
      guard node < end else { return nil }
      defer { node += Int(node.pointee.size) }
      return JSONValue(node: node, base: base)
    }
  }
}
