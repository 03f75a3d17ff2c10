import Foundation
import TestSupport
import Testing

@testable import BindbeeClient

/// No part of a secret is in what is said of an answer, however the answer spells it.
@Suite struct RedactionTests {
  private static let longKey = "KEY-0123456789+/abcdef&\"xyz<01>%ab"
  private static let longToken = "tok_fedcba9876543210-Zz"

  struct Encoding: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apply: @Sendable (String) -> String

    init(_ name: String, _ apply: @escaping @Sendable (String) -> String) {
      testDescription = name
      self.apply = apply
    }
  }

  private static func hexadecimal(_ text: String, _ prefix: String, _ digits: Int, _ suffix: String = "")
    -> String
  {
    text.utf8.map { byte in
      let number = String(byte, radix: 16)
      return prefix + String(repeating: "0", count: max(0, digits - number.count)) + number + suffix
    }.joined()
  }

  private static func percent(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }

  static let encodings: [Encoding] = [
    Encoding("as it is") { $0 },
    Encoding("in capitals") { $0.uppercased() },
    Encoding("percent-encoded") { percent($0) },
    Encoding("percent-encoded, all of it, in small letters") { hexadecimal($0, "%", 2) },
    Encoding("percent-encoded twice") { percent(percent($0)) },
    Encoding("JSON escapes") { hexadecimal($0, "\\u", 4) },
    Encoding("JSON in JSON") { hexadecimal($0, "\\\\u", 4) },
    Encoding("escaped slashes and quotes") {
      $0.replacing("\"", with: "\\\"").replacing("/", with: "\\/")
    },
    Encoding("hexadecimal escapes") { hexadecimal($0, "\\x", 2) },
    Encoding("HTML names") {
      $0.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&LT;")
        .replacing(">", with: "&gt;")
    },
    Encoding("HTML numbers") { $0.utf8.map { "&#\($0);" }.joined() },
    Encoding("HTML hexadecimal numbers") { hexadecimal($0, "&#x", 2, ";") },
    Encoding("Base64") { Data($0.utf8).base64EncodedString() },
    Encoding("Base64 of a header") { Data("Bearer \($0)".utf8).base64EncodedString() },
    Encoding("Base64 of a pair") { Data("me:\($0):x".utf8).base64EncodedString() },
    Encoding("Base64 for addresses") {
      Data("x\($0)".utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    },
    Encoding("percent-encoded Base64") { percent(Data($0.utf8).base64EncodedString()) },
    Encoding("hexadecimal") { hexadecimal($0, "", 2) },
    Encoding("the beginning") { String($0.prefix(12)) },
    Encoding("the middle") { String($0.dropFirst(4).prefix(12)) },
    Encoding("the end") { String($0.suffix(12)) },
  ]

  /// The longest run that a text and a secret's spelling have in common, without regard to case.
  private static func common(_ text: String, _ spelled: String) -> Int {
    let (a, b) = (Array(text.lowercased().utf8), Array(spelled.lowercased().utf8))
    var longest = 0
    var row = [Int](repeating: 0, count: b.count + 1)
    for byte in a {
      for j in stride(from: b.count, to: 0, by: -1) {
        row[j] = byte == b[j - 1] ? row[j - 1] + 1 : 0
        longest = max(longest, row[j])
      }
    }
    return longest
  }

  @Test(arguments: encodings) func aSecretIsFoundHoweverItIsSpelled(_ encoding: Encoding) {
    let redaction = Redaction([Self.longKey, Self.longToken])
    for secret in [Self.longKey, Self.longToken] {
      let spelled = encoding.apply(secret)
      for text in ["\(spelled)", "Bad key: \(spelled)!", "é\(spelled)é", "[\(spelled),\(spelled)]"] {
        let redacted = redaction.redacted(text)
        #expect(redacted.contains("…"), "\(text) → \(redacted)")
        #expect(Self.common(redacted, spelled) < 12, "\(text) → \(redacted)")
      }
    }
  }

  /// Wherever a text ends, what is left of a secret is found; three characters may stay.
  @Test(arguments: encodings) func aSecretThatIsCutOffIsFound(_ encoding: Encoding) {
    let redaction = Redaction([Self.longKey])
    let spelled = encoding.apply(Self.longKey)
    for length in 0...spelled.count {
      let redacted = redaction.redacted("no: " + spelled.prefix(length)).dropFirst(4)
      #expect(!redacted.contains(Self.longKey.prefix(4)), "\(length): \(redacted)")
      #expect(Self.common(String(redacted), spelled) < 28, "\(length): \(redacted)")
    }
  }

  @Test func otherTextsStayAsTheyAre() {
    let redaction = Redaction([Self.longKey, Self.longToken, "k"])
    for text in ["", "é%", "100 % of\\", "&amp; &#12 %zz \\u12", "Søren 山田 🔥", "fedc 9876", "\u{0}"] {
      #expect(redaction.redacted(text) == text)
    }
    // A short secret is found as a whole.
    #expect(redaction.redacted("a key") == "a …ey")
  }

  /// What is cut to fit a line is redacted before: no piece of a secret is left at the cut.
  @Test(arguments: [0, 250, 262, 270, 280, 290, 296, 299, 300, 65_000]) func aCutLeavesNoPieces(
    _ padding: Int
  ) async throws {
    let server = try BindbeeServer([:])
    let echo = String(repeating: "x", count: padding) + "\(apiKey) and \(token)"
    server.change { state in
      state.fault = { _, _ in .answer(.init(status: 422, body: #"{"detail":"\#(echo)"}"#)) }
    }
    do {
      _ = try await server.client().candidate(id: "x")
      Issue.record("no error")
    } catch {
      let text = "\(error)"
      #expect(text.count < 500)
      for secret in [apiKey, token] {
        #expect(Self.common(text, secret) < 4, "\(text.suffix(60))")
      }
    }
  }

  @Test func aDetailIsOneLineWithoutControlCharacters() async throws {
    let server = try BindbeeServer([:])
    let detail = #"a\ncand-search: all is well\r\n\u001b[31mred\u001b]0;t\u0007\u202e \u009b31m\u2028b"#
    server.change { state in
      state.fault = { _, _ in .answer(.init(status: 403, body: #"{"detail":"\#(detail)"}"#)) }
    }
    await #expect(
      throws: BindbeeError.forbidden(detail: "a cand-search: all is well   [31mred ]0;t    31m b")
    ) { try await server.client().candidate(id: "x") }
  }
}
