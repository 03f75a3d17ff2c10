import TextAnalysis

extension Field.ID {
  /// The shortest clause that finds exactly the candidates with a whole value of the field, as a facet counts them:
  /// `tag:JUNIOR`, `tag:"campus 2022"`, `company:="Quartz & Co."`. Linear in the length of the value.
  ///
  /// - Returns: The clause; nil if the query language cannot express the value (a tag with a double quote in it, or a value
  ///   longer than `QueryParser.maximumQuotation`), and for a field whose clauses find more than a whole value.
  public func clause(whole value: String) -> String? {
    guard let field = Field.all.first(where: { $0.id == self }) else { return nil }
    switch field.kind {
    case .text, .value, .exact: break
    case .flag: guard FlagValue(value) != nil else { return nil }
    case .state, .presence, .phone, .url, .time, .custom: return nil
    }
    let operators = field.kind == .text ? ":=" : ":"
    for text in Self.spellings(of: value) {
      for quoted in [text, "\"\(text)\""] {
        let clause = field.name + operators + quoted
        if Self.finds(value, of: field, by: clause) { return clause }
      }
    }
    return nil
  }

  /// The value as it is written, unless it contains characters that count as spaces or quotes; then without these.
  private static func spellings(of value: String) -> [String] {
    let trimmed = value.trimmedOfSpaces()
    let scanned = QueryScanner(trimmed).scalars
    let isClean = zip(trimmed.unicodeScalars, scanned).allSatisfy { typed, scalar in
      scalar != "\"" && (typed == scalar || scalar != " ")
    }
    let cleaned = String(String.UnicodeScalarView(scanned.map { $0 == "\"" ? " " : $0 })).trimmedOfSpaces()
    return isClean ? [trimmed] : [cleaned]
  }

  private static func finds(_ value: String, of field: Field, by clause: String) -> Bool {
    guard case .field(let parsed)? = (try? QueryParser.parse(clause))?.tree, parsed.name == field.name,
      parsed.isWhole == (field.kind == .text), !parsed.value.isPrefix
    else { return false }
    let text = parsed.value.text
    switch field.id {
    // As an index compares them: without case, accents and surplus space; most texts by their words.
    case .email, .tag, .connector: return folded(text) == folded(value)
    case _ where field.kind == .text: return tokens(text) == tokens(value)
    default: return text.unicodeScalars.elementsEqual(value.unicodeScalars)
    }
  }

  private static func tokens(_ text: String) -> [String] {
    Analyzer.words(of: text).flatMap(\.tokens)
  }

  private static func folded(_ text: String) -> [ArraySlice<Unicode.Scalar>] {
    Folding.fold(text).split(separator: " ")
  }
}
