import CandidateSearch
import Foundation
import PostgresEngine

/// The index under test. All that the benchmarks ask of the library goes through here, so that a change of its
/// interface touches one file.
struct LibraryIndex: Sendable {
  private let index: CandidateIndex
  private let relaxed: Relaxed

  /// Opens an index for so many readers at once. A search contains relaxed hits as on a terminal, unless it is strict.
  init(path: String, readers: Int = 1, isStrict: Bool = false) throws {
    index = try CandidateIndex(location: path, access: .reading(readers: readers))
    relaxed = isStrict ? .never : .hits
  }

  /// The ids of the best ten, and the tier of the first. What a table shows of each is read.
  func top(_ query: String) throws -> (ids: [String], tier: String?) {
    var options = SearchOptions(limit: topCount)
    options.relaxed = relaxed
    let hits = try index.search(SearchQuery(query), options).hits
    return (hits.map { touch($0.candidate) }, hits.first?.tier.rawValue)
  }

  /// How many candidates hold what was typed: peers know no variants, and correct nothing unless asked.
  func count(_ query: String) throws -> Int { try index.count(SearchQuery(query), .asTyped()) }

  /// Brings a file of records in, as one sync does; gives how many there were.
  static func ingest(_ corpus: String, into path: String) throws -> Int {
    let index = try CandidateIndex(location: path, access: .writing)
    return try index.ingest { try $0.add(ByteSource(path: corpus)) }.records
  }

  /// Brings in each line of a file by itself, a transaction for each; gives the seconds that each took.
  static func ingestOneByOne(_ corpus: String, into path: String) throws -> [Double] {
    let index = try CandidateIndex(location: path, access: .writing)
    return try Data(contentsOf: URL(fileURLWithPath: corpus)).split(separator: UInt8(ascii: "\n")).map {
      line in
      let bytes = Array(line)
      return try Stopwatch.seconds {
        _ = try index.ingest { try $0.add(ByteSource(bytes: bytes, name: corpus)) }
      }
    }
  }

  /// Whether an error says that an index or an input cannot be used.
  static func isFailure(_ error: any Error) -> Bool { error is IndexError || error is ReadFailure }

  /// Reads what the table shows of a hit: the id, the names, title, company, locations, tags and flags. The peers read the
  /// same of every record.
  private func touch(_ candidate: Candidate) -> String {
    let id = candidate.id
    var length = id.utf8.count
    for text in [candidate.firstName, candidate.lastName, candidate.title, candidate.company] {
      length += text?.utf8.count ?? 0
    }
    for list in [candidate.locations, candidate.tags] {
      for text in list { length += text.utf8.count }
    }
    for flag in [candidate.isPrivate, candidate.canEmail] where flag == true { length += 1 }
    precondition(length > 0, "a candidate has an id")
    return id
  }
}

/// How many hits are asked for: a first page.
let topCount = 10
