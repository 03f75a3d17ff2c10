import CandidateQuery
import TextAnalysis

/// A text of a query, analysed once: its words, and the contacts that it may mean besides them.
final class AnalyzedQueryText {
  let text: QueryText
  let words: [Word]

  /// Evaluated lazily, as are the contacts: texts of few fields mean any.
  private(set) lazy var email = ContactQuery.email(text)

  private(set) lazy var contacts: [IndexQuery] = {
    let phone = PhoneText.isNumber(text.text) ? ContactQuery.phone(text.text) : nil
    let url = WebAddress.isAddress(text.text) ? ContactQuery.url(text.text) : nil
    return [email, phone, url].compactMap(\.self)
  }()

  /// The owner of an e-mail address that is complete; nil for any other text.
  private(set) lazy var owner = isWholeAddress ? email : nil

  init(_ text: QueryText) {
    self.text = text
    words = Analyzer.words(of: text.text)
  }

  /// Whether its words must follow one another: it was typed as a phrase, or looks like a part of an e-mail
  /// address.
  var isPhrase: Bool { text.isPhrase || text.text.holds("@") }

  /// Whether it means nothing that can be searched.
  var isEmpty: Bool { words.isEmpty && contacts.isEmpty }

  private var isWholeAddress: Bool {
    guard !text.isPrefix, let at = text.text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
    return at > text.text.startIndex && text.text[at...].dropFirst().holds(".")
  }
}

/// The analysed texts of a query.
struct AnalyzedQueryTexts {
  /// In bytes. Hashing a string with many marks in a row costs the square of their number, so that long texts
  /// are compared.
  private static let maximumHashedLength = 60

  private var short: [String: [AnalyzedQueryText]] = [:]
  /// Few: the length of a query is limited.
  private var long: [AnalyzedQueryText] = []

  /// The analysed form of a text; made when it is needed first.
  subscript(_ text: QueryText) -> AnalyzedQueryText {
    mutating get {
      let isShort = text.text.utf8.count <= Self.maximumHashedLength
      let alike = isShort ? short[text.text] ?? [] : long
      if let known = alike.first(where: { $0.text == text }) { return known }
      let new = AnalyzedQueryText(text)
      if isShort { short[text.text] = alike + [new] } else { long.append(new) }
      return new
    }
  }
}
