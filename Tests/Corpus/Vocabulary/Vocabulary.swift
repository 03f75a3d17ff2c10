/// All tables, made once and then only read.
struct Vocabulary: Sendable {
  static let shared = Vocabulary()

  let people = PeopleVocabulary()
  let places = PlaceVocabulary()
  let titles = TitleVocabulary()
  let companies = CompanyVocabulary()
  let tags = TagVocabulary()
  let contacts = ContactVocabulary()
  let custom = CustomVocabulary()
}

/// Who the candidates are.
struct PeopleVocabulary: Sendable {
  let cultures: [Culture]
  let weights: WeightedTable

  init() {
    let romanizer = Romanizer()
    cultures = CultureText.all.map { Culture($0, romanizer: romanizer) }
    weights = WeightedTable(CultureText.all.map(\.weight))
  }
}

/// Companies with the domains that their own people write from.
struct CompanyVocabulary: Sendable {
  let names: TextTable
  let domains: TextTable
  let weights: WeightedTable

  init() {
    let romanizer = Romanizer()
    let names = CompanyText.names()
    self.names = TextTable(names)
    domains = TextTable(names.map { String(romanizer.address($0).prefix(24)) })
    weights = .zipf(count: names.count, offset: 10)
  }
}
