import CandidateQuery
import TextAnalysis

/// A text of a query, analysed once: its words, and the contacts that it may be.
final class AnalyzedQueryText {
  let text: QueryText
  let words: [Word]

  /// The query of an e-mail address. Evaluated lazily, as the contacts: in most fields a text is no contact.
  private(set) lazy var email = ContactQuery.email(text)

  private(set) lazy var contacts: [IndexQuery] = {
    let phone = PhoneText.isNumber(text.text) ? ContactQuery.phone(text.text) : nil
    // Every address has a slash.
    let url = text.text.holds("/") && WebAddress.isAddress(text.text) ? ContactQuery.url(text.text) : nil
    return [email, phone, url].compactMap(\.self)
  }()

  /// The query of the owner of a complete e-mail address; nil for any other text.
  private(set) lazy var owner = isWholeAddress ? email : nil

  init(_ text: QueryText) {
    self.text = text
    words = Analyzer.words(of: text.text)
  }

  /// Whether its words must follow one another: it was typed as a phrase, or contains an @, as an e-mail address.
  var isPhrase: Bool { text.isPhrase || text.text.holds("@") }

  /// Whether it contains neither a word nor a contact.
  var isEmpty: Bool { words.isEmpty && contacts.isEmpty }

  private var isWholeAddress: Bool {
    guard !text.isPrefix, let at = text.text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
    return at > text.text.startIndex && text.text[at...].dropFirst().holds(".")
  }
}

/// The analysed texts of a query.
struct AnalyzedQueryTexts {
  /// The maximum length of a text that is hashed, in bytes. Hashing takes quadratic time in the number of consecutive
  /// marks, so that longer texts are compared.
  private static let maximumHashedLength = 60

  /// The first texts are compared: most queries have no more.
  private static let maximumCompared = 8

  private var first: [AnalyzedQueryText] = []
  private var short: [String: [AnalyzedQueryText]] = [:]
  /// Texts that are compared: few, since the length of a query is limited.
  private var long: [AnalyzedQueryText] = []

  /// The analysed form of a text, made at its first use.
  subscript(_ text: QueryText) -> AnalyzedQueryText {
    mutating get {
      if let known = first.first(where: { $0.text == text }) { return known }
      if first.count < Self.maximumCompared {
        let new = AnalyzedQueryText(text)
        first.append(new)
        return new
      }
      let isShort = text.text.utf8.count <= Self.maximumHashedLength
      let alike = isShort ? short[text.text] ?? [] : long
      if let known = alike.first(where: { $0.text == text }) { return known }
      let new = AnalyzedQueryText(text)
      if isShort { short[text.text] = alike + [new] } else { long.append(new) }
      return new
    }
  }
}

extension QueryText {
  /// Whether the text is taken for an id: without white space, and with a digit or a hyphen.
  var canBeID: Bool {
    !isPrefix && !text.contains(where: \.isWhitespace)
      && text.utf8.contains {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
      }
  }
}
