import CandidateSearch
import Foundation

/// The index under test. All that the benchmarks ask of the library goes through here, so that a change of its
/// interface touches one file.
struct LibraryIndex: Sendable {
  private let index: CandidateIndex
  private let relaxed: Relaxed

  /// Opens an index for so many readers at once. A search contains relaxed hits as on a terminal, unless it is strict.
  init(path: String, readers: Int = 1, isStrict: Bool = false) throws {
    index = try CandidateIndex(path: path, access: .reading(readers: readers))
    relaxed = isStrict ? .never : .hits
  }

  /// The ids of the best ten, their records decoded, and the tier of the first.
  func top(_ query: String) throws -> (ids: [String], tier: String?) {
    var options = SearchOptions(limit: topCount)
    options.relaxed = relaxed
    let hits = try index.search(SearchQuery(query), options).hits
    for hit in hits { touch(hit.candidate) }
    return (hits.map(\.candidate.id), hits.first?.tier.rawValue)
  }

  /// How many candidates hold what was typed: peers know no variants, and correct nothing unless asked.
  func count(_ query: String) throws -> Int { try index.count(SearchQuery(query), .asTyped()) }

  /// Brings a file of records in, as one sync does; gives how many there were.
  static func ingest(_ corpus: String, into path: String) throws -> Int {
    try CandidateIndex(path: path, access: .writing).ingest { try $0.add(ByteSource(path: corpus)) }.records
  }

  /// Brings in each line of a file by itself, a transaction for each; gives the seconds that each took.
  static func ingestOneByOne(_ corpus: String, into path: String) throws -> [Double] {
    let index = try CandidateIndex(path: path, access: .writing)
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

  /// Reads every field, so that no decoding can be put off or left out.
  private func touch(_ candidate: Candidate) {
    var length = candidate.id.utf8.count + (candidate.remoteID?.utf8.count ?? 0)
    for text in [
      candidate.firstName, candidate.lastName, candidate.company, candidate.title, candidate.avatar,
    ] {
      length += text?.utf8.count ?? 0
    }
    for list in [
      candidate.locations, candidate.phoneNumbers, candidate.emailAddresses, candidate.tags,
      candidate.applications, candidate.attachments,
    ] {
      for text in list { length += text.utf8.count }
    }
    for link in candidate.urls { length += link.address.utf8.count }
    if candidate.isPrivate == true { length += 1 }
    if candidate.canEmail == true { length += 1 }
    if candidate.recency != nil, candidate.modifiedAt != nil { length += 1 }
    precondition(length > 0, "a candidate has an id")
  }
}

/// How many hits are asked for: a first page.
let topCount = 10
