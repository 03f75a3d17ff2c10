import CandidateModel
import Testing

@testable import CandidateSearch

@Suite struct CandidateInsertionsTests {
  private func candidate(_ number: Int64) throws -> NewCandidate {
    let candidate = try CandidateDecoder().decode(json: #"{"id":"\#(number)","first_name":"Ann"}"#)
    let builder = DocumentBuilder(connector: "", customFields: [])
    return NewCandidate(
      number: number, docid: Docid(value: 100 + number), record: PreparedRecord(candidate, builder))
  }

  /// The allocator of docids sees candidates that wait as it sees those that are stored, also when it moves one.
  @Test(arguments: [1, 5, 1_000]) func whoWaitsHasADocid(_ flushedEvery: Int) throws {
    try SQLiteEngine().write { transaction in
      let insertions = CandidateInsertions(in: transaction, connector: "")
      let docids = TransactionDocids(insertions: insertions)
      for number in 1...40 as ClosedRange<Int64> {
        insertions.add(try candidate(number))
        #expect(try docids.first(in: 100 + number...100 + number)?.number == number)
        #expect(try docids.first(in: 0...200)?.number == 1)
        #expect(try docids.first(in: 101 + number...200) == nil)
        let entry = try #require(try docids.first(in: 100 + number...200))
        #expect(
          try docids.key(of: entry) == DocidKey(second: entry.docid.second, connector: "", id: "\(number)"))
        if number.isMultiple(of: Int64(flushedEvery)) { try insertions.flush() }
      }
      try docids.move(#require(try docids.first(in: 140...140)), to: Docid(value: 190))
      #expect(try docids.first(in: 140...200) == DocidEntry(number: 40, docid: Docid(value: 190)))
    }
  }

  @Test(arguments: [
    1, RecordStore.rowsPerStatement - 1, RecordStore.rowsPerStatement, 3 * RecordStore.rowsPerStatement + 1,
  ])
  func allAreStored(_ count: Int) throws {
    let engine = try SQLiteEngine()
    try engine.write { transaction in
      let insertions = CandidateInsertions(in: transaction, connector: "greenhouse")
      for number in 1...Int64(count) { insertions.add(try candidate(number)) }
      try insertions.flush()
      for number in 1...Int64(count) {
        let stored = try transaction.record(number: number)
        #expect(stored?.candidate.id == "\(number)" && stored?.docid.value == 100 + number)
        #expect(stored?.connector == "greenhouse")
        #expect(
          try transaction.known(id: "\(number)", connector: "greenhouse")?.contentHash
            == candidate(number).record.received.contentHash)
      }
    }
  }
}
