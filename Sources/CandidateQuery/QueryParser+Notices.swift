/// The corrections of a parser, and its notes on words that may have been meant as operators.
extension QueryParser {
  /// The maximum number of characters of a reading that is shown.
  private static let maximumReadingLength = 200

  mutating func note(_ repair: String) {
    if firstRepair == nil {
      firstRepair = SourceRange(start: max(0, scanner.position - 1), end: max(1, scanner.position))
    }
    if !repairs.contains(repair) { repairs.append(repair) }
  }

  /// The corrections in one line, with the query as it was read; then the hints.
  func notices(_ tree: QueryTree) -> [QueryNotice] {
    if repairs.isEmpty { return hints }
    let reading = tree.description
    let shown =
      reading.count > Self.maximumReadingLength
      ? reading.prefix(Self.maximumReadingLength) + "…" : reading[...]
    return [QueryNotice("\(repairs.joined(separator: "; ")); read as: \(shown)")] + hints
  }

  /// Notes lower-case operators, which count as words: `java or php`.
  mutating func hintAtLowerCaseOperators(_ parts: [QueryTree]) {
    for part in parts {
      guard case .and(let words) = part, words.count > 2 else { continue }
      for case .text(let text) in words.dropFirst().dropLast()
      where ["and", "or", "not"].contains(text.text) && !text.isPhrase {
        let hint = QueryNotice(
          "“\(text.text)” was taken as a word; as an operator it is written \(text.text.uppercased())")
        if !hints.contains(hint) { hints.append(hint) }
      }
    }
  }
}
