import CandidateQuery
import NameVariants
import TextAnalysis

/// A token of the hidden column: an exact filter that FTS5 intersects like any word.
///
/// `U+E000 t campus U+E000 2021`, a tag, never equals a typed word, because folding drops private-use characters; nor
/// does a typed prefix match it.
package struct FilterTerm: Hashable {
  /// The token of FTS5.
  package let token: String

  /// Begins a term and separates its words; alone it separates the values of a column.
  package static let separator: Unicode.Scalar = "\u{E000}"
  package static let separatorBytes = Array(String(separator).utf8)
  /// At most this many bytes of a value are part of its term.
  package static let maximumLength = 500

  /// The term of a value, without its case, accents and surplus space.
  package init(_ kind: TermPrefix, _ value: String) {
    let writer = FilterTermWriter(bytes: ByteBuffer())
    writer.add(kind, value)
    self.init(writer)
  }

  /// The terms of tokens that follow one another, one for each two; nil if one of them has no term.
  package static func pairs(_ kind: TermPrefix, _ tokens: [String]) -> [FilterTerm]? {
    guard tokens.count > 1 else { return nil }
    let writer = FilterTermWriter(bytes: ByteBuffer())
    let terms = zip(tokens, tokens.dropFirst()).map { first, second in
      writer.bytes.truncate(to: 0)
      var pair = first + " " + second
      pair.withUTF8 { writer.add(kind, pairsOf: $0) }
      return writer.bytes.count > 0 ? FilterTerm(writer) : nil
    }
    return terms.contains(nil) ? nil : terms.compactMap(\.self)
  }

  /// The term of a whole value that consists of these words.
  package init(_ kind: TermPrefix, words: [Word]) {
    self = Self.wholeValues([kind], words: words)[0]
  }

  /// The terms, one for each prefix, of a whole value that consists of these words.
  package static func wholeValues(_ kinds: [TermPrefix], words: [Word]) -> [FilterTerm] {
    let writer = FilterTermWriter(bytes: ByteBuffer(capacity: 256))
    var tokens =
      words.count == 1 && words[0].tokens.count == 1
      ? words[0].tokens[0] : words.flatMap(\.tokens).joined(separator: " ")
    return kinds.map { kind in
      writer.bytes.truncate(to: 0)
      tokens.withUTF8 { writer.add(kind, words: $0) }
      return FilterTerm(writer)
    }
  }

  private init(_ writer: FilterTermWriter) {
    token = String(decoding: writer.bytes.all.dropLast(), as: UTF8.self)
  }

  /// The term of a word of a name that sounds so.
  package init(_ code: PhoneticCode) {
    let writer = FilterTermWriter(bytes: ByteBuffer())
    writer.add(.sound, coarse: code.coarse, fine: code.fine)
    self.init(writer)
  }

  /// The beginning of the terms of all words with a coarse code.
  package static func beginning(coarse code: PhoneticCode) -> String {
    FilterTerm(.sound, code.coarse).token + String(separator)
  }

  package static let all = FilterTerm(.all, "")
  package static func flag(_ kind: TermPrefix, _ flag: Bool?) -> FilterTerm {
    FilterTerm(kind, flag.map { $0 ? "true" : "false" } ?? "unknown")
  }
  package static func missing(_ presence: Presence) -> FilterTerm { FilterTerm(.missing, presence.rawValue) }
  package static func custom(_ field: CustomField, _ value: String) -> FilterTerm {
    let writer = FilterTermWriter(bytes: ByteBuffer())
    writer.add(field, value)
    return FilterTerm(writer)
  }
  /// The term of candidates with a value in a custom field.
  package static func custom(_ field: CustomField) -> FilterTerm { FilterTerm(.custom, field.description) }
}
