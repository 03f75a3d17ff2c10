import Glibc

/// Evaluates queries on one document, with the results of FTS5; tests compare both. For a few candidates, this is
/// cheaper than one FTS5 query for each tier.
package struct DocumentMatcher: Sendable {
  /// The columns one after the other, the hidden one first: tokens with a space between.
  private let bytes: [UInt8]
  private let columns: [Range<Int>]

  package init(_ document: Document) {
    bytes = Array(document.bytes)
    columns = (0..<document.columnCount).map { document.range(ofColumn: $0) }
  }

  /// The size of the document, in bytes.
  package var size: Int { bytes.count }

  /// Whether the document matches. A condition on stored values counts as met: the engine has evaluated it.
  package func matches(_ query: IndexQuery) -> Bool {
    switch query {
    case .everything, .record: true
    case .nothing: false
    case .phrase(let tokens, let isPrefix, let textColumns): occurs(tokens, isPrefix, in: textColumns)
    case .together(let phrases, let isPrefix, let textColumns): occur(phrases, isPrefix, in: textColumns)
    case .and(let parts): parts.allSatisfy(matches)
    case .or(let parts): parts.contains(where: matches)
    case .not(let part): !matches(part)
    }
  }

  private func occurs(_ tokens: [String], _ isPrefix: Bool, in textColumns: [TextColumn]) -> Bool {
    Self.withPhrase(tokens) { phrase in
      forAny(textColumns) { Self.occurs(phrase, isPrefix, in: $0) }
    }
  }

  /// Whether all phrases occur in one of the columns.
  private func occur(_ phrases: [[String]], _ isPrefix: Bool, in textColumns: [TextColumn]) -> Bool {
    forAny(textColumns) { column in
      phrases.indices.allSatisfy { i in
        Self.withPhrase(phrases[i]) { Self.occurs($0, isPrefix && i == phrases.count - 1, in: column) }
      }
    }
  }

  /// Whether a condition holds for any of these columns, or for any column where none is named.
  private func forAny(
    _ textColumns: [TextColumn], _ condition: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    bytes.withUnsafeBytes { bytes in
      func holds(_ i: Int) -> Bool { condition(UnsafeRawBufferPointer(rebasing: bytes[columns[i]])) }
      return textColumns.isEmpty
        ? columns.indices.contains(where: holds) : textColumns.contains { holds($0.index + 1) }
    }
  }

  /// Calls `body` with the tokens of a phrase as they follow one another in a column. A phrase without tokens is empty.
  private static func withPhrase(_ tokens: [String], _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    var text = tokens.count == 1 ? tokens[0] : tokens.joined(separator: " ")
    if hasEmptyTokens(text.utf8) { text = text.split(separator: " ").joined(separator: " ") }
    return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }

  private static func hasEmptyTokens(_ text: String.UTF8View) -> Bool {
    var previous = UInt8(ascii: " ")
    for byte in text {
      if byte == UInt8(ascii: " "), previous == byte { return true }
      previous = byte
    }
    return previous == UInt8(ascii: " ")
  }

  /// Whether a phrase begins and ends as tokens of the column do, or begins so if it is a prefix. An empty phrase occurs
  /// nowhere.
  private static func occurs(
    _ phrase: UnsafeRawBufferPointer, _ isPrefix: Bool, in column: UnsafeRawBufferPointer
  ) -> Bool {
    guard let wanted = phrase.baseAddress, let start = column.baseAddress, !phrase.isEmpty else {
      return false
    }
    var position = 0
    while position + phrase.count <= column.count {
      if memcmp(start + position, wanted, phrase.count) == 0 {
        let end = position + phrase.count
        if isPrefix || end == column.count || column[end] == UInt8(ascii: " ") { return true }
      }
      guard let space = memchr(start + position, CInt(UInt8(ascii: " ")), column.count - position) else {
        return false
      }
      position = UnsafeRawPointer(space) - start + 1
    }
    return false
  }
}
