import BenchmarkCorpus

/// Queries that nobody here chose: all pairs of the most frequent terms of a corpus, and random triples and ORs of them.
struct FrequentQueries {
  /// The class of a query, and the queries of each.
  let classes: [(name: String, queries: [String])]

  /// - Parameters:
  ///   - records: records of the corpus, which a sample of some ten thousand represents well.
  ///   - terms: how many terms, the most frequent of all kinds together.
  init(records: [CorpusRecord], terms: Int, triples: Int, ors: Int, seed: UInt64) {
    var counts: [String: Int] = [:]
    for record in records { for term in Set(Self.terms(of: record)) { counts[term, default: 0] += 1 } }
    let frequent = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(terms).map(\.key)
    var random = QueryRandom(state: seed)
    func draw(_ count: Int) -> [String] { Array(frequent.shuffled(using: &random).prefix(count)) }
    let pairs = frequent.indices.flatMap { i in
      frequent[(i + 1)...].map {
        Bool.random(using: &random) ? "\(frequent[i]) \($0)" : "\($0) \(frequent[i])"
      }
    }
    classes = [
      ("pairs", pairs),
      ("triples", (0..<triples).map { _ in draw(3).joined(separator: " ") }),
      ("ORs", (0..<ors).map { _ in draw(2).joined(separator: " OR ") }),
    ]
  }

  /// The words of names and titles, cities, tags and flags, as they are typed.
  private static func terms(of record: CorpusRecord) -> [String] {
    let texts = [record.firstName, record.lastName, record.title].compactMap(\.self)
    let cities = (record.locations ?? []).compactMap { $0.split(separator: ",").first.map(String.init) }
    let words = (texts + cities).flatMap { $0.lowercased().split { !$0.isLetter } }
      .filter { $0.utf8.count > 1 && $0.utf8.allSatisfy { $0 < 0x80 } }.map(String.init)
    let tags = (record.tags ?? []).filter { $0.utf8.allSatisfy { $0 < 0x80 } && $0.allSatisfy(\.isLetter) }
    let flag = record.canEmail.map { ["can_email:\($0)"] } ?? []
    return words.filter { !["and", "or", "not", "near", "in"].contains($0) } + tags.map { "tag:\($0)" } + flag
  }
}
