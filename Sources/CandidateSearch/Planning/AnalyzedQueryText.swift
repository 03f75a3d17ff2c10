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

  /// Whether its words must follow one another: it was typed as a phrase, or looks like a part of an e-mail address.
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
  /// Bytes, since hashing a string with many marks in a row costs the square of their number.
  private struct Key: Hashable {
    let utf8: [UInt8]
    let isPhrase: Bool
    let isPrefix: Bool
  }

  private var texts: [Key: AnalyzedQueryText] = [:]

  /// The analysed form of a text; made when it is needed first.
  subscript(_ text: QueryText) -> AnalyzedQueryText {
    mutating get {
      let key = Key(utf8: Array(text.text.utf8), isPhrase: text.isPhrase, isPrefix: text.isPrefix)
      if let known = texts[key] { return known }
      let new = AnalyzedQueryText(text)
      texts[key] = new
      return new
    }
  }
}
