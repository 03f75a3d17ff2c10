import CandidateModel

/// A token of the hidden column: an exact filter that FTS5 intersects like any word.
///
/// `U+E000 tag U+E000 campus U+E000 2021` can never collide with what people type, because folding drops private-use
/// characters, and a typed prefix never reaches it.
struct Key: Hashable {
  /// What FTS5 sees.
  let token: String

  /// Stands before, between and behind the parts of a key; alone it keeps two values of one column apart.
  static let separator: Unicode.Scalar = "\u{E000}"
  /// Longer values are told apart by so many characters only.
  static let maximumLength = 500

  private init(_ kind: String, _ value: String) {
    var scalars = String.UnicodeScalarView()
    scalars.append(Self.separator)
    scalars.append(contentsOf: kind.unicodeScalars)
    scalars.append(Self.separator)
    scalars.append(contentsOf: value.unicodeScalars)
    token = String(scalars)
  }

  /// Borne by every candidate.
  static let all = Key("all", "")

  static func tag(_ tag: String) -> Key { Key("tag", folded(tag)) }
  static func canEmail(_ flag: Bool?) -> Key { Key("can_email", name(of: flag)) }
  static func isPrivate(_ flag: Bool?) -> Key { Key("is_private", name(of: flag)) }
  static func connector(_ name: String) -> Key { Key("connector", folded(name)) }
  static func id(_ id: String) -> Key { Key("id", folded(id)) }
  static func email(_ address: String) -> Key { Key("email", folded(address)) }
  static func emailDomain(_ domain: String) -> Key { Key("domain", folded(domain)) }
  /// The digits of a phone number from the last to the first, so that its ending is the token's beginning.
  static func phone(reversedDigits: String) -> Key { Key("phone", reversedDigits) }
  static func missing(_ field: String) -> Key { Key("missing", field) }
  /// A column's value that is these words and no others.
  static func whole(_ column: TextColumn, words: [Word]) -> Key {
    Key(column.rawValue, words.flatMap(\.tokens).joined(separator: String(separator)))
  }

  /// The digits of a phone number as a key holds them; nil if there are too few to mean anyone.
  static func reversedDigits(_ phone: String) -> String? {
    let digits = phone.unicodeScalars.filter { $0.properties.numericType == .decimal }
    guard digits.count >= 4 else { return nil }
    return String(
      digits.reversed().compactMap { $0.properties.numericValue.map { Character(String(Int($0))) } })
  }

  /// The value without case, accents and surplus space, its words kept apart by the separator.
  static func folded(_ value: String) -> String {
    let words = Folding.fold(value).prefix(maximumLength).split(separator: " ")
    return String(String.UnicodeScalarView(words.joined(separator: [separator])))
  }

  private static func name(of flag: Bool?) -> String {
    flag.map { $0 ? "true" : "false" } ?? "unknown"
  }
}
