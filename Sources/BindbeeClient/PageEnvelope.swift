import Foundation

/// An answer that is not what it should be: one that was cut off, or a proxy's own page. Asking again may help.
struct UnusableAnswer: Error {
  let reason: String
}

/// A page taken apart: its cursor, and the bytes of its list. What is in the list is not looked into, so that a record
/// that is no good does not cost the others.
struct PageEnvelope: Sendable {
  let cursor: String?
  let items: [UInt8]

  /// Nothing but a whole object with both members is a page: `{}` must not pass for the end of a walk.
  init(_ answer: [UInt8]) throws(UnusableAnswer) {
    let members = try JSONShape(answer).members()
    guard let cursor = members["cursor"], let items = members["items"] else {
      throw UnusableAnswer(reason: "the answer is no page of candidates")
    }
    self.cursor = try Self.cursor(answer[cursor])
    let list = answer[items]
    switch list.first {
    case UInt8(ascii: "["): self.items = Array(list)
    case UInt8(ascii: "n"): self.items = Array("[]".utf8)
    default: throw UnusableAnswer(reason: "the page's items are no list")
    }
  }

  private static func cursor(_ text: ArraySlice<UInt8>) throws(UnusableAnswer) -> String? {
    if text.elementsEqual("null".utf8) { return nil }
    guard let cursor = try? JSONDecoder().decode([String].self, from: Data("[".utf8 + text + "]".utf8)).first
    else { throw UnusableAnswer(reason: "the page's cursor is no text") }
    return cursor
  }
}

/// Where the members of a JSON object stand, found by quotes and brackets alone.
struct JSONShape {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes, if they are one whole object.
  static func object(_ bytes: [UInt8]) throws(UnusableAnswer) -> [UInt8] {
    _ = try JSONShape(bytes).members()
    return bytes
  }

  /// Where the object's values stand, by name. Throws where the object is not whole.
  func members() throws(UnusableAnswer) -> [String: Range<Int>] {
    var shape = self
    return try shape.readObject()
  }

  private mutating func readObject() throws(UnusableAnswer) -> [String: Range<Int>] {
    var members: [String: Range<Int>] = [:]
    try take(UInt8(ascii: "{"))
    while try peek() != UInt8(ascii: "}") {
      if !members.isEmpty { try take(UInt8(ascii: ",")) }
      _ = try peek()
      let name = try value()
      try take(UInt8(ascii: ":"))
      _ = try peek()
      members[String(decoding: bytes[name].dropFirst().dropLast(), as: UTF8.self)] = try value()
    }
    position += 1
    guard bytes[position...].allSatisfy(Self.isSpace) else { throw Self.broken }
    return members
  }

  /// Moves behind the value that begins here.
  private mutating func value() throws(UnusableAnswer) -> Range<Int> {
    let start = position
    var open: [UInt8] = []
    repeat {
      guard position < bytes.count else { throw Self.broken }
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
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else { throw Self.broken }
  }

  /// Stops at the last byte of a number or a word.
  private mutating func skipScalar() throws(UnusableAnswer) {
    let start = position
    while position < bytes.count, !Self.isSpace(bytes[position]), !",:}]".utf8.contains(bytes[position]) {
      position += 1
    }
    guard position > start else { throw Self.broken }
    position -= 1
  }

  /// The next byte that is no space.
  private mutating func peek() throws(UnusableAnswer) -> UInt8 {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    guard position < bytes.count else { throw Self.broken }
    return bytes[position]
  }

  private mutating func take(_ byte: UInt8) throws(UnusableAnswer) {
    guard try peek() == byte else { throw Self.broken }
    position += 1
  }

  private static let broken = UnusableAnswer(reason: "the answer is no whole JSON object")

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
