import Testing

@testable import CandidateServer

/// The signatures of webhooks.
@Suite struct SignatureTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let signature: String
    var isValid = false
    var testDescription: String { name }
  }

  private static let text = Array("The quick brown fox jumps over the lazy dog".utf8)
  /// HMAC-SHA256 with the key `key`, as Wikipedia's article on HMAC has it.
  private static let valid = "97yD9DBThCSxMpjmqm-xQ-9NWaFJRhdZl0edvC0aPNg="

  static let cases: [Case] = [
    Case(name: "valid", signature: valid, isValid: true),
    Case(name: "missing", signature: ""),
    Case(name: "not padded", signature: String(valid.dropLast())),
    Case(name: "padded twice", signature: valid + "="),
    Case(name: "the other alphabet", signature: valid.replacing("-", with: "+")),
    Case(name: "another letter", signature: "8" + valid.dropFirst()),
    Case(
      name: "another last letter, of which base64 ignores bits",
      signature: valid.replacing("PNg=", with: "PNh=")),
    Case(name: "cut off", signature: String(valid.prefix(43))),
    Case(name: "not base64", signature: String(repeating: "!", count: 44)),
    Case(name: "not ASCII", signature: String(repeating: "é", count: 22)),
    Case(name: "hexadecimal", signature: "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"),
    Case(name: "twice", signature: "\(valid), \(valid)"),
    Case(name: "with space", signature: " \(valid)"),
    Case(name: "long", signature: String(repeating: "A", count: 100_000)),
  ]

  @Test(arguments: cases) func isChecked(_ example: Case) throws {
    for keys in [["key"], ["other", "key"], ["key", "other"]] {
      #expect(try WebhookKeys(keys).isSignature(example.signature, of: Self.text) == example.isValid)
    }
    #expect(try !WebhookKeys(["other"]).isSignature(example.signature, of: Self.text))
    #expect(try !WebhookKeys(["key"]).isSignature(example.signature, of: Self.text + [0]))
    #expect(try !WebhookKeys(["key"]).isSignature(example.signature, of: []))
  }

  /// RFC 4231, test case 6: a key that is longer than a block.
  @Test func aLongKeyIsHashed() throws {
    let signature = WebhookKeys.signature(
      of: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      by: [UInt8](repeating: 0xAA, count: 131))
    #expect(String(decoding: signature, as: UTF8.self) == "YOQxWR7gtn8Niiaqy_W3f44LxiE3KMUUBUYEDw7jf1Q=")
  }

  @Test(arguments: [[], [""], ["a", ""], ["a", "b", "c"]]) func otherKeysAreRefused(_ keys: [String]) {
    #expect(throws: WebhookKeys.Problem.self) { try WebhookKeys(keys) }
  }

  @Test func keysAreNotShown() throws {
    let keys = try WebhookKeys(["secret-1", "secret-2"])
    var text = "\(keys) \(String(reflecting: keys)) \(keys.customMirror.children.map { "\($0)" })"
    dump(keys, to: &text)
    #expect(!text.contains("secret") && text.contains("2 keys"))
  }
}
