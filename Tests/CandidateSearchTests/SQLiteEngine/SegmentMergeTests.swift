import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// A merge writes what one of FTS5 writes, and either continues what the other began.
@Suite(.sqlite) struct SegmentMergeTests {
  @Test(arguments: PostingCorpus.all + [PostingCorpus.longest]) func aMergeWritesTheBytesOfFTS5(
    _ corpus: PostingCorpus
  ) throws {
    // Documents of all batches interleave.
    let documents = corpus.documents()
    let batches = (0..<7).map { batch in
      documents.enumerated().filter { $0.offset % 7 == batch }.map(\.element)
    }
    let (plain, ours) = (try PostingTable(), try PostingTable())
    for batch in batches where !batch.isEmpty {
      try plain.insert(batch, isBulk: false)
      try ours.insert(batch, isBulk: true)
    }
    // Of a single segment, FTS5 has written the pages by another rule than those of a merge.
    let empty = [(Docid(value: .max), PostingCorpus.document([["other"]]))]
    for table in [plain, ours] { try table.insert(empty, isBulk: false) }
    try plain.merge { _ in true }
    try ours.merge { _ in false }
    #expect(try plain.segmentCount() == 1)
    #expect(try ours.segmentCount() == 1)
    let rows = try plain.rows()
    #expect(rows.count > 1)
    #expect(try ours.rows() == rows)
    if corpus.description == PostingCorpus.longest.description {
      #expect(rows.contains { ($0[0] as Int64) >> 31 == 0b100001 }, "the index has one level")
    }
  }

  /// The marks of removed documents whose words no other segment contains.
  @Test func aMergeLeavesOutTheMarksThatFTS5LeavesOut() throws {
    let documents = PostingCorpus.all[0].documents()
    let (plain, ours) = (try PostingTable(), try PostingTable())
    for table in [plain, ours] {
      try table.insert(Array(documents[..<100]), isBulk: false)
      try table.remove(Array(documents[600..<700]))
      try table.insert(Array(documents[800...]), isBulk: false)
    }
    try plain.merge { _ in true }
    try ours.merge { _ in false }
    #expect(try ours.segmentCount() == 1)
    #expect(try ours.rows() == plain.rows())
  }

  /// Steps of a merge by FTS5 and by ours, in turns.
  @Test(arguments: PostingCorpus.all, [1, 7]) func eitherContinuesTheMergeOfTheOther(
    _ corpus: PostingCorpus, _ pages: Int
  )
    throws
  {
    let documents = corpus.documents()
    let (plain, ours) = (try PostingTable(), try PostingTable())
    try plain.insert(documents, isBulk: false)
    for batch in 0..<6 {
      let batch = documents.enumerated().filter { $0.offset % 6 == batch }.map(\.element)
      if !batch.isEmpty { try ours.insert(batch, isBulk: batch.count % 4 != 0) }
    }
    // Every step of FTS5 writes some pages more.
    try ours.merge(pages: corpus.count > 10_000 ? 5 * pages : pages) { $0 % 2 == 0 }
    #expect(try ours.segmentCount() == 1)
    #expect(try ours.tokens() == plain.tokens())
  }

  /// Documents that are removed, and inserted again with other words.
  @Test(arguments: [false, true]) func removalsHoldInAndAfterAMerge(_ isMergedInSteps: Bool) throws {
    let (old, new) = (PostingCorpus.all[0].documents(), PostingCorpus.all[0].documents(seed: 2))
    let (plain, ours) = (try PostingTable(), try PostingTable())
    for (table, isBulk) in [(plain, false), (ours, true)] {
      try table.insert(old, batch: 250, isBulk: isBulk)
      try table.remove(old.filter { $0.0.value % 3 == 0 })
      try table.insert(new.filter { $0.0.value % 6 == 0 }, isBulk: isBulk)
      try table.remove(old.filter { $0.0.value % 11 == 1 && $0.0.value % 3 != 0 })
    }
    let expected = try plain.tokens()
    #expect(try ours.tokens() == expected)
    try ours.merge(pages: isMergedInSteps ? 3 : 1_000) { _ in false }
    #expect(try ours.segmentCount() == 1)
    #expect(try ours.tokens() == expected)
    try plain.merge { _ in true }
    #expect(try ours.tokens() == plain.tokens())
  }

  /// A merge of damaged pages ends with an error or with other postings, but ends.
  @Test func damagedPagesDoNotStopTheProgram() throws {
    let documents = PostingCorpus.all[2].documents() + PostingCorpus.all[0].documents().dropFirst(60)
    let sound = try PostingTable()
    for batch in 0..<4 {
      try sound.insert(documents.enumerated().filter { $0.offset % 4 == batch }.map(\.element), isBulk: true)
    }
    let errors = try sound.errors(inDamagedCopies: 150, seed: 9) { damaged in
      while try damaged.write({ try PostingTable.step($0, pages: 50) }) {}
    }
    #expect(errors > 20, "\(errors)")
  }
}
