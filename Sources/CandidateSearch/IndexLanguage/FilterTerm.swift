import CandidateQuery
import TextAnalysis

/// A token of the hidden column: an exact filter that FTS5 intersects like any word.
///
/// `U+E000 t campus U+E000 2021`, a tag, can never collide with what people type, because folding drops private-use
/// characters, and a typed prefix never reaches it.
struct FilterTerm: Hashable {
  /// What FTS5 sees.
  let token: String

  /// Stands before a key and between its words; alone it keeps two values of one column apart.
  static let separator: Unicode.Scalar = "\u{E000}"
  static let separatorBytes = Array(String(separator).utf8)
  /// Longer values are told apart by so many bytes only.
  static let maximumLength = 500

  /// The key of a value, without its case, accents and surplus space.
  init(_ kind: TermPrefix, _ value: String) {
    let writer = FilterTermWriter(bytes: ByteBuffer())
    writer.add(kind, value)
    self.init(writer)
  }

  /// The key of a whole value that is these words and no others.
  init(_ kind: TermPrefix, words: [Word]) {
    self = Self.keys([kind], words: words)[0]
  }

  /// The keys of several kinds, of one whole value that is these words and no others.
  static func keys(_ kinds: [TermPrefix], words: [Word]) -> [FilterTerm] {
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

  static let all = FilterTerm(.all, "")
  static func flag(_ kind: TermPrefix, _ flag: Bool?) -> FilterTerm {
    FilterTerm(kind, flag.map { $0 ? "true" : "false" } ?? "unknown")
  }
  static func missing(_ presence: Presence) -> FilterTerm { FilterTerm(.missing, presence.rawValue) }
  static func custom(_ field: CustomField, _ value: String) -> FilterTerm {
    let writer = FilterTermWriter(bytes: ByteBuffer())
    writer.add(field, value)
    return FilterTerm(writer)
  }
  /// Borne by candidates with anything in a custom field.
  static func custom(_ field: CustomField) -> FilterTerm { FilterTerm(.custom, field.description) }
}

/// What a key is about: a letter or digit stands for it, since every token bears one. (Capitals would not do: FTS5 takes
/// them for small letters.)
struct TermPrefix: Hashable, Sendable {
  /// What every token of this kind begins with.
  let prefix: [UInt8]
  /// Whether a hash of 128 bits replaces the value: of opaque ids there are millions, and a hash is shorter.
  let isHashed: Bool

  private init(_ letter: Unicode.Scalar, isHashed: Bool = false) {
    prefix = FilterTerm.separatorBytes + Array(String(letter).utf8)
    self.isHashed = isHashed
  }

  /// Borne by every candidate.
  static let all = TermPrefix("a")
  static let connector = TermPrefix("c")
  static let remoteID = TermPrefix("r")
  static let application = TermPrefix("p", isHashed: true)
  static let attachment = TermPrefix("q", isHashed: true)
  static let tag = TermPrefix("t")
  static let email = TermPrefix("e")
  /// The part of an e-mail address behind the @.
  static let domain = TermPrefix("d")
  static let phone = TermPrefix("n")
  static let isPrivate = TermPrefix("s")
  static let canEmail = TermPrefix("m")
  static let missing = TermPrefix("x")
  static let custom = TermPrefix("u")
  /// A web address is its host's key, followed by those of the parts of its path.
  static let host = TermPrefix("h")
  static let path = TermPrefix("w")
  /// Whole values.
  static let name = TermPrefix("1")
  static let company = TermPrefix("2")
  static let title = TermPrefix("3")
  static let location = TermPrefix("4")
  static let firstName = TermPrefix("5")
  static let lastName = TermPrefix("6")
  /// One word of a first or a last name.
  static let first = TermPrefix("f")
  static let last = TermPrefix("l")
  /// The initials of the first names and the last name: `J Smith` finds John Smith.
  static let initials = TermPrefix("i")
  /// What the Latin spellings of a Cyrillic or Greek word of a name have in common.
  static let romanized = TermPrefix("y")
}
