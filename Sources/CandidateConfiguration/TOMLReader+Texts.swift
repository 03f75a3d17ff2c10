/// The four kinds of texts.
extension TOMLReader {
  mutating func readLiteralText() throws(ConfigurationError) -> String {
    let place = scanner.place
    scanner.advance()
    var text = String.UnicodeScalarView()
    while let scalar = scanner.next, !scanner.isAtLineBreak {
      if scanner.take("'") { return String(text) }
      try append(scalar, to: &text)
    }
    throw error("the text has no end", at: place)
  }

  mutating func readBasicText() throws(ConfigurationError) -> String {
    let place = scanner.place
    scanner.advance()
    var text = String.UnicodeScalarView()
    while let scalar = scanner.next, !scanner.isAtLineBreak {
      if scanner.take("\"") { return String(text) }
      if scalar == "\\" { text.append(try readEscape()) } else { try append(scalar, to: &text) }
    }
    throw error("the text has no end", at: place)
  }

  mutating func readLongLiteralText() throws(ConfigurationError) -> String {
    try readLongText("'") { reader, scalar, text throws(ConfigurationError) in
      try reader.append(scalar, to: &text)
    }
  }

  mutating func readLongBasicText() throws(ConfigurationError) -> String {
    try readLongText("\"") { reader, scalar, text throws(ConfigurationError) in
      guard scalar == "\\" else { return try reader.append(scalar, to: &text) }
      if !reader.scanner.takeEscapedLineBreak() { text.append(try reader.readEscape()) }
    }
  }

  /// Reads a text between three quotes. Up to two quotes more before the last three belong to it, and a line break after
  /// the first three does not.
  private mutating func readLongText(
    _ quote: Unicode.Scalar,
    _ append: (inout TOMLReader, Unicode.Scalar, inout String.UnicodeScalarView) throws(ConfigurationError) ->
      Void
  ) throws(ConfigurationError) -> String {
    let place = scanner.place
    for _ in 0..<3 { scanner.advance() }
    _ = scanner.takeLineBreak()
    var text = String.UnicodeScalarView()
    while let scalar = scanner.next {
      if scalar == quote {
        let count = scanner.takeAll(quote, atMost: 5)
        text.append(contentsOf: repeatElement(quote, count: count < 3 ? count : count - 3))
        if count >= 3 { return String(text) }
      } else if scanner.takeLineBreak() {
        text.append("\n")
      } else {
        try append(&self, scalar, &text)
      }
    }
    throw error("the text has no end", at: place)
  }

  private mutating func append(
    _ scalar: Unicode.Scalar, to text: inout String.UnicodeScalarView
  ) throws(ConfigurationError) {
    if TOMLScanner.isControl(scalar) { throw error("a control character") }
    text.append(scalar)
    scanner.advance()
  }

  private mutating func readEscape() throws(ConfigurationError) -> Unicode.Scalar {
    let place = scanner.place
    guard let scalar = scanner.takeEscape() else {
      throw error("there is no such escape sequence", at: place)
    }
    return scalar
  }
}
