/// Finds where a JSON object ends, by its quotes and brackets alone. Whether it is well-formed is simdjson's to
/// say; this only keeps one broken record from swallowing the good ones after it.
struct ObjectScanner {
  enum Outcome: Equatable {
    /// The object ends before this position.
    case end(Int)
    /// More bytes are needed.
    case unfinished
    /// It cannot be an object: a string broken over lines, brackets that do not match, a record begun inside it.
    case broken(RecordDefect)
    /// It is not a record but a page of records, whose list begins at this position (the first brace in it).
    case page(Int)
  }

  /// A page's list begins within this many bytes; a record's own `items` may occur anywhere.
  private static let pageHeadLength = 16 * 1024

  /// How records of this input open, for what cannot be part of a well-formed object.
  private let opening: RecordOpening
  /// The bytes that were examined.
  private(set) var position = 0
  private var isInString = false
  /// An open bracket.
  private struct Bracket {
    let kind: UInt8
    let position: Int
    /// Of a list: its first element that opens as records do and has a person's members.
    var record: Int?
  }

  /// The open brackets.
  private var brackets: [Bracket] = []
  /// As in `Bracket.record`, of the last such list that was closed.
  private var closedRecord: Int?
  /// The last byte outside strings that is no white space; a quote after a string.
  private var previous: UInt8 = 0
  /// Whether a line break came after `previous`.
  private var isFirstOfLine = false
  /// The last string, quotes included; its end is at least its beginning's only where it was closed.
  private var lastString = 0..<0
  /// A quote or a brace occurred where JSON has none. The object is malformed; it may still end where it should, unless
  /// another record opens before that.
  private var isSuspect: Bool { suspectLength != nil }
  private var suspectLength: Int?
  /// An `items` or `results` list has just been opened at this depth of brackets.
  private var listDepth: Int?
  /// A list named like a page's contained no record.
  private var sawEmptyList = false
  /// The object itself has a member `id`: then it is a record, whatever else it contains.
  private var hasID = false
  /// The object's last member is `data`.
  private var isInData = false

  init(opening: RecordOpening) { self.opening = opening }

  /// How many brackets are open; a page's list counts.
  var depth: Int { brackets.count }

  /// A record that was found in a list of the object, if any: where the object is broken, it was cut in that list.
  var containedRecord: Int? { brackets.lazy.compactMap(\.record).first ?? closedRecord }

  /// Up to here, quotes and brackets are where they should be.
  var soundLength: Int { suspectLength ?? position }

