import CandidateQuery

/// A token of the hidden column: an exact filter that FTS5 intersects like any word.
///
/// `U+E000 tag U+E000 campus U+E000 2021` can never collide with what people type, because folding drops private-use
/// characters, and a typed prefix never reaches it.
struct Key: Hashable {
  /// What FTS5 sees.
  let token: String

  /// What a key is about. Its name stands in the token.
  enum Kind: String, CaseIterable {
    /// Borne by every candidate.
    case all
    case connector, id, application, attachment, tag, email, phone, missing, custom
    case remoteID = "remote_id"
    case isPrivate = "is_private"
    case canEmail = "can_email"
    /// The part of an e-mail address behind the @.
    case domain
    /// A web address is its host's key, followed by those of the parts of its path.
    case host, path
    /// Whole values.
    case name, company, title, location
    case firstName = "first_name"
    case lastName = "last_name"
    /// One word of a first or a last name.
    case first, last

    /// What every token of this kind begins with.
    var prefix: [UInt8] { Self.prefixes[self] ?? [] }

    private static let prefixes = Dictionary(
      uniqueKeysWithValues: allCases.map { ($0, Key.separatorBytes + $0.rawValue.utf8 + Key.separatorBytes) })
  }

  /// Stands before, between and behind the parts of a key; alone it keeps two values of one column apart.
  static let separator: Unicode.Scalar = "\u{E000}"
  static let separatorBytes = Array(String(separator).utf8)
  /// Longer values are told apart by so many bytes only.
  static let maximumLength = 500

  /// The key of a value, without its case, accents and surplus space.
  init(_ kind: Kind, _ value: String) {
    var writer = KeyWriter()
    writer.add(kind, value)
    self.init(writer)
  }

  /// The key of a whole value that is these words and no others.
  init(_ kind: Kind, words: [Word]) {
    var writer = KeyWriter()
    writer.add(kind, words: Array(words.flatMap(\.tokens).joined(separator: " ").utf8)[...])
    self.init(writer)
  }

  private init(_ writer: KeyWriter) { token = String(decoding: writer.bytes.dropLast(), as: UTF8.self) }

  static let all = Key(.all, "")
  static func flag(_ kind: Kind, _ flag: Bool?) -> Key {
    Key(kind, flag.map { $0 ? "true" : "false" } ?? "unknown")
  }
  static func missing(_ presence: Presence) -> Key { Key(.missing, presence.rawValue) }
  static func custom(_ field: CustomField, _ value: String) -> Key {
    var writer = KeyWriter()
    writer.add(field, value)
    return Key(writer)
  }
  /// Borne by candidates with anything in a custom field.
  static func custom(_ field: CustomField) -> Key { Key(.custom, field.description) }
}

/// Writes keys as FTS5 is given them, each with a space behind it.
struct KeyWriter {
  var bytes: [UInt8] = []

  /// The key of a value.
  mutating func add(_ kind: Key.Kind, _ value: String) {
    bytes += kind.prefix
    addFolded(value)
    end()
  }

  /// The key of a custom field's value.
  mutating func add(_ field: CustomField, _ value: String) {
    bytes += Key.Kind.custom.prefix
    bytes += field.description.utf8
    bytes += Key.separatorBytes
    addFolded(value)
    end()
  }

  /// The key of a whole value, from its tokens with spaces between.
  mutating func add(_ kind: Key.Kind, words: ArraySlice<UInt8>) {
    bytes += kind.prefix
    addJoined(words)
    end()
  }

  /// A key for each of a text's tokens. What keeps two values apart does so here too.
  mutating func add(_ kind: Key.Kind, eachOf tokens: [UInt8]) {
    for token in tokens.split(separator: 0x20) {
      if !token.elementsEqual(Key.separatorBytes) { bytes += kind.prefix }
      bytes += token
      end()
    }
  }

  /// A key that was written before.
  mutating func add(_ key: Key) {
    bytes += key.token.utf8
    end()
  }

  private mutating func end() { bytes.append(0x20) }

  private mutating func addFolded(_ value: String) {
    var folded: [UInt8] = []
    Folding.fold(value, to: &folded)
    addJoined(folded[...])
  }

  /// The words with separators for the spaces between them.
  private mutating func addJoined(_ words: ArraySlice<UInt8>) {
    var end = min(words.endIndex, words.startIndex + Key.maximumLength)
    // A character is not cut in two.
    while end < words.endIndex, end > words.startIndex, words[end] & 0xC0 == 0x80 { end -= 1 }
    var isFirst = true
    for word in words[..<end].split(separator: 0x20) {
      if !isFirst { bytes += Key.separatorBytes }
      isFirst = false
      bytes += word
    }
  }
}
