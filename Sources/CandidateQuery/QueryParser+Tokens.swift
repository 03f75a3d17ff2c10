/// The operators, field names and texts of a query.
extension QueryParser {
  // "OR" | "|" | "||"; in a field's parentheses also ","
  mutating func takeOr() -> Bool { scanner.takeOr(inField: field != nil) }

  var isAtOr: Bool {
    var ahead = scanner
    return ahead.takeOr(inField: field != nil)
  }

  // "AND" | "&" | "&&" | "+", any number of them; other search engines mark a required word with a leading +
  mutating func takeAnd(hasLeft: Bool) -> Bool {
    var found = false
    while true {
      scanner.skipSpaces()
      if phoneLength(inField: field) != nil { return found }
      if scanner.takeOperator("AND") || scanner.take("&&") || scanner.take("&") {
        if found || !hasLeft { note(Repair.strayAnd) }
      } else if !scanner.take("+") {
        return found
      }
      found = true
    }
  }

  // "NOT" | "-" | "!"; a dash with a space after it is no operator. Returns the number of operators.
  mutating func takeNots() -> Int {
    var count = 0
    while true {
      scanner.skipSpaces()
      if scanner.takeOperator("NOT") {
        count += 1
        continue
      }
      guard let signs = takeSigns() else { return count }
      count += signs
    }
  }

  /// The number of signs that negate what directly follows; 0 for a dash that negates nothing, nil without a sign.
  /// Other dashes count as hyphens, since word processors replace hyphens by them.
  mutating func takeSigns() -> Int? {
    let signs = scanner.rest.prefix { $0 == "-" || $0 == "!" || $0 == "–" || $0 == "−" }.count
    guard signs > 0 else { return nil }
    let next = scanner.peek(signs)
    scanner.advance(signs)
    if next.map({ !$0.isQuerySpace && $0 != ")" }) ?? false { return signs }
    if isOfFilters { note(Repair.strayNot) }
    return 0
  }

  // field ":" [ "=" ]; `https://` is text, and so is a colon that punctuates a pasted text. A negated filter never
  // becomes text: that would show candidates that it should hide
  mutating func takeFieldHead(isNegated: Bool) -> FieldHead? {
    var ahead = scanner
    let start = scanner.position
    guard scanner.peek()?.isAlphabetic == true else { return nil }
    ahead.skip { $0.isFieldCharacter }
    guard ahead.peek() == ":" else { return nil }
    let name = ahead.text(from: start)
    ahead.advance()
    if ahead.isAt("//") { return nil }
    if isPasted, !isNegated, ahead.peek()?.isQuerySpace ?? true {
      note(Repair.punctuation)
      return nil
    }
    let isWhole = ahead.take("=")
    scanner = ahead
    return FieldHead(name: name, isWhole: isWhole, start: start)
  }

  // a phone number that contains spaces or parentheses, so that it is not one word
  mutating func takePhone(inField field: FieldHead?) -> QueryText? {
    guard let length = phoneLength(inField: field) else { return nil }
    let start = scanner.position
    scanner.advance(length)
    return QueryText(scanner.text(from: start))
  }

  func phoneLength(inField field: FieldHead?) -> Int? {
    let isPhoneField = field.map { Field.named($0.name)?.kind == .phone } ?? false
    return PhoneText.spacedLength(scanner.rest, inField: isPhoneField)
  }

  /// Whether a quote begins here that neither a quote within `maximumQuotation` nor the end of the query closes.
  var isAtFarQuote: Bool {
    guard scanner.peek() == "\"", scanner.rest.count > Self.maximumQuotation + 1 else { return false }
    return !scanner.rest.dropFirst().prefix(Self.maximumQuotation + 1).contains("\"")
  }

  /// Skips a quote that is closed too far away: in a long text it is a sign for inches, or a typing error.
  mutating func skipFarQuote() {
    while isAtFarQuote {
      scanner.advance()
      note(Repair.farQuote)
      scanner.skipSpaces()
    }
  }

