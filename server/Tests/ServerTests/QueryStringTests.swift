import TestSupport
import Testing

@testable import CandidateServer

/// The values of addresses, as forms encode them.
@Suite struct QueryStringTests {
  private static let cases: [(text: String, value: String?)] = [
    ("", ""), ("engineer", "engineer"), ("senior+engineer", "senior engineer"), ("a%20b", "a b"),
    ("%C3%A9", "\u{E9}"), ("%c3%a9", "\u{E9}"), ("%E5%B1%B1", "\u{5C71}"), ("%00", "\0"),
    ("%2B%25%26", "+%&"), ("+", " "), ("x%F0%9F%99%82y", "x\u{1F642}y"), ("\u{E9}%41", "\u{E9}A"),
    ("+\u{301}", " \u{301}"), ("%41\u{301}", "A\u{301}"),
    // Escapes that are none.
    ("%", nil), ("%4", nil), ("%g1", nil), ("%1g", nil), ("%%41", nil),
    // Not UTF-8: alone, cut, surrogates, too long.
    ("%FF", nil), ("%A9", nil), ("a%A9", nil), ("%C3", nil), ("%ED%A0%80", nil), ("%C0%80", nil),
    ("\u{E9}%A9", nil),
  ]

  @Test(arguments: cases) func valuesAreDecodedStrictly(_ text: String, _ value: String?) {
    let read = QueryString.read("q=" + text)
    #expect(read?.first?.value == value && read?.first?.value.utf8.count == value?.utf8.count)
  }

  @Test func whateverIsEncodedIsReadAgain() {
    var random = SplitMix64(state: 31)
    for _ in 0..<2_000 {
      let scalars = (0..<Int(random.next() % 8)).compactMap { _ in
        Unicode.Scalar(UInt32(truncatingIfNeeded: random.next() >> (random.next() % 24)) % 0x11_0000)
      }
      let text = String(String.UnicodeScalarView(scalars))
      let encoded = text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(QueryString.read("q=" + encoded)?.first?.value.utf8.elementsEqual(text.utf8) == true)
    }
  }
}
