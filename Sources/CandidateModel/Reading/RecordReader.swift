/// A whole object of an input.
package struct ReadRecord {
  package let bytes: UnsafeRawBufferPointer
  /// The object, where it was parsed to find its end.
  let root: JSONValue?

  init(_ bytes: UnsafeRawBufferPointer, root: JSONValue? = nil) {
    self.bytes = bytes
    self.root = root
  }
}

/// Splits an input into records, whatever its shape: one object, a list, NDJSON, JSON texts one after another, a
/// page of Bindbee (`items`), Merge (`results`) or Kombo (`data.results`).
///
/// The shape is recognised by content. Only one record at a time is in memory, so a list of 4 GB needs no more
/// than a small one. What is broken is reported and skipped; reading goes on at the next place that looks like the
/// beginning of a record. All that is skipped at once is one refusal.
public final class RecordReader {
  /// What comes next in the input.
  package enum Item {
    /// A whole object, valid until the next call.
    case record(ReadRecord, line: Int)
    /// Something that is no record, with as much of it as is at hand.
    case refused(RecordDefect, UnsafeRawBufferPointer, line: Int)
  }

  /// The container of a record.
  private enum Enclosing {
    /// A list at the top or in another list.
    case list
    /// A page's list; after it, this many brackets of the page are still open.
    case page(openBrackets: Int)
  }

  /// Where reading goes on after what was refused.
  private struct Restart {
    let rule: RestartRule
    /// Where what was refused begins in the input.
    let start: Int
  }

  private let window: ByteWindow
  /// The next byte to look at.
  private var position = 0
  /// The containers of the records, innermost last.
  private var enclosing: [Enclosing] = []
  /// Where reading goes on after something broken.
  private var restart: Restart?
  /// How records of this input open.
  private var opening = RecordOpening()
  /// Parses the lines that may be records.
  private let document = JSONDocument(limits: RecordLimits.received)
  /// The longest line that is parsed to find out whether it is a record.
  private static let maximumLineLength = 64 * 1024
  /// The bytes that were examined to find where objects end and where reading goes on. Objects that overlap are all open
  /// within one another, so this is at most `RecordLimits.maximumDepth` times the input, and about the input as a rule.
  package private(set) var examinedBytes = 0

  /// What the input is called in messages.
  public let name: String
  /// The input's length in bytes, where known.
  public let totalBytes: Int?
  /// How many bytes have been consumed.
  public var consumedBytes: Int { window.discardedBytes + position }

  /// A reader of an input from its beginning.
  public init(_ source: ByteSource) {
    window = ByteWindow(source: source)
    name = source.name
    totalBytes = source.totalBytes
  }

  /// The next item; nil at the end. Throws `ReadFailure` if the input breaks off.
  package func next() throws(ReadFailure) -> Item? {
    try skipToRestart()
    while let byte = try byte() {
      switch byte {
      case UInt8(ascii: "{"):
        if let item = try readObject() { return item }
      case UInt8(ascii: "["):
        enclosing.append(.list)
        position += 1
      case UInt8(ascii: "]") where !enclosing.isEmpty:
        position += 1
        if let item = try leaveList() { return item }
      case UInt8(ascii: ","), 0x1E:
        position += 1
      case let byte where isWhiteSpace(byte):
        position += 1
      case 0xEF where try isByteOrderMark():
        position += 3
      default:
        return refuse(.notJSON(whatBeginsHere))
      }
    }
    return endOfInput()
  }

  // MARK: - Objects and lists

  /// A record or a refusal; nil where a page's list was entered, or the object was a page of none.
  private func readObject() throws(ReadFailure) -> Item? {
    // What is decided by the first member must not depend on the pieces in which bytes come.
    while rest.count < RecordOpening.reach, try more() {}
    if let record = parsedLine() { return take(record) }
    var scanner = ObjectScanner(opening: opening.including(rest))
    let indentation = indentationOfLine()
    while true {
      let examined = scanner.position
      let outcome = scanner.scan(UnsafeRawBufferPointer(rebasing: rest.prefix(RecordLimits.maximumBytes)))
      examinedBytes += scanner.position - examined
      let object = RestartRule.BrokenObject(
        soundLength: scanner.soundLength, containedRecord: scanner.containedRecord)
      switch outcome {
      case .end(let length):
        if try isEndDoubtful(length, object) { return refuse(.cutShort, object, indentation: indentation) }
        if scanner.isEmptyPage {
          position += length
          return nil
        }
        return take(ReadRecord(UnsafeRawBufferPointer(rebasing: rest[..<length])))
      case .page(let firstRecord):
        position += firstRecord
        enclosing.append(.page(openBrackets: scanner.depth - 1))
        return nil
      case .broken(let defect):
        return refuse(defect, object, indentation: indentation)
      case .unfinished:
        if rest.count > RecordLimits.maximumBytes {
          return refuse(.tooLong(limit: RecordLimits.maximumBytes), object, indentation: indentation)
        }
        guard try more() else { return refuse(.cutShort, object, indentation: indentation) }
      }
    }
  }

