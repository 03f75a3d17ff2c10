import TestSupport
import Testing

@testable import CandidateSearch

/// Random strings of what queries are made of.
@Suite struct QueryFuzzTests {
  private static let pieces = [
    "AND", "OR", "NOT", "(", ")", "\"", "“", "»", "-", "+", "!", "&", "|", "&&", "||", "*", ":", ",", " ",
    " ", " ",
    " ", "tag:", "name:=", "title:(", "email:", "phone:", "url:", "is:", "has:", "missing:", "modified:",
    "last_interaction:", "custom.hire_source:", "id:", "created:", "nurse", "chef", "john", "smith", "doe",
    "engineer",
    "developer", "java", "private", "phone", "2024", "..", ">", "30d", "true", "unknown", "C++", "山田", "é",
    "O’Brien",
    "@acme.com", "john@", "415 555 0123", "(415) ", "0123", "linkedin.com/in/johndoe", "JUNIOR", "camp",
    "\u{0}",
    "\u{200B}", "😀", "#", ".", "'", "\n", "https://", "（", "：", "\u{E000}", "\u{FFFF}", "ﬁ", "\u{301}",
    "\u{202E}",
  ]

  private static func query(_ random: inout SplitMix64) -> String {
    (0..<Int(random.next() % 14)).map { _ in
      if random.next() % 40 == 0, let scalar = Unicode.Scalar(UInt32(random.next() % 0x11_0000)) {
        return String(scalar)
      }
      return pieces[Int(random.next() % UInt64(pieces.count))]
    }.joined()
  }

  /// A query parses or throws; what is printed parses to the same tree; FTS5 accepts each query; a sample of them finds
  /// what a linear scan of all records finds.
  @Test(.slow, arguments: 11...14 as ClosedRange<UInt64>) func randomQueries(_ seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let people = try People()
    var answered = 0
    for i in 0..<25_000 {
      let query = Self.query(&random)
      guard let tree = try? QueryParser.parse(query).tree else { continue }
      let again = try? QueryParser.parse(tree.description).tree
      if again != tree {
        Issue.record("\(query.debugDescription) → \(tree) → \(again?.description ?? "an error")")
        return
      }
      do {
        let count = try people.index.count(query, .asTyped(now: People.now))
        answered += 1
        if i % 10 == 0 { #expect(count == (try people.plainIDs(query).count), "\(query.debugDescription)") }
      } catch is QueryError {
        continue
      }
    }
    #expect(answered > 5_000)
  }
}
