import CandidateQuery
import TextAnalysis

/// Queries for e-mail addresses, phone numbers and web addresses.
enum ContactQuery {
  /// Candidates with an address (`john@doe.com`), with a domain (`@doe.com`), or with an address that begins
  /// so (`john@`, `john@d*`); nil for any other text.
  static func email(_ text: QueryText) -> IndexQuery? {
    let address = text.text
    guard !address.contains(where: \.isWhitespace), let at = address.utf8.lastIndex(of: UInt8(ascii: "@"))
    else { return nil }
    let domain = String(address[address.index(after: at)...])
    if at == address.startIndex {
      return domain.isBlank ? nil : .phrase([FilterTerm(.domain, domain).token], isPrefix: text.isPrefix)
    }
    return .phrase([FilterTerm(.email, address).token], isPrefix: text.isPrefix || domain.isEmpty)
  }

  /// Candidates with a number that ends in these digits, or is these without a country's code; nil for too
  /// few digits.
  static func phone(_ text: String) -> IndexQuery? {
    guard let number = PhoneNumber(text) else { return nil }
    let ending = IndexQuery.phrase([FilterTerm(.phone, number.reversedDigits).token], isPrefix: true)
    return .any([ending] + number.reversedNationalDigits.map { .term(FilterTerm(.phone, $0)) })
  }

  /// Candidates with an address on this host, or with these parts in its path; nil without either.
  static func url(_ text: String) -> IndexQuery? {
    let address = WebAddress(text)
    let path = address.path.map { FilterTerm(.path, $0).token }
    guard !address.host.isEmpty else { return path.isEmpty ? nil : .phrase(path) }
    let whole = IndexQuery.phrase([FilterTerm(.host, address.host).token] + path)
    // `john.doe` may be a handle or a host.
    return path.isEmpty ? .any([whole, .term(FilterTerm(.path, address.host))]) : whole
  }
}
