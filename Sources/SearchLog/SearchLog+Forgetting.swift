import Foundation

/// A candidate to be forgotten.
public struct ForgottenCandidate: Sendable, Hashable {
  /// The name of the connector; nil for all.
  public var connector: String?
  /// The record's id, in any case.
  public var id: String

  /// A candidate of a connector, or with nil of any.
  public init(connector: String? = nil, id: String) {
    self.connector = connector
    self.id = id
  }
}

/// The result of forgetting candidates.
public struct LogErasure: Sendable, Hashable {
  /// The number of ids that were erased; their keyed hashes remain.
  public internal(set) var ids = 0
  /// The number of texts that were erased: queries, canonical queries and purposes.
  public internal(set) var texts = 0
  /// Where a server may still have the bytes, such as its write-ahead log; nil for a log in a file, which has none.
  public internal(set) var horizon: String?
}

extension SearchLog {
  /// Removes candidates from the log: erases their ids, and the queries and purposes that name them by an id or by one of
  /// `texts`: names, e-mail addresses, phone numbers, web addresses. A text names them if it contains all words of one
  /// of these texts, in any order, case and accents; so give no common word alone. Of a query that names them, both the
  /// typed and the canonical form are erased. No byte of what was erased stays in the file or its WAL, or in the tables of a
  /// server. The chain stays valid.
  ///
  /// An id is replaced by its keyed hash, with which `entries(thatShowed:)` still finds the entries for whoever knows the
  /// id. The key is the log's own: it must last as long as the log, which may outlive the index, or serve several. So who
  /// has both the file and a guess can test the guess, as in the index.
  ///
  /// Reads the whole log, and writes the whole file or the tables once. The entries that were appended before are included.
  ///
  /// - Parameter erasingBytes: false for a first of two calls. What it removes cannot be read any more, but its bytes stay
  ///   until the second call, or until the log is opened again.
  /// - Throws: `SearchLogError`; then the same call must be made again.
  @discardableResult
  public func forget(
    _ candidates: [ForgottenCandidate], texts: [String] = [], erasingBytes: Bool = true
  ) throws -> LogErasure {
    try flush()
    let rule = ForgettingRule(candidates, texts)
    // The long search runs without a transaction that writes, and is completed within it.
    var found = FoundErasures()
    try read { try found.search($0, rule) }
    var erasure = try change { transaction, _ in
      try found.search(transaction, rule)
      // Also if nothing is found: a server may have bytes of entries that retention has removed.
      try transaction.beginErasure()
      return try found.erase(transaction)
    }
    if erasingBytes { erasure.horizon = try store.finishErasure(ifPending: false) }
    return erasure
  }
}

/// Which ids and texts are erased.
private struct ForgettingRule {
  /// The connectors by id in lower case; a nil connector is any.
  private let connectors: [String: Set<String?>]
  private let names: PersonTexts

  init(_ candidates: [ForgottenCandidate], _ texts: [String]) {
    connectors = candidates.reduce(into: [:]) { $0[$1.id.lowercased(), default: []].insert($1.connector) }
    names = PersonTexts(candidates.map(\.id) + texts)
  }

  func contains(id: Data, connector: Data) -> Bool {
    guard let connectors = connectors[String(decoding: id, as: UTF8.self).lowercased()] else { return false }
    return connectors.contains(nil) || connectors.contains(String(decoding: connector, as: UTF8.self))
  }

  func isNamed(in text: Data?) -> Bool {
    text.map { names.areNamed(in: String(decoding: $0, as: UTF8.self)) } ?? false
  }
}

/// What is to be erased in the entries that have been read so far.
private struct FoundErasures {
  private var lastEntry: Int64 = 0
  private var ids: [StoredEntry.Place] = []
  private var texts: [StoredEntry.TextColumn: [Int64]] = [:]

  /// Reads the entries that have come since the last call.
  mutating func search(_ snapshot: any LogSnapshot, _ rule: ForgettingRule) throws {
    try snapshot.visitShownIDs(after: lastEntry) { shown in
      if rule.contains(id: shown.id, connector: shown.connector) { ids.append(shown.place) }
    }
    var selection = LogSelection()
    selection.after = lastEntry
    try snapshot.visitEntries(selection) { entry in
      let named = Set(StoredEntry.TextColumn.allCases.filter { rule.isNamed(in: entry.text($0).text) })
      for column in StoredEntry.TextColumn.allCases where entry.text(column).text != nil {
        // Of a query, both forms.
        let isErased =
          column == .purpose ? named.contains(.purpose) : !named.isDisjoint(with: [.query, .canonical])
        if isErased { texts[column, default: []].append(entry.number) }
      }
      lastEntry = entry.number
      return true
    }
  }

  func erase(_ transaction: any LogTransaction) throws -> LogErasure {
    var erasure = LogErasure()
    erasure.ids = try transaction.eraseIDs(ids)
    for (column, entries) in texts { erasure.texts += try transaction.eraseTexts(column, of: entries) }
    return erasure
  }
}
