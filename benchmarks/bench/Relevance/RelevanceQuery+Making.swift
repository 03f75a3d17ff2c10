import BenchmarkCorpus

extension RelevanceQuery {
  /// The query of a class that is meant to find a record; nil where the record does not lend itself to it.
  init?(_ kind: RelevanceClass, for record: CorpusRecord, _ random: inout some RandomNumberGenerator) {
    guard let made = Self.make(kind, record, &random), !made.query.isEmpty else { return nil }
    self.init(class: kind, query: made.query, intent: Intent(conditions: made.conditions))
  }

  private typealias Made = (query: String, conditions: [Intent.Condition])

  private static func make(
    _ kind: RelevanceClass, _ record: CorpusRecord, _ random: inout some RandomNumberGenerator
  ) -> Made? {
    switch kind {
    case .email: return email(record, .email)
    case .localPart: return email(record, .emailLocalPart)
    case .titleAndCity: return titleAndCity(record)
    case .tagAndTitle: return tagAndTitle(record)
    case .firstNameAndCompany:
      guard let first = record.firstName, let company = record.company else { return nil }
      return (
        typed(first, company), [.init(.firstName, .words, first), .init(.company, .whole, company)]
      )
    case .lastNameAndTitle:
      guard let last = record.lastName, let title = record.title.flatMap(plainBeginning) else { return nil }
      return (typed(last, title), [.init(.lastName, .whole, last), .init(.title, .words, title)])
    default:
      guard let first = record.firstName, let last = record.lastName else { return nil }
      return name(kind, first, last, &random)
    }
  }

  /// The classes that ask for somebody by name.
  private static func name(
    _ kind: RelevanceClass, _ first: String, _ last: String, _ random: inout some RandomNumberGenerator
  ) -> Made? {
    let names: [Intent.Condition] = [.init(.firstName, .whole, first), .init(.lastName, .whole, last)]
    switch kind {
    case .nickname:
      guard let nickname = Nicknames.nickname(of: first) else { return nil }
      let all = [nickname] + Nicknames.names(of: nickname)
      return (
        typed(nickname, last),
        [.init(field: .firstName, match: .whole, texts: all), .init(.lastName, .whole, last)]
      )
    case .withoutDiacritics: return Spelling.withoutDiacritics(first, last).map { (typed($0), names) }
    case .transliterated:
      guard let spelled = Spelling.transliterated(first, last) else { return nil }
      return (
        typed(spelled.first, spelled.last),
        [
          .init(.firstName, .whole, first, spelled.first), .init(.lastName, .whole, last, spelled.last),
        ]
      )
    case .initials:
      guard let letter = first.first, letter.isASCII, letter.isLetter else { return nil }
      let initial: Intent.Condition = .init(.firstName, .beginning, String(letter))
      return (typed(String(letter), last), [initial, .init(.lastName, .whole, last)])
    case .swapped: return Spelling.swapped(last, &random).map { (typed(first, $0), names) }
    case .missing: return Spelling.missing(last, &random).map { (typed(first, $0), names) }
    case .halfTyped:
      guard let half = Spelling.half(last) else { return nil }
      return (typed(first, half), [.init(.firstName, .whole, first), .init(.lastName, .beginning, half)])
    default: return (typed(first, last), names)
    }
  }

  private static func email(_ record: CorpusRecord, _ field: JudgedField) -> Made? {
    record.values(field).first.map { (typed($0), [.init(field, .whole, $0)]) }
  }

  private static func titleAndCity(_ record: CorpusRecord) -> Made? {
    guard let title = record.title.flatMap(plainBeginning), let place = record.locations?.first,
      let city = place.split(separator: ",").first.map(String.init)
    else { return nil }
    return (typed(title, city), [.init(.title, .words, title), .init(.location, .words, city)])
  }

  private static func tagAndTitle(_ record: CorpusRecord) -> Made? {
    // A colon is syntax in every engine.
    guard let title = record.title.flatMap(plainBeginning),
      let tag = record.tags?.last(where: { plainBeginning($0) == $0 })
    else { return nil }
    return (typed(tag, title), [.init(.tag, .words, tag), .init(.title, .words, title)])
  }

  /// A title up to the first sign that nobody types: `Nurse (m/f/d)` is asked for as `Nurse`.
  private static func plainBeginning(_ text: String) -> String? {
    let end = text.firstIndex { !($0.isLetter || $0.isNumber || " .+#’'".contains($0)) } ?? text.endIndex
    let beginning = String(text[..<end]).split(separator: " ").joined(separator: " ")
    return RecordText.words(beginning).isEmpty ? nil : beginning
  }

  /// Words as people type them: without capitals, which are operators in some languages.
  private static func typed(_ parts: String...) -> String {
    parts.joined(separator: " ").lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
