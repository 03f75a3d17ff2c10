import BindbeeClient
import CandidateModel
import Foundation

/// What is a page for Foundation is the same page for us; what is not whole is none.
enum PageProperties {
  static func check(_ bytes: [UInt8]) throws {
    let envelope = try? PageEnvelope(bytes)
    if let envelope {
      try hold(envelope.items.first == UInt8(ascii: "["), "the items are a list")
      try hold(envelope.items.last == UInt8(ascii: "]"), "the list is whole")
      let end = bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0
      try hold((try? PageEnvelope(Array(bytes[..<end]))) == nil, "a page that is cut is none")
    }
    // Foundation also takes a comma too many, among others.
    let record = Array(#"{"id":"1","page":"#.utf8) + bytes + Array("}".utf8)
    guard (try? CandidateDecoder().decode(bytes: record)) != nil else { return }
    guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      let expected = object["items"] as? [Any],
      object["cursor"] is String || object["cursor"] is NSNull
    else { return }
    guard let envelope else { throw Violation(description: "a page is not read") }
    guard !isRepeated(bytes) else { return }
    try hold(envelope.cursor == object["cursor"] as? String, "the cursor is the page's")
    let items = try JSONSerialization.jsonObject(with: Data(envelope.items)) as? [Any]
    try hold(items?.count == expected.count, "the items are the page's")
  }

  /// Whether a name may occur twice, where readers differ.
  private static func isRepeated(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("\\u")
      || ["cursor", "items"].contains { text.components(separatedBy: $0).count > 2 }
  }
}
