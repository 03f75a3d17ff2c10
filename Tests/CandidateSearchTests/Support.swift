import CandidateSearch
import Foundation

/// Files that the tests share.
enum Fixture {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let samples = root.appendingPathComponent("docs/samples/candidates.ndjson").path
  static let example = root.appendingPathComponent("Tests/Fixtures/bindbee-candidate.json").path
}

/// A folder that goes away with its owner.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("cand-search-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: file(name), atomically: false, encoding: .utf8)
    return file(name)
  }
}

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

  func ids(_ query: String, limit: Int = 100) throws -> [String] {
    try search(query, SearchOptions(limit: limit)).hits.map(\.candidate.id)
  }

  func tiers(_ query: String) throws -> [String] {
    try search(query, SearchOptions(limit: 100)).hits.map { "\($0.candidate.id) \($0.tier)" }
  }
}

extension IngestSummary {
  var counts: [Int] { [added, updated, unchanged, stale, refused] }
}
