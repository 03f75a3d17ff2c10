import Foundation
import TextAnalysis

/// The values of a facet by candidate, in memory; postings contain them by value. For a million candidates, 4 bytes
/// each and 4 for each value that one has, besides 8 for each docid, which all facets share.
struct FacetIndex: Sendable {
  private let ordinals: DocidOrdinals
  /// The start of each candidate's values in `numbers`, and the end of the last ones.
  private let starts: [UInt32]
  /// The numbers of the candidates' values: positions in `hashes`.
  private let numbers: [UInt32]
  /// The hashes of the values' terms, in the order of the terms.
  private let hashes: [Hash128]

  /// Reads all postings of a facet's terms.
  init(
    _ facet: Facet, _ ordinals: DocidOrdinals, in snapshot: any IndexSnapshot,
    cancellation: Cancellation = .never
  ) throws {
    var scan = Scan(ordinals)
    try snapshot.forEachPostingList(withPrefix: facet.prefix.bytes) { term, docids in
      try cancellation.check()
      scan.add(term, docids)
    }
    self.ordinals = ordinals
    hashes = scan.hashes
    (starts, numbers) = scan.byCandidate()
  }

  /// The memory that it takes without the docids, in bytes.
  var size: Int { 4 * starts.count + 4 * numbers.count + Hash128.length * hashes.count }

  static func hash(_ term: FilterTerm) -> Hash128 {
    var token = term.token
    return token.withUTF8 { Hash128(UnsafeRawBufferPointer($0)) }
  }

  /// Counts the values of these candidates, whose docids ascend.
  func tally(_ matches: [Int64]) -> FacetTally {
    var counts = [UInt32](repeating: 0, count: hashes.count)
    var firsts = [UInt32](repeating: 0, count: hashes.count)
    var missing = 0
    var ordinal = 0
    for (i, docid) in matches.enumerated() {
      ordinal = ordinals.first(notBelow: docid, from: ordinal)
      guard ordinals.contains(docid, at: ordinal), starts[ordinal] < starts[ordinal + 1] else {
        missing += 1
        continue
      }
      for position in Int(starts[ordinal])..<Int(starts[ordinal + 1]) {
        let number = Int(numbers[position])
        if counts[number] == 0 { firsts[number] = UInt32(truncatingIfNeeded: i) }
        counts[number] += 1
      }
    }
    let entries = counts.indices.filter { counts[$0] > 0 }.map {
      FacetTally.Entry(hash: hashes[$0], count: Int(counts[$0]), mostRecent: matches[Int(firsts[$0])])
    }
    return FacetTally(entries: entries, missing: missing)
  }

  /// The postings of a facet in the order of values.
  private struct Scan {
    private let all: DocidOrdinals
    var hashes: [Hash128] = []
    /// The candidate and the value of each posting.
    private var ordinals: [UInt32] = []
    private var numbers: [UInt32] = []

    init(_ all: DocidOrdinals) { self.all = all }

    mutating func add(_ term: UnsafeRawBufferPointer, _ docids: [Int64]) {
      let number = UInt32(truncatingIfNeeded: hashes.count)
      hashes.append(Hash128(term))
      var ordinal = 0
      for docid in docids {
        ordinal = all.first(notBelow: docid, from: ordinal)
        guard all.contains(docid, at: ordinal) else { continue }
        ordinals.append(UInt32(truncatingIfNeeded: ordinal))
        numbers.append(number)
      }
    }

    /// The values in the order of candidates, sorted by counting.
    func byCandidate() -> (starts: [UInt32], numbers: [UInt32]) {
      var ends = [UInt32](repeating: 0, count: all.count + 1)
      for ordinal in ordinals { ends[Int(ordinal) + 1] += 1 }
      for i in 1..<ends.count { ends[i] += ends[i - 1] }
      let starts = ends
      var sorted = [UInt32](repeating: 0, count: numbers.count)
      for (ordinal, number) in zip(ordinals, numbers) {
        sorted[Int(ends[Int(ordinal)])] = number
        ends[Int(ordinal)] += 1
      }
      return (starts, sorted)
    }
  }
}
