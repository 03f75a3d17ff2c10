import CandidateModel
import Foundation
import GRDB

/// Verifies that nothing of removed candidates is left: no posting, no term and no text that no other candidate has.
struct ErasureVerification {
  private let removed: [RemovedCandidate]
  private let db: Database

  /// A verification within a read transaction that begins after the file was written anew.
  init(_ removed: [RemovedCandidate], _ db: Database) {
    self.removed = removed
    self.db = db
  }

  /// At most this many documents of other candidates with a term are looked at.
  private static let sample = 3

  /// The damages of the index that keep the erasure from being verified, one sentence each.
  func problems() throws -> [String] {
    var problems = IndexCheck(db: db, isFull: false).structure().problems
    for candidate in removed where try !isReassigned(candidate.stored.docid) {
      if try tokens(of: candidate.document).contains(where: { try hasPosting($0, candidate.stored.docid) }) {
        problems.append("postings of docid \(candidate.stored.docid.value) are left, which no candidate has")
      }
    }
    let terms = Set(removed.flatMap { tokens(of: $0.document) })
    let foreign = try terms.filter { try !isUsedByOthersOnly($0) }
    if !foreign.isEmpty {
      problems.append("\(foreign.count) terms have postings that belong to no candidate with these terms")
    }
    return problems
  }

  /// The texts of the removed candidates that are still in the files and occur in no other record.
  func leftovers() throws -> [String] {
    let texts = Set(removed.flatMap { Self.texts(of: $0.stored.candidate) })
    let terms = Set(removed.flatMap { tokens(of: $0.document) }.map(Self.withoutPrefix))
    var scan = ResidueScan(Array(texts) + terms)
    guard !scan.isEmpty else { return [] }
    try DatabaseBytes(db: db).forEachPiece(overlap: ResidueScan.maximumLength) { scan.scan($0) }
    let used = try usedTerms()
    let unexplained = scan.found.subtracting(used)
    guard !unexplained.isEmpty else { return [] }
    return unexplained.subtracting(try sharedTexts(unexplained)).map { String(decoding: $0, as: UTF8.self) }
      .sorted()
  }

  // MARK: - Terms

  private func tokens(of document: Document) -> [[UInt8]] {
    Set(
      document.bytes.indices.isEmpty
        ? []
        : (0..<document.columnCount).flatMap {
          document.bytes[document.range(ofColumn: $0)].split(separator: 0x20).map(Array.init)
        }
    ).filter { $0 != Key.separatorBytes }
  }

  private func expression(_ token: [UInt8]) -> String {
    Match.phrase([String(decoding: token, as: UTF8.self)]).description
  }

  private func hasPosting(_ token: [UInt8], _ docid: Docid) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM posting WHERE posting MATCH ? AND rowid = ?)",
      arguments: [expression(token), docid.value]) ?? false
  }

  /// Whether another candidate has the docid by now.
  private func isReassigned(_ docid: Docid) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM candidate WHERE docid = ?)", arguments: [docid.value]) ?? false
  }

  /// Whether the postings of a term belong to candidates whose documents contain it; true if there are none.
  private func isUsedByOthersOnly(_ token: [UInt8]) throws -> Bool {
    let docids = try docids(token)
    let records = RecordCache(db)
    return try docids.allSatisfy { docid in
      try records.matcher(Docid(value: docid))?
        .matches(.phrase([String(decoding: token, as: UTF8.self)])) ?? false
    }
  }

  private func docids(_ token: [UInt8]) throws -> [Int64] {
    try Int64.fetchAll(
      db, sql: "SELECT rowid FROM posting WHERE posting MATCH ? ORDER BY rowid LIMIT \(Self.sample)",
      arguments: [expression(token)])
  }

  /// Those terms of the removed candidates that others have.
  private func usedTerms() throws -> Set<[UInt8]> {
    let terms = Set(removed.flatMap { tokens(of: $0.document) })
    return Set(try terms.filter { try !docids($0).isEmpty }.map(Self.withoutPrefix))
  }

  /// The value of a filter term; other tokens are the same.
  private static func withoutPrefix(_ token: [UInt8]) -> [UInt8] {
    let prefix = Key.separatorBytes.count + 1
    let value = token.starts(with: Key.separatorBytes) ? Array(token.dropFirst(prefix)) : token
    return Array(value.prefix(ResidueScan.maximumLength))
  }

  // MARK: - Texts

  /// All strings that a record holds, as they are in its JSON and as they are meant; not the names of members.
  static func texts(of candidate: Candidate) -> Set<[UInt8]> {
    let json = candidate.jsonBytes
    var texts: Set<[UInt8]> = []
    var position = 0
    while let start = json[position...].firstIndex(of: UInt8(ascii: "\"")) {
      var end = start + 1
      while end < json.count, json[end] != UInt8(ascii: "\"") {
        end += json[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard end < json.count else { break }
      let text = Array(json[(start + 1)..<end])
      position = end + 1
      let next = json[position...].first { !Self.blanks.contains($0) }
      if next == UInt8(ascii: ":") { continue }
      texts.insert(Array(text.prefix(ResidueScan.maximumLength)))
      if text.contains(UInt8(ascii: "\\")),
        let meant = try? JSONDecoder().decode(String.self, from: Data(json[start...end]))
      {
        texts.insert(Array(meant.utf8.prefix(ResidueScan.maximumLength)))
      }
    }
    return texts
  }

  private static let blanks = Set(" \t\r\n".utf8)

  /// Those texts that occur in the records of other candidates.
  private func sharedTexts(_ texts: Set<[UInt8]>) throws -> Set<[UInt8]> {
    var scan = ResidueScan(texts)
    try RawStatement(
      db, "SELECT r.json, c.modified_json, c.sort_name FROM candidate c JOIN record r USING (number)"
    )
    .forEach { row in for column in 0..<3 { scan.scan(row.text(Int32(column))) } }
    try RawStatement(db, "SELECT name FROM connector UNION ALL SELECT sql FROM sqlite_schema").forEach {
      scan.scan($0.text(0))
    }
    return scan.found
  }
}
