/// Finds where a JSON object ends, by its quotes and brackets alone. Whether it is well-formed is simdjson's to
/// say; this only keeps one broken record from swallowing the good ones behind it.
struct ObjectScanner {
  enum Outcome: Equatable {
    /// The object ends before this position.
    case end(Int)
    /// More bytes are needed.
    case unfinished
    /// It cannot be an object: a string broken over lines, brackets that do not match, a record begun inside it.
    case broken
    /// It is not a record but a page of records, whose list begins at this position (the first brace in it).
    case page(Int)
  }

  /// Deeper nesting than simdjson takes.
  static let maximumDepth = 1024
  /// A page's list begins within so many bytes; a record's own `items` may stand anywhere.
  private static let pageHeadLength = 16 * 1024

  private var position = 0
  private var isInString = false
  /// The open brackets.
  private var brackets: [UInt8] = []
  /// An `items` or `results` list has just been opened at this depth of brackets.
  private var listDepth: Int?
  /// A list named like a page's held no record.
  private var sawEmptyList = false

  /// How many brackets are open; a page's list counts.
  var depth: Int { brackets.count }

  /// Whether an object that has ended was a page without records.
  func isEmptyPage(_ bytes: UnsafeRawBufferPointer) -> Bool { sawEmptyList && !hasID(bytes) }

  /// Looks at the bytes from the object's brace on; called again with more of them, goes on where it stopped.
  mutating func scan(_ bytes: UnsafeRawBufferPointer) -> Outcome {
    while position < bytes.count {
      if isInString {
        if let outcome = skipString(bytes) { return outcome }
        continue
      }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if let outcome = open(byte, bytes) { return outcome }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard close(byte) else { return .broken }
        if brackets.isEmpty { return .end(position + 1) }
      default:
        break
      }
      position += 1
    }
    return .unfinished
  }

  /// Stops behind the closing quote.
  private mutating func skipString(_ bytes: UnsafeRawBufferPointer) -> Outcome? {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        isInString = false
        return nil
      case UInt8(ascii: "\\"):
        // The byte behind may not be here yet: then the scan goes on at the backslash.
        guard position + 1 < bytes.count else { return .unfinished }
        position += 2
      case 0x0A:
        return .broken
      default:
        position += 1
      }
    }
    return .unfinished
  }

  private mutating func open(_ bracket: UInt8, _ bytes: UnsafeRawBufferPointer) -> Outcome? {
    if let listDepth, listDepth == depth {
      self.listDepth = nil
      if bracket == UInt8(ascii: "{") { return .page(position) }
    }
    if bracket == UInt8(ascii: "{"), depth > 0, beginsAnotherRecord(bytes) { return .broken }
    if depth == Self.maximumDepth { return .broken }
    if bracket == UInt8(ascii: "["), depth == 1 || depth == 2, holdsRecords(bytes) { listDepth = depth + 1 }
    brackets.append(bracket)
    return nil
  }

  private mutating func close(_ bracket: UInt8) -> Bool {
    guard let last = brackets.last, last + 2 == bracket else { return false }
    if let listDepth, listDepth == depth {
      sawEmptyList = true
      self.listDepth = nil
    }
    brackets.removeLast()
    return true
  }

  /// A brace at the beginning of a line is another record unless something that takes a value stands before it.
  private func beginsAnotherRecord(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var i = position - 1
    var isFirstOfLine = false
    while i > 0, isWhiteSpace(bytes[i]) {
      if bytes[i] == 0x0A { isFirstOfLine = true }
      i -= 1
    }
    guard isFirstOfLine else { return false }
    switch bytes[i] {
    case UInt8(ascii: "["), UInt8(ascii: ":"): return false
    case UInt8(ascii: ","): return brackets.last == UInt8(ascii: "{")
    default: return true
    }
  }

  /// Whether the list that opens here is a page's: Bindbee's `items`, Merge's `results`, Kombo's `data.results`.
  private func holdsRecords(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard position < Self.pageHeadLength, !sawEmptyList, let name = key(before: position, bytes)
    else { return false }
    if depth == 1 {
      return (name.matches("items") || name.matches("results")) && !hasID(bytes)
    }
    guard brackets.last == UInt8(ascii: "{"), name.matches("results") else { return false }
    return outerKeyIsData(bytes)
  }

  /// The name of the member whose value begins at a position.
  private func key(before position: Int, _ bytes: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer>? {
    var i = position - 1
    while i > 0, isWhiteSpace(bytes[i]) { i -= 1 }
    guard i > 0, bytes[i] == UInt8(ascii: ":") else { return nil }
    i -= 1
    while i > 0, isWhiteSpace(bytes[i]) { i -= 1 }
    guard i > 0, bytes[i] == UInt8(ascii: "\"") else { return nil }
    let end = i
    repeat { i -= 1 } while i > 0 && bytes[i] != UInt8(ascii: "\"")
    return i > 0 ? bytes[(i + 1)..<end] : nil
  }

  /// Whether the object has a member `id` before this place: then it is a record, whatever else it holds.
  private func hasID(_ bytes: UnsafeRawBufferPointer) -> Bool {
    members(bytes).contains { $0.depth == 1 && $0.name.matches("id") }
  }

  private func outerKeyIsData(_ bytes: UnsafeRawBufferPointer) -> Bool {
    members(bytes).last { $0.depth == 1 }?.name.matches("data") ?? false
  }

  /// The members between the object's brace and this place, with their depth. Only a list named like a page's
  /// makes anyone look.
  private func members(
    _ bytes: UnsafeRawBufferPointer
  ) -> [(depth: Int, name: Slice<UnsafeRawBufferPointer>)] {
    var members: [(depth: Int, name: Slice<UnsafeRawBufferPointer>)] = []
    var depth = 0
    var i = 0
    while i < position {
      switch bytes[i] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":"):
        if let name = key(before: i + 1, bytes) { members.append((depth, name)) }
      case UInt8(ascii: "\""):
        i += 1
        while i < position, bytes[i] != UInt8(ascii: "\"") {
          i += bytes[i] == UInt8(ascii: "\\") ? 2 : 1
        }
      default: break
      }
      i += 1
    }
    return members
  }
}

func isWhiteSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}

extension Slice where Base == UnsafeRawBufferPointer {
  fileprivate func matches(_ name: StaticString) -> Bool {
    name.withUTF8Buffer { $0.count == count && elementsEqual($0) }
  }
}
