/// A text as it is after its escapes were replaced, with the place of each byte in the text as it came.
struct EscapedText {
  private(set) var bytes: [UInt8] = []
  /// Where each byte comes from, and where that ends.
  private var starts: [Int] = []
  private var ends: [Int] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    starts = Array(bytes.indices)
    ends = starts.map { $0 + 1 }
  }

  private init() {}

  /// Where a part of it comes from.
  func source(of range: Range<Int>) -> Range<Int> {
    range.isEmpty ? 0..<0 : starts[range.lowerBound]..<ends[range.upperBound - 1]
  }

  /// The text with each escape replaced once; nil if it has none. An escape that is cut off at the end is left out.
  func unescaped() -> EscapedText? {
    var text = EscapedText()
    var position = 0
    var hasEscapes = false
    while position < bytes.count {
      switch escape(at: position) {
      case .none: text.append(bytes[position], from: self, position..<position + 1)
      case .whole(let byte, let length):
        hasEscapes = true
        text.append(byte, from: self, position..<position + length)
        position += length - 1
      case .cutOff: return text
      }
      position += 1
    }
    return hasEscapes ? text : nil
  }

  private mutating func append(_ byte: UInt8, from text: EscapedText, _ range: Range<Int>) {
    let source = text.source(of: range)
    bytes.append(byte)
    starts.append(source.lowerBound)
    ends.append(source.upperBound)
  }

  private enum Escape {
    case none, cutOff
    case whole(UInt8, length: Int)
  }

  private static let longest = 12
  private static let entities: [(name: String, byte: UInt8)] = [
    ("amp;", UInt8(ascii: "&")), ("lt;", UInt8(ascii: "<")), ("gt;", UInt8(ascii: ">")),
    ("quot;", UInt8(ascii: "\"")), ("apos;", UInt8(ascii: "'")),
  ]

  private func escape(at position: Int) -> Escape {
    let rest = bytes[position...].prefix(Self.longest).dropFirst()
    switch bytes[position] {
    case UInt8(ascii: "%"): return number(rest, digits: 2, before: 1)
    case UInt8(ascii: "\\"):
      switch rest.first {
      case UInt8(ascii: "u"): return number(rest.dropFirst(), digits: 4, before: 2)
      case UInt8(ascii: "x"): return number(rest.dropFirst(), digits: 2, before: 2)
      case let byte? where "\\/\"'".utf8.contains(byte): return .whole(byte, length: 2)
      default: return rest.isEmpty ? .cutOff : .none
      }
    case UInt8(ascii: "&"): return entity(rest)
    default: return .none
    }
  }

  /// This many hexadecimal digits.
  private func number(_ rest: ArraySlice<UInt8>, digits: Int, before: Int) -> Escape {
    let spelled = rest.prefix(digits)
    guard spelled.allSatisfy(Self.isHexadecimal) else { return .none }
    guard spelled.count == digits else { return .cutOff }
    return value(spelled, radix: 16).map { .whole($0, length: before + digits) } ?? .none
  }

  private func entity(_ rest: ArraySlice<UInt8>) -> Escape {
    let isAtEnd = rest.endIndex == bytes.count
    guard rest.first == UInt8(ascii: "#") else {
      let name = String(decoding: rest, as: UTF8.self).lowercased()
      if let entity = Self.entities.first(where: { name.hasPrefix($0.name) }) {
        return .whole(entity.byte, length: 1 + entity.name.utf8.count)
      }
      return isAtEnd && Self.entities.contains { $0.name.hasPrefix(name) } ? .cutOff : .none
    }
    var digits = rest.dropFirst()
    let isHexadecimal = digits.first.map { $0 | 0x20 } == UInt8(ascii: "x")
    if isHexadecimal { digits = digits.dropFirst() }
    let spelled = digits.prefix(while: Self.isHexadecimal)
    guard spelled.endIndex < rest.endIndex else { return isAtEnd ? .cutOff : .none }
    guard bytes[spelled.endIndex] == UInt8(ascii: ";"),
      let byte = value(spelled, radix: isHexadecimal ? 16 : 10)
    else { return .none }
    return .whole(byte, length: spelled.endIndex + 1 - rest.startIndex + 1)
  }

  /// An ASCII character by its number; no secret has another.
  private func value(_ digits: ArraySlice<UInt8>, radix: Int) -> UInt8? {
    UInt32(String(decoding: digits, as: UTF8.self), radix: radix).flatMap { $0 < 0x80 ? UInt8($0) : nil }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}
