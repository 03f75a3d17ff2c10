import Foundation
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// Queries that are made to be expensive are refused, or read few rows for their first page. The rows are counted, not the
/// time: in a debug build on an idle machine, none of them takes 200 ms.
@Suite struct PathologicalQueryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let query: String
    var testDescription: String { name }

    /// Repeats a text up to the maximum length of a query.
    init(_ name: String, repeating text: String) {
      self.name = name
      query = String(repeating: text, count: Limits.queryCharacters / text.unicodeScalars.count)
    }

    init(_ name: String, words: (Int) -> String, count: Int, by separator: String = " ") {
      self.name = name
      let text = (0..<count).map(words).joined(separator: separator)
      query = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Limits.queryCharacters)))
    }
  }

  private static let letters = Array("abcdefghijklmnopqrstuvwxyz").map(String.init)

  static let cases = [
    Case("OR alone", repeating: "OR "),
    Case("NOT alone", repeating: "NOT "),
    Case("AND alone", repeating: "AND "),
    Case("minus signs", repeating: "-"),
    Case("negated words", repeating: "-a "),
    Case("opening parentheses", repeating: "("),
    Case("closing parentheses", repeating: ")"),
    Case("empty parentheses", repeating: "()"),
    Case("nested words", repeating: "(a "),
    Case("quotes", repeating: "\""),
    Case("open quotes with words", repeating: "\"a "),
    Case("stars", repeating: "*"),
    Case("words of stars", repeating: "* "),
    Case("prefixes of one letter", words: { "\(letters[$0 % 26])*" }, count: 5_000),
    Case("prefixes of one letter, any of them", words: { "\(letters[$0 % 26])*" }, count: 1_500, by: " OR "),
    Case(
      "prefixes of two letters", words: { "\(letters[$0 % 26])\(letters[$0 / 26 % 26])*" }, count: 676,
      by: " OR "),
    Case(
      "words of a frequent prefix", words: { "s\(letters[$0 % 26])\(letters[$0 / 26 % 26])" }, count: 1_000),
    Case(
      "any of many words", words: { "s\(letters[$0 % 26])\(letters[$0 / 26 % 26])" }, count: 1_000, by: " OR "
    ),
    Case("a frequent word", repeating: "engineer "),
    Case("any of a frequent word", repeating: "engineer OR "),
    Case("a phrase of a frequent word", words: { $0 == 0 ? "\"engineer" : "engineer" }, count: 1_000),
    Case("one long word", repeating: "a"),
    Case("one long number", repeating: "9"),
    Case("typing errors", words: { "enginer\(letters[$0 % 26])\(letters[$0 / 26 % 26])" }, count: 900),
    Case("fields", repeating: "title:a "),
    Case("fields of fields", repeating: "title:"),
    Case("empty fields", repeating: "name:\"\" "),
    Case("dates", repeating: "modified:2020..2021 "),
    Case("facts of unknown fields", repeating: "custom.a:b "),
    Case("right to left", repeating: "שלום "),
    Case("marks of direction", repeating: "\u{202E}a\u{2066}"),
    Case("emoji", repeating: "😀"),
    Case("joined emoji", repeating: "👩‍👩‍👧‍👦 "),
    Case("combining marks", repeating: "\u{0301}"),
    Case("a letter under marks", words: { $0 == 0 ? "a" : "\u{0300}" }, count: 9_999, by: ""),
    Case("Chinese", repeating: "山田太郎"),
    Case("NUL", repeating: "\0"),
    Case("backslashes", repeating: "\\"),
    Case("line feeds", repeating: "\n"),
    Case("column filters of FTS5", repeating: "{a b}: "),
    Case("NEAR of FTS5", repeating: "NEAR(a b, 9) "),
    Case("addresses", repeating: "a@b.co "),
    Case("phone numbers", repeating: "+49 30 1234567 "),
  ]

  private static func body(_ members: [String: Any]) throws -> [UInt8] {
    Array(try JSONSerialization.data(withJSONObject: members))
  }

  /// The maximum number of rows that a first page of ten hits reads in all steps of its plan.
  private static let maximumRows = 100

  private static func rows(_ answer: Wire.Answer) -> Int {
    let explanation = answer.object["explanation"] as? [String: Any]
    let steps = explanation?["steps"] as? [[String: Any]] ?? []
    return steps.compactMap { $0["rows"] as? Int }.reduce(0, +)
  }

  /// One server for all cases: what an earlier one leaves behind must not slow a later one.
  @Test func areAnsweredOrRefused() async throws {
    try await withServer(candidates: 3_000, { options, _ in options.limits.requestSeconds = 20 }) { server in
      for query in Self.cases {
        let plain = try await server.answer(
          "POST", "/v1/search", body: Self.body(["q": query.query, "explain": true]))
        #expect(
          [200, 400].contains(plain.status), "\(query.name): \(plain.status) \(plain.text.prefix(200))")
        #expect(Self.rows(plain) <= Self.maximumRows, "\(query.name): \(Self.rows(plain)) rows")
        // All hits, counted: this may end with 503 in a debug build.
        let all = try await server.answer(
          "POST", "/v1/search",
          body: Self.body([
            "q": query.query, "count": true, "facet": ["company", "title"], "relaxed": "always",
            "limit": 1000, "highlight": false,
          ]))
        #expect([200, 400, 503].contains(all.status), "\(query.name): \(all.status) \(all.text.prefix(200))")
        #expect((plain.status == 400) == (all.status == 400), "\(query.name)")
        if plain.status == 400 { #expect(plain.problem == "wrong-query", "\(query.name)") }
      }
      for query in Self.cases {
        let text = query.query
        let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let answer = try await server.answer("GET", "/v1/suggest?q=\(encoded)")
        #expect(answer.status == 200, "\(query.name): \(answer.text.prefix(200))")
      }
    }
  }
}
