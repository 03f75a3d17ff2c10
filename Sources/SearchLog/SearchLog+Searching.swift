import Foundation
import TextAnalysis

/// Which entries of a log are wanted. Each condition that is set must hold.
public struct SearchLogQuery: Sendable, Hashable {
  /// Words that the query or the canonical query contains, all of them, in any order, case and accents.
  public var text: String?
  /// The name of the key.
  public var key: String?
  /// The purpose, in any case of its letters.
  public var purpose: String?
  /// The kind.
  public var kind: SearchLogEntry.Kind?
  /// The first moment.
  public var since: Timestamp?
  /// The moment after the last.
  public var until: Timestamp?
  /// The maximum number of entries, from 0.
  public var limit: Int

  /// All entries, the newest first.
  public init(limit: Int = 20) { self.limit = limit }
}

extension SearchLog {
  /// The entries that a query describes, the newest first. Reads the log from its end until the limit is reached: some
  /// microseconds for each entry that was appended since.
  /// - Throws: `SearchLogError`.
  public func entries(_ query: SearchLogQuery = .init()) throws -> [LoggedEntry] {
    guard query.limit > 0 else { return [] }
    var selection = LogSelection()
    selection.isNewestFirst = true
    selection.key = query.key
    selection.kind = query.kind?.rawValue
    selection.since = query.since?.microseconds
    selection.until = query.until?.microseconds
    let words = query.text.map { Analyzer.words(of: $0) } ?? []
    let purpose = query.purpose?.lowercased()
    return try read { snapshot in
      var entries: [StoredEntry] = []
      try snapshot.visitEntries(selection) { entry in
        if Self.matches(entry, words, purpose) { entries.append(entry) }
        return entries.count < query.limit
      }
      return try Self.logged(entries, snapshot)
    }
  }

  private static func logged(_ entries: [StoredEntry], _ snapshot: any LogSnapshot) throws -> [LoggedEntry] {
    let candidates = try snapshot.candidates(of: entries.map(\.number))
    return entries.map { $0.logged(candidates[$0.number] ?? []) }
  }

  private static func matches(_ entry: StoredEntry, _ words: [Word], _ purpose: String?) -> Bool {
    func text(_ column: StoredEntry.TextColumn) -> String? {
      entry.text(column).text.map { String(decoding: $0, as: UTF8.self) }
    }
    if let purpose, text(.purpose)?.lowercased() != purpose { return false }
    if words.isEmpty { return true }
    return [text(.query), text(.canonical)].contains { text in
      guard let text else { return false }
      let logged = LoggedWords(text)
      return words.allSatisfy(logged.contains)
    }
  }

  /// The entries that showed a candidate, the newest first, at most `limit`: by its id as it was shown, or by that id in
  /// lower case. Also after the candidate was forgotten, by the keyed hash of the id. With nil, of any connector. Reads
  /// all ids of the log, about a microsecond for each entry: an index of random hashes would make appending three times
  /// as slow.
  /// - Throws: `SearchLogError`.
  public func entries(
    thatShowed id: String, connector: String? = nil, limit: Int = .max
  ) throws -> [LoggedEntry] {
    try read { snapshot in
      guard let chain = try snapshot.chain() else { throw SearchLogError.damaged(path: path) }
      let hashes = [id, id.lowercased()].map { LogDigest.keyed(Data($0.utf8), key: chain.key) }
      var numbers: [Int64] = []
      for shown in try snapshot.shown(withHashes: hashes) where shown.entry != numbers.last {
        if connector == nil || shown.connector == Data((connector ?? "").utf8) { numbers.append(shown.entry) }
      }
      var found: [LoggedEntry] = []
      var rest = numbers[...]
      while found.count < limit, !rest.isEmpty {
        let part = Array(rest.prefix(min(limit - found.count, Self.maximumBatch)))
        rest = rest.dropFirst(part.count)
        found += try Self.logged(snapshot.entries(numbered: part), snapshot)
      }
      return found
    }
  }
}
