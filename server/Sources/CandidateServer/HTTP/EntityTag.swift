import Foundation
import SodiumLibrary

/// Entity tags of answers (RFC 9110, 8.8.3).
enum EntityTag {
  /// A hash of a body.
  static func of(_ body: ArraySlice<UInt8>) -> String {
    var hash = [UInt8](repeating: 0, count: 16)
    body.withUnsafeBufferPointer { body in
      _ = crypto_generichash(&hash, hash.count, body.baseAddress, UInt64(body.count), nil, 0)
    }
    return "W/\"" + String(decoding: hash.flatMap { [digit($0 >> 4), digit($0 & 15)] }, as: UTF8.self) + "\""
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
  }

  /// Whether a field `If-None-Match` names a tag.
  static func matches(_ field: String?, _ tag: String) -> Bool {
    guard let field else { return false }
    // Weak tags and strong ones are equal here (RFC 9110, 13.1.2).
    return field.split(separator: ",").contains {
      let name = $0.trimmingCharacters(in: .whitespaces)
      return name == "*" || name == tag || "W/" + name == tag
    }
  }
}