  private func take(_ record: ReadRecord) -> Item {
    let line = window.line(at: position)
    position += record.bytes.count
    opening.learn(from: record.bytes)
    return .record(record, line: line)
  }

  /// The fast path for NDJSON: the record that is the whole line of the position, if the next line begins with a brace. The
  /// scanner would find the same end. Nil for anything else, and for what may be a page. Each line is parsed once at most.
  private func parsedLine() -> ReadRecord? {
    guard enclosing.isEmpty, position == 0 || window.bytes[position - 1] == 0x0A else { return nil }
    let end = min(window.count, position + Self.maximumLineLength)
    guard let lineBreak = window.lineBreak(in: position..<end), lineBreak + 1 < window.count,
      window.bytes[lineBreak - 1] == UInt8(ascii: "}"), window.bytes[lineBreak + 1] == UInt8(ascii: "{")
    else { return nil }
    let line = UnsafeRawBufferPointer(rebasing: window.bytes[position..<lineBreak])
    examinedBytes += line.count
    guard let root = try? document.parse(line), !ObjectScanner.mayBePage(root) else { return nil }
    return ReadRecord(line, root: root)
  }

  /// Whether what comes after an object shows that it did not end there. Another member on its line does: a record that was
  /// closed too early is not taken for a whole one. So does the end of the page, if the object contains records: then it was cut
  /// in a list of its own, and went on with the records after it.
  private func isEndDoubtful(_ length: Int, _ object: RestartRule.BrokenObject) throws(ReadFailure) -> Bool {
    guard let next = try significant(from: length) else { return isInPage && object.containedRecord != nil }
    switch next.byte {
    case UInt8(ascii: ",") where !rest[length..<next.place].contains(0x0A):
      guard try significant(from: next.place + 1)?.byte == UInt8(ascii: "\"") else { return false }
      while rest.count < next.place + RecordOpening.reach, try more() {}
      return RecordOpening.isMember(rest, after: next.place)
    case UInt8(ascii: "}"): return isInPage && object.containedRecord != nil
    default: return false
    }
  }

  private var isInPage: Bool {
    if case .page = enclosing.last { true } else { false }
  }

  /// The next byte that is no white space, and its distance from the position; nil if none is near.
  private func significant(from start: Int) throws(ReadFailure) -> (byte: UInt8, place: Int)? {
    for ahead in start..<(start + RecordOpening.reach) {
      guard let byte = try byte(ahead: ahead) else { return nil }
      if !isWhiteSpace(byte) { return (byte, ahead) }
    }
    return nil
  }

  /// After a page's list comes the rest of the page, which contains no records. An object where a member should be shows
  /// that the list has not ended, a line that begins with one that the page has.
  private func leaveList() throws(ReadFailure) -> Item? {
    guard case .page(let pageBrackets) = enclosing.removeLast() else { return nil }
    var open = pageBrackets
    var isInString = false
    var previous = UInt8(ascii: "]")
    var isFirstOfLine = false
    while open > 0 {
      guard let byte = try byte() else { return listCutShort() }
      switch byte {
      case UInt8(ascii: "\\") where isInString: if try self.byte(ahead: 1) != nil { position += 1 }
      case UInt8(ascii: "\""): isInString.toggle()
      case 0x0A where isInString: return listCutShort()
      case 0x0A: isFirstOfLine = true
      case _ where isInString: break
      case UInt8(ascii: "{") where previous == UInt8(ascii: ",") && open <= pageBrackets:
        enclosing.append(.page(openBrackets: pageBrackets))
        return refusal(.listEndedEarly)
      case UInt8(ascii: "{") where isFirstOfLine && ![0x2C, 0x3A, 0x5B].contains(previous):
        return listCutShort()
      case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
      default: break
      }
      if !isWhiteSpace(byte) { (previous, isFirstOfLine) = (byte, false) }
      position += 1
    }
    return nil
  }

