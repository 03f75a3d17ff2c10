/// The text of a Swift file, split into code and string literals. Comments are dropped. Code in an interpolation is
/// code. Regular expression literals are read as code.
struct SwiftText {
  /// A part of one kind and the line where it begins, from 1.
  struct Part {
    var text: [UInt8] = []
    let line: Int
  }

  /// The code, with the line breaks of the file; comments and string literals are empty.
  private(set) var code: [UInt8] = []
  /// The string literals without their interpolations.
  private(set) var literals: [Part] = []

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ text: String) {
    bytes = Array(text.utf8)
    readCode(untilParenthesis: false)
  }

  /// The lines of the code.
  var lines: [[UInt8]] {
    code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
  }

  private func follows(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[position + $0] == text.utf8Start[$0] }
  }

  /// Moves over one byte. A line break is kept in the code, so that lines can be counted in it.
  private mutating func skip() {
    if bytes[position] == UInt8(ascii: "\n") {
      line += 1
      code.append(bytes[position])
    }
    position += 1
  }

  private mutating func skip(_ count: Int) {
    for _ in 0..<count where position < bytes.count { skip() }
  }

  /// Reads code to the end of the file, or to the parenthesis that ends an interpolation.
  private mutating func readCode(untilParenthesis: Bool) {
    var depth = 0
    while position < bytes.count {
      if follows("//") {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      } else if follows("/*") {
        skipBlockComment()
      } else if let hashes = hashesOfLiteral() {
        readLiteral(hashes: hashes)
      } else {
        let byte = bytes[position]
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") {
          if untilParenthesis, depth == 0 { return skip() }
          depth -= 1
        }
        if byte != UInt8(ascii: "\n") { code.append(byte) }
        skip()
      }
    }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    while position < bytes.count {
      if follows("/*") {
        depth += 1
        skip(2)
      } else if follows("*/") {
        depth -= 1
        skip(2)
        if depth == 0 { return }
      } else {
        skip()
      }
    }
  }

  /// How many number signs a string literal that begins here has; nil if none begins here.
  private func hashesOfLiteral() -> Int? {
    var end = position
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - position : nil
  }

  private mutating func readLiteral(hashes: Int) {
    var literal = Part(line: line)
    skip(hashes)
    let isMultiline = follows("\"\"\"")
    skip(isMultiline ? 3 : 1)
    while position < bytes.count {
      if endsLiteral(hashes: hashes, isMultiline: isMultiline) {
        skip((isMultiline ? 3 : 1) + hashes)
        break
      }
      guard bytes[position] == UInt8(ascii: "\\"), isFollowed(byHashes: hashes, from: position + 1) else {
        literal.text.append(bytes[position])
        skip()
        continue
      }
      skip(1 + hashes)
      if follows("(") {
        skip()
        code.append(UInt8(ascii: " "))
        readCode(untilParenthesis: true)
        literal.text.append(UInt8(ascii: " "))
      } else {
        skip(1)
      }
    }
    literals.append(literal)
  }

  private func endsLiteral(hashes: Int, isMultiline: Bool) -> Bool {
    let quotes = isMultiline ? 3 : 1
    guard isMultiline ? follows("\"\"\"") : follows("\"") else { return false }
    return isFollowed(byHashes: hashes, from: position + quotes)
  }

  private func isFollowed(byHashes hashes: Int, from start: Int) -> Bool {
    guard start + hashes <= bytes.count else { return false }
    return bytes[start..<start + hashes].allSatisfy { $0 == UInt8(ascii: "#") }
  }
}
