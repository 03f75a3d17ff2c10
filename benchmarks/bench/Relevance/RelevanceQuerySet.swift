import BenchmarkCorpus

/// So many queries about the candidates of a corpus, the same for the same numbers.
struct RelevanceQuerySet {
  /// A class that fits few records is given up after so many tries for each query.
  private static let tries = 400

  let queries: [RelevanceQuery]

  init(corpus: Corpus, records: Int, count: Int, seed: UInt64) throws {
    var random = QueryRandom(state: seed)
    var queries: [RelevanceQuery] = []
    var seen: Set<String> = []
    let kinds = RelevanceClass.allCases
    for (position, kind) in kinds.enumerated() {
      var wanted = count / kinds.count + (position < count % kinds.count ? 1 : 0)
      var tries = wanted * Self.tries
      while wanted > 0, tries > 0 {
        tries -= 1
        let record = try CorpusRecord(json: corpus.record(Int.random(in: 0..<records, using: &random)))
        guard let query = RelevanceQuery(kind, for: record, &random), seen.insert(query.query).inserted else {
          continue
        }
        queries.append(query)
        wanted -= 1
      }
    }
    self.queries = queries
  }
}

/// The generator of Steele, Lea and Flood (SplitMix64), for drawing the records that queries are about.
struct QueryRandom: RandomNumberGenerator {
  private var state: UInt64

  init(state: UInt64) { self.state = state }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
