@testable import CandidateSearch

extension CandidateIndex {
  /// An index in memory of these records.
  static func holding(_ records: String..., connector: String = "") throws -> CandidateIndex {
    let index = try inMemory()
    try index.add(records, connector: connector)
    return index
  }

  @discardableResult
  func add(_ records: [String], connector: String = "") throws -> IngestSummary {
    try ingest(records.map { try CandidateDecoder().decode(json: $0) }, connector: connector)
  }

  /// Who is found by what was typed.
  func ids(_ query: String, limit: Int = 100) throws -> [String] {
    try search(query, .asTyped(limit: limit)).hits.map(\.candidate.id)
  }

  func plan(_ query: String, _ options: SearchOptions = .init()) throws -> SearchPlan {
    try read { try Search(self, .text(query), options, $0).plan }
  }

  func tiers(_ query: String) throws -> [String] {
    try search(query, SearchOptions(limit: 100)).hits.map { "\($0.candidate.id) \($0.tier)" }
  }
}

extension IngestSummary {
  var counts: [Int] { [added, updated, unchanged, stale, refused] }
}
