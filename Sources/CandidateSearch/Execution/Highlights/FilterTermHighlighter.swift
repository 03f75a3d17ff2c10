import CandidateModel
import CandidateQuery
import TextAnalysis

/// Marks values whose keys a match asks for. Keys that stand for no text (a flag, a phone number, an id) mark nothing.
struct FilterTermHighlighter {
  private static let kinds: [TermPrefix] = [
    .name, .firstName, .first, .lastName, .last, .company, .title, .location, .tag, .email, .domain,
  ]

  private let phrases: [TermPrefix: [TokenPhrase]]

  init(_ phrases: Set<TokenPhrase>) {
    self.phrases = Dictionary(
      grouping: phrases, by: { phrase in Self.kinds.first { phrase.isOf($0) } ?? .all })
  }

  private func phrases(of kind: TermPrefix) -> [TokenPhrase] { phrases[kind] ?? [] }

  func asks(_ column: TextColumn) -> Bool { column.wholeValueKey.map { phrases[$0] != nil } ?? false }

  /// Whole values of a column.
  func mark(_ column: TextColumn, _ placed: PlacedColumn, in marks: inout HighlightMarks) {
    guard let kind = column.wholeValueKey else { return }
    for (value, place) in placed.places(of: phrases(of: kind), kind) {
      marks.add(place, column: column, value)
    }
  }

  /// What has keys of its own, besides those of the columns' whole values.
  func mark(_ candidate: Candidate, in marks: inout HighlightMarks) {
    if phrases.isEmpty { return }
    markName(candidate.firstName, .firstName, whole: .firstName, word: .first, in: &marks)
    markName(candidate.lastName, .lastName, whole: .lastName, word: .last, in: &marks)
    markValues(candidate.tags, .tag, .tag, in: &marks)
    markValues(candidate.emailAddresses, .email, .email, in: &marks)
    markDomains(candidate.emailAddresses, in: &marks)
  }

  private func markName(
    _ name: String?, _ field: Field.ID, whole: TermPrefix, word: TermPrefix, in marks: inout HighlightMarks
  ) {
    let (values, words) = (phrases(of: whole), phrases(of: word).compactMap { $0.without(word) })
    guard let name, !values.isEmpty || !words.isEmpty else { return }
    let placed = PlacedColumn([name])
    for (_, place) in placed.places(of: values, whole) { marks.add(place, field: field, 0) }
    for phrase in words {
      for start in placed.indices where placed.holds(phrase, at: start) {
        for place in placed.places(of: phrase, at: start) { marks.add(place, field: field, 0) }
      }
    }
  }

  private func markValues(
    _ values: [String], _ field: Field.ID, _ kind: TermPrefix, in marks: inout HighlightMarks
  ) {
    let phrases = phrases(of: kind)
    if phrases.isEmpty { return }
    for (i, value) in values.enumerated() where !value.isBlank {
      let key = Array(FilterTerm(kind, value).token.utf8)
      if phrases.contains(where: { $0.takes(key) }) { marks.add(0..<value.utf8.count, field: field, i) }
    }
  }

  private func markDomains(_ addresses: [String], in marks: inout HighlightMarks) {
    let phrases = phrases(of: .domain)
    if phrases.isEmpty { return }
    for (i, address) in addresses.enumerated() {
      guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { continue }
      let domain = String(address.unicodeScalars[at...].dropFirst())
      let key = Array(FilterTerm(.domain, domain).token.utf8)
      guard phrases.contains(where: { $0.takes(key) }) else { continue }
      // An accent on the @ is one character with it, which is not cut in two.
      let start = address[at] == "@" ? address.utf8.count - domain.utf8.count : 0
      marks.add(start..<address.utf8.count, field: .email, i)
    }
  }
}