  // initials | word [ "*" ] | '"' phrase '"' [ "*" ] | "'" phrase "'" [ "*" ] | "*"
  mutating func takeText(endsAtComma: Bool) -> QueryText? {
    if let phrase = takeSingleQuoted() { return phrase }
    if !endsAtComma, let initials = takeInitials() { return initials }
    if scanner.take("\"") {
      let phrase = scanner.take { $0 == "\"" }
      if !scanner.take("\"") { note(Repair.openQuote) }
      let isPrefix = scanner.take("*")
      guard phrase.unicodeScalars.contains(where: { !$0.isQuerySpace }) else {
        note(Repair.emptyQuotes)
        return nil
      }
      return QueryText(phrase, isPhrase: true, isPrefix: isPrefix)
    }
    let word = scanner.take { $0.endsWord || (endsAtComma && $0 == ",") }
    guard !word.isEmpty else { return nil }
    if word.utf8.last != UInt8(ascii: "*") { return QueryText(word) }
    let stem = word.unicodeScalars.reversed().drop { $0 == "*" }.reversed()
    let isPrefix = stem.count < word.unicodeScalars.count
    return QueryText(String(String.UnicodeScalarView(stem)), isPrefix: isPrefix)
  }
}

extension QueryScanner {
  fileprivate mutating func takeOr(inField: Bool) -> Bool {
    skipSpaces()
    return takeOperator("OR") || take("||") || take("|") || (inField && take(","))
  }
}

extension QueryParser {
  // capital [ "." ] { space capital [ "." ] }: initials are one text, since `JR` is another spelling of `J. R.`
  fileprivate mutating func takeInitials() -> QueryText? {
    var ahead = scanner
    var count = 0
    var end = ahead.position
    while count < Initials.maximum, let letter = ahead.peek(), letter.properties.isUppercase {
      ahead.advance()
      _ = ahead.take(".")
      guard ahead.peek().map({ $0.isQuerySpace || $0 == ")" }) ?? true else { break }
      count += 1
      end = ahead.position
      ahead.skipSpaces()
    }
    guard count >= Initials.minimum else { return nil }
    let start = scanner.position
    scanner.advance(end - start)
    return QueryText(scanner.text(from: start))
  }

  /// The number of initials that form one text.
  private enum Initials {
    static let minimum = 2
    static let maximum = 4
  }

  /// Takes a phrase in single quotes. Both must be at the ends of words: `O'Brien` and `'Abd` contain apostrophes.
  fileprivate mutating func takeSingleQuoted() -> QueryText? {
    guard let quote = scanner.peek(), quote == "'" || quote == "‘" else { return nil }
    let following = scanner.rest.dropFirst().prefix(Self.maximumSingleQuotedLength)
    guard let first = following.first, !first.isQuerySpace, first != "'", first != "’" else { return nil }
    let close = following.indices.first { i in
      (following[i] == "'" || following[i] == "’")
        && (i + 1 == scanner.scalars.endIndex || endsQuotation(i + 1))
    }
    guard let close, !following[..<close].contains("\"") else { return nil }
    scanner.advance()
    let start = scanner.position
    scanner.advance(close - start)
    let text = scanner.text(from: start)
    scanner.advance()
    return QueryText(text, isPhrase: true, isPrefix: scanner.take("*"))
  }

  private func endsQuotation(_ place: Int) -> Bool {
    let scalar = scanner.scalars[place]
    return scalar.endsWord || scalar == "," || scalar == "*"
  }

  /// The maximum length of a phrase in single quotes, in Unicode scalars. Without it, the cost would be quadratic in
  /// the number of apostrophes.
  private static let maximumSingleQuotedLength = 200
}

extension Unicode.Scalar {
  fileprivate var isFieldCharacter: Bool {
    isAlphabetic || isDigit || self == "_" || self == "." || self == "-"
  }
}

/// The corrections of the parser, as messages.
enum Repair {
  static let strayAnd = "an AND with nothing beside it was ignored"
  static let strayOr = "an OR with nothing beside it was ignored"
  static let strayNot = "a NOT with nothing after it was ignored"
  static let punctuation = "a colon with a space after it was taken as punctuation"
  static let closing = "a closing parenthesis without an opening one was ignored"
  static let opening = "a parenthesis that was never closed is taken to end with the query"
  static let emptyParentheses = "parentheses around nothing were ignored"
  static let openQuote = "a quote that was never closed is taken to end with the query"
  static let farQuote =
    "a quote that is not closed within \(QueryParser.maximumQuotation) characters was ignored"
  static let emptyQuotes = "quotes around nothing were ignored"
}
