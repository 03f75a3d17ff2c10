// Prints the data of a search page as JSON: search-page INDEX QUERY [CURSOR]
//
// A page shows the best hits with what was found in each, how many there are in all, and how they are distributed.

import CandidateSearch
import Foundation

/// What the page shows.
struct Page: Encodable {
  struct Row: Encodable {
    let name: String
    let title: String?
    /// The texts in which something was found, by field, with what was found between « and ».
    let found: [String: String]
  }
  struct Count: Encodable {
    let value: String
    let count: Int
  }

  let total: Int
  let rows: [Row]
  let tags: [Count]
  let notices: [String]
  /// Requests the next page; nil on the last one.
  let cursor: String?

  init(_ query: String, cursor: String?, in index: CandidateIndex) throws {
    // Hits, count and facets are of one state of the index.
    var options = SearchOptions(limit: 10, cursor: cursor)
    options.includesCount = true
    options.facets = [.tag]
    options.facetLimit = 5
    let results = try index.search(SearchQuery(query), options)
    rows = results.hits.map { hit in
      let found = hit.highlights.map { ($0.field.rawValue, Self.marked($0, in: hit.candidate)) }
      return Row(
        name: hit.candidate.fullName, title: hit.candidate.title,
        found: Dictionary(found) { first, other in "\(first), \(other)" })
    }
    total = results.count ?? 0
    tags = results.facets.flatMap(\.values).map { Count(value: $0.value, count: $0.count) }
    notices = results.notices.map(\.description)
    self.cursor = results.nextCursor
  }

  /// A value with marks around what was found. Ranges are in bytes of UTF-8.
  private static func marked(_ highlight: Highlight, in candidate: Candidate) -> String {
    let bytes = Array(highlight.text(in: candidate).utf8)
    var text: [UInt8] = []
    var end = 0
    for range in highlight.ranges {
      text += bytes[end..<range.lowerBound] + "«".utf8 + bytes[range] + "»".utf8
      end = range.upperBound
    }
    return String(decoding: text + bytes[end...], as: UTF8.self)
  }
}

let arguments = CommandLine.arguments.dropFirst()
guard (2...3).contains(arguments.count) else {
  print("usage: search-page INDEX QUERY [CURSOR]")
  exit(2)
}

// A server opens the index once and keeps it: it is safe to use from many tasks, and keeps what makes searches fast.
let index = try CandidateIndex(path: arguments[1], scope: .public)
let encoder = JSONEncoder()
encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
let page = try Page(arguments[2], cursor: arguments.count == 3 ? arguments[3] : nil, in: index)
print(String(decoding: try encoder.encode(page), as: UTF8.self))
