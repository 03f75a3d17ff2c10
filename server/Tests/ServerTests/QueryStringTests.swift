import Foundation
import TestSupport
import Testing

@testable import CandidateServer

/// The values of addresses, as forms encode them.
@Suite struct QueryStringTests {
  /// The fast path reads what Foundation reads, and leaves to it what it does not read.
  @Test(arguments: [
    "", "engineer", "senior+engineer", "a%20b", "%C3%A9", "%c3%a9", "%E5%B1%B1", "%00", "%2B%25%26", "+", "%",
    "%4", "%g1", "%1g", "%%41", "%C3", "%FF", "%ED%A0%80", "%C0%80", "\u{E9}", "\u{E9}%41", "+\u{301}",
    "a\u{301}+b",
    "%41\u{301}", "x%F0%9F%99%82y",
  ]) func fastPath(_ text: String) { expectEqual(text) }

  @Test func fastPathOfRandomTexts() {
    var random = SplitMix64(state: 31)
    let pieces = ["%", "4", "1", "C3", "%C3", "%A9", "+", "a", "g", "%2", "\u{E9}", "%E5%B1%B1"]
    for _ in 0..<5_000 {
      let text = (0..<Int(random.next() % 6)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
      expectEqual(text.joined())
    }
  }

  private func expectEqual(_ text: String) {
    let plain = text.replacing("+", with: " ").removingPercentEncoding
    if let fast = QueryString.decodedASCII(text[...]) {
      #expect(fast == plain && fast.utf8.elementsEqual(plain?.utf8 ?? "".utf8), "\(text.debugDescription)")
    } else {
      #expect(plain == nil || !text.utf8.allSatisfy { $0 < 0x80 }, "\(text.debugDescription)")
    }
    #expect(QueryString.read("q=" + text)?.first?.value == plain, "\(text.debugDescription)")
  }
}
