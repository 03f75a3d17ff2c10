import CandidateModel
import Foundation

/// Verifies that nothing of removed candidates is left: no posting, and no term or text that no other candidate has.
struct ErasureVerification {
  private let removed: [RemovedCandidate]
  private let snapshot: any IndexSnapshot

  /// Creates a verification. The snapshot must be of the index after the erasure.
  init(_ removed: [RemovedCandidate], in snapshot: any IndexSnapshot) {
    self.removed = removed
    self.snapshot = snapshot
  }

  /// The maximum number of other candidates with a term whose documents are compared.
  private static let sampleSize = 3

  /// The damages of the index that keep the erasure from being verified, a sentence each.
  func problems() throws -> [String] {
    var problems = IndexCheck(snapshot: snapshot, isFull: false).structure().problems
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
    if try terms.contains(where: isCountedWithoutPostings) {
      problems.append("the term statistics count words that no posting has")
    }
    return problems
  }

  /// The texts of the removed candidates that are still in the files, without those that occur in other records or
  /// their terms. Also what is compressed as the records of the removed candidates were: no text can be seen in it.
  func leftovers() throws -> [String] {
    let marks = try snapshot.erasedMarks()
    var scan = ResidueScan(removed.flatMap { Self.texts(of: $0.stored.candidate) } + marks)
    guard !scan.isEmpty else { return [] }
    try snapshot.forEachStoredPiece(overlap: ResidueScan.maximumLength) { scan.scan($0) }
    let compressed = scan.found.intersection(marks)
    var left = scan.found.subtracting(marks)
    if !left.isEmpty { try removeTextsOfOthers(&left) }
    return left.map { String(decoding: $0, as: UTF8.self) }.sorted()
      + (compressed.isEmpty ? [] : ["(compressed records)"])
  }

  // MARK: - Terms

  private func tokens(of document: Document) -> [[UInt8]] {
    var tokens: Set<[UInt8]> = []
    document.forEachToken { token, _, _ in tokens.insert(Array(token)) }
    tokens.remove(FilterTerm.separatorBytes)
    return Array(tokens)
  }

  private func query(_ token: [UInt8]) -> IndexQuery { .phrase([String(decoding: token, as: UTF8.self)]) }

  private func hasPosting(_ token: [UInt8], _ docid: Docid) throws -> Bool {
    let own = IndexQuery.record(.docids(docid.value...docid.value))
    return try !snapshot.docids(of: .all([query(token), own]), from: .min, limit: 1).isEmpty
  }

  /// Whether another candidate has the docid now.
  private func isReassigned(_ docid: Docid) throws -> Bool {
    try snapshot.firstCandidate(in: docid.value...docid.value) != nil
  }

  /// Whether the postings of a term belong to candidates whose documents contain it; true if there are none.
  private func isUsedByOthersOnly(_ token: [UInt8]) throws -> Bool {
    let records = RecordCache(snapshot)
    return try docids(token).allSatisfy { try records.matcher($0)?.matches(query(token)) ?? false }
  }

  private func docids(_ token: [UInt8]) throws -> [Docid] {
    try snapshot.docids(of: query(token), from: .min, limit: Self.sampleSize)
  }

  /// Whether the term statistics count a word that no posting has.
  private func isCountedWithoutPostings(_ token: [UInt8]) throws -> Bool {
    let term = String(decoding: token, as: UTF8.self)
    return try snapshot.frequency(of: term, includesPrivate: true).sum > 0 && docids(token).isEmpty
  }

  // MARK: - Texts

  /// All strings of a record, as written in its JSON and unescaped; without the names of members.
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
        let unescaped = try? JSONDecoder().decode(String.self, from: Data(json[start...end]))
      {
        texts.insert(Array(unescaped.utf8.prefix(ResidueScan.maximumLength)))
      }
    }
    return texts
  }

  private static let blanks = Set(" \t\r\n".utf8)

  /// Removes the texts that occur in other records, in values derived from them, or in a term: `smith1` occurs in
  /// another candidate's `smith12`.
  private func removeTextsOfOthers(_ texts: inout Set<[UInt8]>) throws {
    var scan = ResidueScan(texts)
    try snapshot.forEachStoredText { scan.scan($0) }
    texts.subtract(scan.found)
  }
}
