import TestSupport
import Testing

@testable import CandidateSearch

@Suite struct DiagnosisTests {
  private static let pieces = [
    "nurse", "engineer", "-engineer", "tag:junior", "-tag:senior", "is:private", "-is:private", "j*", "john",
    "missing:title", "created:2018..", "-created:2020", "id:hostile-1-", "(nurse OR engineer)",
    "NOT (a OR b)",
    "title:…", "…", "can_email:true",
  ]

  /// Counts each part, and each query without a part, by a search of its own.
  @Test func countsWhatEachPartFindsAndTheOthersFindWithoutIt() throws {
    let people = try MixedPeople()
    let shown = people.index.seen(in: .public)
    var random = SplitMix64(state: 3)
    var dropped = 0
    for _ in 0..<150 {
      let parts = (0..<(1 + Int(random.next() % 5))).map { _ in
        Self.pieces[Int(random.next() % UInt64(Self.pieces.count))]
      }
      let query = parts.joined(separator: " ")
      for index in [people.index, shown] {
        let diagnosis = try index.diagnosis(of: query)
        let texts = diagnosis.clauses.map(\.text)
        #expect(diagnosis.clauseCount == texts.count)
        for (i, clause) in diagnosis.clauses.enumerated() {
          let others = (texts[..<i] + texts[(i + 1)...]).joined(separator: " ")
          #expect(clause.count == (try index.count(clause.text, .asTyped())), "\(clause.text) of \(query)")
          #expect(
            clause.countWithout == (try index.count(others, .asTyped())), "\(query) without \(clause.text)")
        }
        dropped += diagnosis.smallestToDrop == nil ? 0 : 1
      }
    }
    #expect(dropped > 50)
  }

  /// Every part is asked once: what is visited grows with the parts, not with their square.
  @Test func visitsAtMostSoManyCandidates() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<10).map { #"{"id":"\#($0)","title":"nurse cook","is_private":\#($0 < 4)}"# })
    let shown = index.seen(in: .public)
    for (index, rows) in [(index, 30), (shown, 18)] {
      func clauses(_ maximumRows: Int) throws -> SearchDiagnosis {
        try index.snapshot {
          try Search(
            "nurse cook title:nurse plumber nurse", .init(), scope: index.scope,
            caches: SearchCaches(costs: CostModel(maximumDiagnosedRows: maximumRows)), in: $0
          ).diagnosis()
        }
      }
      #expect(try clauses(rows).clauses.map(\.count) == [rows / 3, rows / 3, rows / 3, 0])
      #expect(try clauses(rows).clauses.map(\.countWithout) == [0, 0, 0, rows / 3])
      let refused = try clauses(rows - 1)
      #expect(refused.clauses.isEmpty && refused.clauseCount == 4)
    }
  }
}