  /// Whether an object that has ended was a page without records.
  var isEmptyPage: Bool { sawEmptyList && !hasID }

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
        if !comesBeforeValues(previous), let outcome = suspect(bytes) { return outcome }
        isInString = true
        lastString = position..<position
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if let outcome = open(byte, bytes) { return outcome }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard close(byte) else { return .broken(.cutShort) }
        if brackets.isEmpty { return .end(position + 1) }
      case UInt8(ascii: ":"):
        noteMember(bytes)
      case 0x0A:
        isFirstOfLine = true
      default:
        break
      }
      if !isWhiteSpace(byte) {
        previous = byte
        isFirstOfLine = false
      }
      position += 1
    }
    return .unfinished
  }

  private func comesBeforeValues(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "{")
      || byte == UInt8(ascii: "[")
  }

  /// Stops after the closing quote.
  private mutating func skipString(_ bytes: UnsafeRawBufferPointer) -> Outcome? {
    while position < bytes.count {
      if !isSuspect { position = StringBytes.endOfPlainBytes(of: bytes, from: position) }
      guard position < bytes.count else { break }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        isInString = false
        lastString = lastString.lowerBound..<position
        return nil
      case UInt8(ascii: "\\"):
        // The next byte may not be here yet: then the scan continues at the backslash.
        guard position + 1 < bytes.count else { return .unfinished }
        position += 2
      case 0x0A:
        return .broken(.cutShort)
      case UInt8(ascii: "{") where isSuspect:
        if let outcome = anotherRecord(at: position, bytes) { return outcome }
        position += 1
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
    if bracket == UInt8(ascii: "{"), depth > 0 {
      let isPlaced =
        previous == UInt8(ascii: ":") || previous == UInt8(ascii: "[")
        || (previous == UInt8(ascii: ",") && brackets.last?.kind == UInt8(ascii: "["))
      // A brace at the beginning of a line is another record unless something that takes a value comes before it.
      if !isPlaced, isFirstOfLine { return .broken(.cutShort) }
      if !isPlaced, let outcome = suspect(bytes) { return outcome }
      if isSuspect, let outcome = anotherRecord(at: position, bytes) { return outcome }
    }
    if depth == RecordLimits.maximumDepth { return .broken(.tooDeep(limit: RecordLimits.maximumDepth)) }
    if bracket == UInt8(ascii: "["), depth == 1 || depth == 2, holdsRecords(bytes) { listDepth = depth + 1 }
    brackets.append(Bracket(kind: bracket, position: position))
    return nil
  }

  private mutating func close(_ bracket: UInt8) -> Bool {
    guard let last = brackets.last, last.kind + 2 == bracket else { return false }
    if let record = last.record { closedRecord = record }
    if let listDepth, listDepth == depth {
      sawEmptyList = true
      self.listDepth = nil
    }
    brackets.removeLast()
    return true
  }

  // MARK: - Another record

  /// Notes that the object is malformed. What was taken for the last string may contain the beginning of another record.
  private mutating func suspect(_ bytes: UnsafeRawBufferPointer) -> Outcome? {
    if isSuspect { return nil }
    for i in lastString where bytes[i] == UInt8(ascii: "{") {
      guard let outcome = anotherRecord(at: i, bytes) else { continue }
      if outcome != .unfinished { suspectLength = i }
      return outcome
    }
    suspectLength = lastString.lowerBound
    return nil
  }

  /// Whether another record opens at a brace; `unfinished` where more bytes are needed to decide.
  private func anotherRecord(at brace: Int, _ bytes: UnsafeRawBufferPointer) -> Outcome? {
    guard let matches = opening.matches(bytes, at: brace) else { return .unfinished }
    return matches ? .broken(.cutShort) : nil
  }

  // MARK: - Pages

  /// The name of the member whose colon is next.
  private func name(_ bytes: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    lastString.count > 1 ? bytes[(lastString.lowerBound + 1)..<(lastString.upperBound - 1)] : bytes[0..<0]
  }

  private mutating func noteMember(_ bytes: UnsafeRawBufferPointer) {
    if depth == 1 {
      let name = name(bytes)
      isInData = name.matches("data")
      if name.matches("id") { hasID = true }
    } else if depth > 2, !isSuspect {
      noteContainedRecord(bytes)
    }
  }

  private mutating func noteContainedRecord(_ bytes: UnsafeRawBufferPointer) {
    let list = depth - 2
    guard brackets[list].kind == UInt8(ascii: "["), brackets[list].record == nil,
      CandidateMember(key: UnsafeRawBufferPointer(rebasing: name(bytes)))?.isPersonal == true
    else { return }
    let object = brackets[depth - 1].position
    if opening.matches(bytes, at: object) == true { brackets[list].record = object }
  }

  /// Whether an object has a member that may be a page's list.
  static func mayBePage(_ object: JSONValue) -> Bool {
    object.children.contains { member in
      switch member.keyPosition.length {
      case 4: member.isKey("data")
      case 5: member.isKey("items")
      case 7: member.isKey("results")
      default: false
      }
    }
  }

  /// Whether the list that opens here is a page's: Bindbee's `items`, Merge's `results`, Kombo's `data.results`.
  private func holdsRecords(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard position < Self.pageHeadLength, !sawEmptyList, previous == UInt8(ascii: ":") else { return false }
    let name = name(bytes)
    if depth == 1 { return (name.matches("items") || name.matches("results")) && !hasID }
    return brackets.last?.kind == UInt8(ascii: "{") && name.matches("results") && isInData
  }
}

/// Finds the bytes of a string that mean something.
private enum StringBytes {
  /// The lowest and the highest bit of each byte.
  private static let lowest: UInt64 = 0x0101_0101_0101_0101
  private static let highest: UInt64 = 0x8080_8080_8080_8080

  /// Where the plain bytes from a position on end: not later than at the first quote, backslash or line break. Eight
  /// bytes are examined at once.
  static func endOfPlainBytes(of bytes: UnsafeRawBufferPointer, from position: Int) -> Int {
    var position = position
    while position + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let found =
        zeros(word ^ (0x22 &* lowest)) | zeros(word ^ (0x5C &* lowest)) | zeros(word ^ (0x0A &* lowest))
      if found != 0 { return position + found.trailingZeroBitCount / 8 }
      position += 8
    }
    return position
  }

  /// The highest bit of the lowest byte that is zero, and perhaps of bytes above it.
  @inline(__always) private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- lowest) & ~word & highest
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
