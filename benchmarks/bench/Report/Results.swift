/// All that a run has measured; `RESULTS.json` holds it as it stands here.
struct Results: Codable {
  var machine: Machine
  var date: String
  /// Each engine's key with its name and version.
  var engines: [EngineRow]
  var records: Int
  var rounds: Int
  /// How often each query was asked at most in a round, and for how many seconds.
  var calls: Int
  var seconds: Double
  var loads: [LoadRow] = []
  var sizes: [SizeRow] = []
  var classes: [LatencyRow] = []
  var queries: [QueryRow] = []
  var counts: [CountRow] = []
  var relevance: [RelevanceRow] = []
  var oneShot: [OneShotRow] = []
  var readers: [ReadersRow] = []
  var resyncs: [LoadRow] = []
  var upserts: [UpsertRow] = []
  var loaded: [LoadedRow] = []

  /// The sizes that queries were measured at, ascending.
  var candidateCounts: [Int] { Set(classes.map(\.size)).sorted() }
}

struct EngineRow: Codable {
  var key: String
  var name: String
  var version: String
}

struct LoadRow: Codable {
  var engine: String
  var size: Int
  /// Medians over the loads.
  var seconds: Double
  var spread: Double
  var loads: Int
  var peakBytes: Int?
  var diskBytes: Int

  init?(engine: String, size: Int, _ results: [LoadResult]) {
    guard let seconds = Sample(results.map(\.seconds)), let first = results.first else { return nil }
    (self.engine, self.size, self.loads) = (engine, size, results.count)
    (self.seconds, spread) = (seconds.median, seconds.spread)
    peakBytes = Sample(results.compactMap { $0.peakBytes.map(Double.init) }).map { Int($0.median) }
    diskBytes = Sample(results.map { Double($0.diskBytes) }).map { Int($0.median) } ?? first.diskBytes
  }

  var rate: Double { seconds > 0 ? Double(size) / seconds : 0 }
}

/// A part of our file, in bytes a candidate.
struct SizeRow: Codable {
  var part: String
  var stored: Double
  var compressed: Double
}

struct QueryRow: Codable {
  var engine: String
  var `class`: String
  var query: String
  var form: String
  /// Microseconds; nil where the engine refused it.
  var median: Double?
  var error: String?
}

struct CountRow: Codable {
  var query: String
  var counts: [String: Int]
  /// Those that find another number than we do, with the reason that the mix gives; nil for none.
  var differences: [String: String?]

  init(entry: QueryMix.Entry, counts: [String: Int], engines: [String]) {
    (query, self.counts) = (entry.query, counts)
    differences = [:]
    for engine in engines where counts[engine] != counts[Engine.oursKey] {
      differences[engine] = .some(entry.differs?[engine])
    }
  }

  var isExplained: Bool { differences.values.allSatisfy { $0 != nil } }
}

struct RelevanceRow: Codable {
  var engine: String
  var `class`: String
  var score: RelevanceScore
}

struct OneShotRow: Codable {
  var name: String
  /// Milliseconds.
  var median: Double
  /// Between the slowest and the fastest tenth, in milliseconds.
  var spread: Double
}

struct ReadersRow: Codable {
  var threads: Int
  /// Queries a second, of all threads together.
  var rate: Double
  var spread: Double
}

struct UpsertRow: Codable {
  var engine: String
  var result: UpsertResult
}

struct LoadedRow: Codable {
  var engine: String
  /// Microseconds: the geometric mean of a query of each class.
  var quiet: Double
  var loaded: Double
  /// How many were brought in meanwhile.
  var records: Int
}
