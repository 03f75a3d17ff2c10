import CandidateJSON
import Foundation
import TestSupport
import Testing

/// JSON texts.
@Suite struct JSONValueTests {
  /// The fast path of plain strings writes what is written of any string, and that reads as the string.
  @Test func strings() throws {
    var random = SplitMix64(state: 41)
    let pieces = [
      "a", "Z", " ", "~", "\"", "\\", "/", "\n", "\t", "\r", "\u{0}", "\u{1F}", "\u{7F}", "\u{80}",
      "\u{202E}",
      "\u{E9}", "\u{5C71}", "\u{1F600}",
    ]
    for _ in 0..<2_000 {
      let text = (0..<Int(random.next() % 5)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        .joined()
      var escaped = [UInt8(ascii: "\"")]
      JSONValue.appendEscaped(text, to: &escaped)
      escaped.append(UInt8(ascii: "\""))
      let json = JSONValue.string(text).bytes
      #expect(json == escaped, "\(text.debugDescription)")
      #expect(try JSONDecoder().decode(String.self, from: Data(json)).utf8.elementsEqual(text.utf8))
    }
  }
}
