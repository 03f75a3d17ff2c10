import CandidateQuery
import TextAnalysis

/// What e-mail addresses, phone numbers and web addresses match.
enum ContactQuery {
  /// The contacts that free text may mean besides its words.
  static func matches(_ text: QueryText) -> [IndexQuery] {
    var matches: [IndexQuery] = []
    if let email = email(text) { matches.append(email) }
    if PhoneText.isNumber(text.text), let phone = phone(text.text) { matches.append(phone) }
    if WebAddress.isAddress(text.text), let url = url(text.text) { matches.append(url) }
    return matches
  }

  /// The owner of an address that is complete; nil for any other text.
  static func wholeAddress(_ text: QueryText) -> IndexQuery? {
    guard !text.isPrefix, let at = text.text.utf8.lastIndex(of: UInt8(ascii: "@")), at > text.text.startIndex,
      text.text[at...].dropFirst().holds(".")
    else { return nil }
    return email(text)
  }

  /// `john@doe.com` the address, `@doe.com` the domain, `john@` and `john@d*` the beginning of an address; nil for
  /// other parts of one.
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

  /// The numbers that end in these digits, or are these without a country's code.
  static func phone(_ text: String) -> IndexQuery? {
    guard let number = PhoneNumber(text) else { return nil }
    let ending = IndexQuery.phrase([FilterTerm(.phone, number.reversedDigits).token], isPrefix: true)
    return .any([ending] + number.reversedNationalDigits.map { .term(FilterTerm(.phone, $0)) })
  }

  /// The addresses on this host, or with these parts in their path.
  static func url(_ text: String) -> IndexQuery? {
    let address = WebAddress(text)
    let path = address.path.map { FilterTerm(.path, $0).token }
    guard !address.host.isEmpty else { return path.isEmpty ? nil : .phrase(path) }
    let whole = IndexQuery.phrase([FilterTerm(.host, address.host).token] + path)
    // `john.doe` may be a handle as well as a host.
    return path.isEmpty ? .any([whole, .term(FilterTerm(.path, address.host))]) : whole
  }
}
