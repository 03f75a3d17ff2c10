/// What was measured of a query, by us or by a peer: an object of the list that `bench query --json` prints.
struct QueryResult: Codable, Equatable {
  var query: String
  /// Microseconds from the text to the top ten, read as a table shows them.
  var median: Double?
  var p99: Double?
  var countInTop: Int?
  /// The ids of the top ten, the best first.
  var ids: [String]?
  /// The tier of the first hit, where it was requested; nil for peers, and without a hit.
  var tier: String?
  /// All candidates that it finds, where they were counted.
  var matches: Int?
  /// Microseconds at 0 %, 1 % … 100 % of the calls, where they were asked for.
  var percentiles: [Double]?
  /// Why the query could not be asked; then nothing was measured.
  var error: String?

  enum CodingKeys: String, CodingKey {
    case query
    case median = "median_us"
    case p99 = "p99_us"
    case countInTop = "count_in_top"
    case ids, tier, matches
    case percentiles = "percentiles_us"
    case error
  }

  static func failed(_ query: String, _ error: String) -> QueryResult {
    QueryResult(query: query, error: error)
  }
}

extension QueryResult {
  init(query: String, ids: [String], tier: String? = nil, seconds: [Double], keepsPercentiles: Bool) {
    self.init(query: query)
    self.ids = ids
    self.tier = tier
    countInTop = ids.count
    guard let sample = Sample(seconds.map { ($0 * 1e8).rounded() / 100 }) else { return }
    median = sample.median
    p99 = sample.quantile(0.99)
    if keepsPercentiles { percentiles = sample.percentiles }
  }
}