  /// What is found where a record should begin.
  private var whatBeginsHere: String {
    guard consumedBytes == 0 else { return "no record begins here" }
    switch rest.prefix(2).map(\.self) {
    case [0x1F, 0x8B]: return "it is compressed; unpack it first (gunzip -c FILE | cand-search index -)"
    case [0xFF, 0xFE], [0xFE, 0xFF]:
      return "it is UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)"
    default: return "no record begins here"
    }
  }

  private func endOfInput() -> Item? {
    enclosing.isEmpty ? nil : listCutShort()
  }

  // MARK: - What is broken

  private func listCutShort() -> Item {
    enclosing = []
    return refusal(.listCutShort)
  }

  /// A refusal of nothing at the position.
  private func refusal(_ defect: RecordDefect) -> Item {
    let nothing = UnsafeRawBufferPointer(rebasing: rest[..<0])
    return .refused(defect, nothing, line: window.line(at: min(position, window.count)))
  }

  /// Reports what is at the position; `skipToRestart` then decides how far it went.
  private func refuse(
    _ defect: RecordDefect, _ object: RestartRule.BrokenObject? = nil, indentation: Int = 0
  ) -> Item {
    let line = window.line(at: position)
    let rule = RestartRule(
      refused: rest, object: object, isInList: !enclosing.isEmpty, indentation: indentation, opening: opening)
    restart = Restart(rule: rule, start: window.discardedBytes + position)
    let end =
      restart(rule, in: min(position + 1, window.count)..<window.count, start: position) ?? window.count
    return .refused(defect, UnsafeRawBufferPointer(rebasing: window.bytes[position..<end]), line: line)
  }

  private func restart(_ rule: RestartRule, in places: Range<Int>, start: Int) -> Int? {
    let restart = rule.restart(in: window.bytes, places, start: start)
    examinedBytes += (restart ?? places.upperBound) - places.lowerBound
    return restart
  }

  /// The blanks that begin the line of the position, where its beginning is near.
  private func indentationOfLine() -> Int {
    var blanks = 0
    for byte in window.bytes[max(0, position - RecordOpening.reach)..<position].reversed() {
      if byte == 0x0A { break }
      blanks = byte == 0x20 || byte == 0x09 ? blanks + 1 : 0
    }
    return blanks
  }

  /// Moves to where the rule of the last refusal lets reading go on, at worst to the end of the input.
  private func skipToRestart() throws(ReadFailure) {
    guard let restart else { return }
    self.restart = nil
    var first = 1
    while true {
      // A decision may need the bytes after a place.
      let end = window.isAtEnd ? window.count : window.count - RecordOpening.reach
      if position + first < end {
        let start = restart.start - window.discardedBytes
        if let place = self.restart(restart.rule, in: (position + first)..<end, start: start) {
          position = place
          return
        }
        (position, first) = (end, 0)
      }
      if window.isAtEnd { break }
      _ = try more()
    }
    position = window.count
    // One cut is one refusal, even if the list around it is cut too.
    enclosing = []
  }

  // MARK: - Bytes

  /// The bytes from the position on.
  private var rest: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: window.bytes[min(position, window.count)...])
  }

  /// The byte at a distance after the position; nil at the end of the input.
  private func byte(ahead: Int = 0) throws(ReadFailure) -> UInt8? {
    while position + ahead >= window.count {
      guard try more() else { return nil }
    }
    return window.bytes[position + ahead]
  }

  /// Reads more, letting go of what was consumed, but for the line's beginning that a restart may look at.
  private func more() throws(ReadFailure) -> Bool {
    let consumed = min(position, window.count) - RecordOpening.reach
    if consumed > 0 {
      window.discard(upTo: consumed)
      position -= consumed
    }
    return try window.fill()
  }

  private func isByteOrderMark() throws(ReadFailure) -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for (i, expected) in mark.enumerated() {
      guard try byte(ahead: i) == expected else { return false }
    }
    return true
  }
}
