/// Where the parts of a JSON text are, found by quotes and brackets alone. Every byte is looked at once, and what is
/// open is kept in a list, not on the stack.
struct JSONShape {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The bytes, if they are one whole object.
  static func object(_ bytes: consuming [UInt8]) throws(UnusableAnswer) -> [UInt8] {
    var shape = JSONShape(bytes[...])
    try shape.readObject { _, _ in }
    try shape.expectEnd()
    return bytes
  }

  /// Reads an object: each member's name as it is spelled, without quotes, and where its value is.
  mutating func readObject(
    _ member: (_ name: ArraySlice<UInt8>, _ value: Range<Int>) -> Void
  ) throws(UnusableAnswer) {
    try take(UInt8(ascii: "{"))
    var isFirst = true
    while try peek() != UInt8(ascii: "}") {
      if !isFirst { try take(UInt8(ascii: ",")) }
      isFirst = false
      guard try peek() == UInt8(ascii: "\"") else { throw Self.broken }
      let name = try value()
      try take(UInt8(ascii: ":"))
      _ = try peek()
      member(bytes[name].dropFirst().dropLast(), try value())
    }
    position += 1
  }

  /// Reads a list: where each of its values is. Commas may be missing.
  mutating func readList(_ element: (Range<Int>) -> Void) throws(UnusableAnswer) {
    try take(UInt8(ascii: "["))
    while true {
      switch try peek() {
      case UInt8(ascii: "]"):
        position += 1
        return
      case UInt8(ascii: ","): position += 1
      default: element(try value())
      }
    }
  }

  /// Nothing but space may be left.
  func expectEnd() throws(UnusableAnswer) {
    guard bytes[position...].allSatisfy(Self.isSpace) else { throw Self.broken }
  }

  /// Moves past the value that begins here.
  private mutating func value() throws(UnusableAnswer) -> Range<Int> {
    let start = position
    var open: [UInt8] = []
    repeat {
      guard position < bytes.endIndex else { throw Self.broken }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""): try skipString()
      case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(byte + 2)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.popLast() == byte else { throw Self.broken }
      case _ where open.isEmpty: try skipScalar()
      default: break
      }
      position += 1
    } while !open.isEmpty
    return start..<position
  }

  /// Stops at the closing quote.
  private mutating func skipString() throws(UnusableAnswer) {
    position += 1
    while position < bytes.endIndex, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.endIndex else { throw Self.broken }
  }

  /// Stops at the last byte of a number or a word.
  private mutating func skipScalar() throws(UnusableAnswer) {
    let start = position
    while position < bytes.endIndex, !Self.isSpace(bytes[position]), !Self.endsScalar(bytes[position]) {
      position += 1
    }
    guard position > start else { throw Self.broken }
    position -= 1
  }

  /// The next byte that is no space.
  private mutating func peek() throws(UnusableAnswer) -> UInt8 {
    while position < bytes.endIndex, Self.isSpace(bytes[position]) { position += 1 }
    guard position < bytes.endIndex else { throw Self.broken }
    return bytes[position]
  }

  private mutating func take(_ byte: UInt8) throws(UnusableAnswer) {
    guard try peek() == byte else { throw Self.broken }
    position += 1
  }

  private static let broken = UnusableAnswer(reason: "the answer is no whole JSON object")

  private static func endsScalar(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "}")
      || byte == UInt8(ascii: "]")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
