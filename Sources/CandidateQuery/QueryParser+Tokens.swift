/// The operators, field names and texts of a query.
extension QueryParser {
  // "OR" | "|" | "||"; in a field's parentheses also ","
  mutating func takeOr() -> Bool {
    scanner.skipSpaces()
    return scanner.takeOperator("OR") || scanner.take("||") || scanner.take("|")
      || (field != nil && scanner.take(","))
  }

  var isAtOr: Bool {
    var ahead = self
    return ahead.takeOr()
  }

  // "AND" | "&" | "&&" | "+", any number of them
  mutating func takeAnd() -> Bool {
    var found = false
    while true {
      scanner.skipSpaces()
      guard scanner.takeOperator("AND") || scanner.take("&") || scanner.take("+") else { return found }
      found = true
    }
  }

  // "NOT" | "-" | "!"; a dash with space behind it is only a dash
  mutating func takeNot() -> Bool {
    while true {
      scanner.skipSpaces()
      if scanner.takeOperator("NOT") { return true }
      guard let scalar = scanner.peek(), scalar == "-" || scalar == "!" else { return false }
      scanner.advance()
      if let next = scanner.peek(), !next.isQuerySpace, next != ")" { return true }
    }
  }

  // field ":" [ "=" ]; `https://` is text
  mutating func takeFieldHead() -> FieldHead? {
    var ahead = scanner
    let start = scanner.position
    let name = ahead.take { !$0.isFieldCharacter }
    guard let first = name.unicodeScalars.first, first.properties.isAlphabetic, ahead.take(":"),
      !ahead.isAt("//")
    else { return nil }
    let isWhole = ahead.take("=")
    scanner = ahead
    return FieldHead(name: name, isWhole: isWhole, start: start)
  }

  // word [ "*" ] | '"' phrase '"' [ "*" ] | "*"
  mutating func takeText(endsAtComma: Bool) -> QueryText? {
    if scanner.take("\"") {
      let phrase = scanner.take { $0 == "\"" }
      if !scanner.take("\"") { note("a quote that was never closed is taken to end with the query") }
      let isPrefix = scanner.take("*")
      guard phrase.unicodeScalars.contains(where: { !$0.isQuerySpace }) else { return nil }
      return QueryText(phrase, isPhrase: true, isPrefix: isPrefix)
    }
    let word = scanner.take { $0.endsWord || (endsAtComma && $0 == ",") }
    guard !word.isEmpty else { return nil }
    let stem = word.unicodeScalars.reversed().drop { $0 == "*" }.reversed()
    let isPrefix = stem.count < word.unicodeScalars.count
    return QueryText(String(String.UnicodeScalarView(stem)), isPrefix: isPrefix)
  }
}

extension Unicode.Scalar {
  fileprivate var isFieldCharacter: Bool {
    properties.isAlphabetic || ("0"..."9").contains(self) || self == "_" || self == "."
  }
}
