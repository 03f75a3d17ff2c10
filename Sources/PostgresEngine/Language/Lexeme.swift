import CandidateSearch

/// How tokens of documents become lexemes of a `tsvector`. Tokens have no capitals (folding), so that a capital before a
/// token names its column: `software` in a title is `Tsoftware`. A filter term is a lexeme as it is.
enum Lexeme {
  /// The lexeme of documents of which positions are missing: whether they match a phrase is found by comparison.
  static let withoutPositions = "Z"
  /// The lexeme of documents of which lexemes are missing: whether they match a query is found by comparison.
  static let incomplete = "Y"
  /// The longest lexeme, in bytes (PostgreSQL's documentation of text search: less than 2 kilobytes).
  static let maximumLength = 2_046
  /// The highest position of a lexeme, and the number of its positions (the same documentation: 16,383 and 256).
  static let (maximumPosition, maximumPositions) = (16_383, 255)
  /// The size of a `tsvector`, in bytes (the same documentation: less than a megabyte).
  static let maximumSize = 1 << 20 - 1

  /// The letter of a column.
  static func letter(of column: TextColumn) -> UInt8 {
    switch column {
    case .name: UInt8(ascii: "N")
    case .company: UInt8(ascii: "C")
    case .title: UInt8(ascii: "T")
    case .location: UInt8(ascii: "L")
    case .tag: UInt8(ascii: "G")
    case .email: UInt8(ascii: "E")
    }
  }

  /// The column of a letter, as postings number it; nil for a lexeme without one.
  static func column(of lexeme: UnsafeRawBufferPointer) -> Int? {
    guard let first = lexeme.first else { return nil }
    return TextColumn.allCases.firstIndex { letter(of: $0) == first }.map { $0 + 1 }
  }
}
