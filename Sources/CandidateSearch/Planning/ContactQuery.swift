import CandidateQuery
import TextAnalysis

/// Queries for e-mail addresses, phone numbers and web addresses.
enum ContactQuery {
  /// The query of an e-mail address (`john@doe.com`), of a domain (`@doe.com`), or of a prefix of an address (`john@`,
  /// `john@d*`); nil for any other text.
  static func email(_ text: QueryText) -> IndexQuery? {
    let address = text.text
    guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")), !address.containsWhiteSpace
    else { return nil }
    let domain = String(address[address.index(after: at)...])
    if at == address.startIndex {
      return domain.isBlank ? nil : .phrase([FilterTerm(.domain, domain).token], isPrefix: text.isPrefix)
    }
    return .phrase([FilterTerm(.email, address).token], isPrefix: text.isPrefix || domain.isEmpty)
  }

  /// The query of the numbers that end in these digits, or are these without a country's code; nil for too few digits.
  static func phone(_ text: String) -> IndexQuery? {
    guard let number = PhoneNumber(text) else { return nil }
    let ending = IndexQuery.phrase([FilterTerm(.phone, number.reversedDigits).token], isPrefix: true)
    let others = number.reversedNationalDigits + [number.reversedWithOtherPrefix].compactMap(\.self)
    return .any([ending] + others.map { .term(FilterTerm(.phone, $0)) })
  }

  /// The query of the web addresses on this host, or with these parts in their path; nil without either.
  static func url(_ text: String) -> IndexQuery? {
    let address = WebAddress(text)
    let path = address.path.map { FilterTerm(.path, $0).token }
    guard !address.host.isEmpty else { return path.isEmpty ? nil : .phrase(path) }
    let whole = IndexQuery.phrase([FilterTerm(.host, address.host).token] + path)
    // `john.doe` may be a handle or a host.
    return path.isEmpty ? .any([whole, .term(FilterTerm(.path, address.host))]) : whole
  }
}
