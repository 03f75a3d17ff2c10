/// The tables of postings that a statement reads.
struct PostingTables: Sendable {
  /// The partitions that are read one by one; nil for an index that is not divided over servers.
  let partitions: [Int]?
  /// The names of the servers whose partitions are left out.
  var missing: [String] = []
  private var isWhole: Bool { missing.isEmpty }

  static let undivided = PostingTables(partitions: nil)

  /// A table, or tables combined, with all postings that are read.
  var all: String {
    guard let partitions, !isWhole else { return "posting" }
    if partitions.isEmpty {
      return
        #"(SELECT NULL::bigint AS docid, NULL::tsvector AS doc, NULL::text[] COLLATE "C" AS facets LIMIT 0)"#
    }
    return combined(partitions.map { "SELECT docid, doc, facets FROM posting_\($0)" })
  }

  /// The rows of some statements together.
  func combined(_ statements: [String]) -> String { "(" + statements.joined(separator: " UNION ALL ") + ")" }

  /// The postings of a partition, by the docid.
  static func posting(_ partition: Int) -> String { "posting_\(partition)" }
  /// The same postings, with a docid that no index contains: a match is found by the index of the words.
  static func match(_ partition: Int) -> String { "match_\(partition)" }
  /// The terms by which hits are counted, a row each.
  static func facet(_ partition: Int) -> String { "facet_\(partition)" }
}

/// The error for postings on servers that cannot be reached, or that lack changes.
struct PartsMissing: Error {
  /// The names of the servers.
  let names: [String]
}
