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

  /// The allocator of docids must not assign the docid of a candidate that waits.
  @Test func whoWaitsHasADocid() throws {
    try SQLiteEngine().write { transaction in
      let insertions = CandidateInsertions(in: transaction, connector: "")
      let docids = TransactionDocids(insertions: insertions)
      for number in 1...Int64(2 * CandidateInsertions.rowCount) {
        try insertions.add(candidate(number))
        #expect(try docids.first(in: 100 + number...100 + number)?.number == number)
        #expect(try docids.first(in: 101 + number...200) == nil)
      }
    }
  }

  @Test(arguments: [
    1, CandidateInsertions.rowCount - 1, CandidateInsertions.rowCount, 3 * CandidateInsertions.rowCount + 1,
  ])
  func allAreStored(_ count: Int) throws {
    let engine = try SQLiteEngine()
    try engine.write { transaction in
      let insertions = CandidateInsertions(in: transaction, connector: "greenhouse")
      for number in 1...Int64(count) { try insertions.add(candidate(number)) }
      try insertions.flush()
      for number in 1...Int64(count) {
        let stored = try transaction.record(number: number)
        #expect(stored?.candidate.id == "\(number)" && stored?.docid.value == 100 + number)
        #expect(stored?.connector == "greenhouse")
        #expect(
          try transaction.known(id: "\(number)", connector: "greenhouse")?.content
            == candidate(number).record.received.content)
      }
    }
  }
}
