import CandidateModel
import Foundation
import GRDB

/// Where a page of results ended, as a text that a caller keeps. It names the last hit by its id, since a docid tells of
/// other candidates of the same second; it is signed with a key of the index, so that no other text passes for one.
struct SearchCursor: Sendable, Equatable {
  /// A hash of what was asked.
  var fingerprint: Int64
  /// The moment from which ages were counted.
  var now: Timestamp
  /// Which expression found the last hit.
  var step: Int
  /// The last hit.
  var place: SortPosition

  /// The cursor's text: letters, digits, `-` and `_`.
  func text(signedWith key: Data) -> String {
    // The texts come last, after their lengths: they may hold anything.
    let numbers = [
      "\(fingerprint)", "\(now.microseconds)", "\(step)", place.second.map { "\($0)" } ?? "",
      "\(place.id.utf8.count)", "\(place.connector.utf8.count)",
    ]
    let texts = place.id + place.connector + place.value.text
    let bytes = Data((numbers.joined(separator: ",") + "," + texts).utf8)
    return Self.urlSafe((Self.signature(bytes, key) + bytes).base64EncodedString())
  }

  /// Reads a cursor's text. Throws `CursorError` if this index did not make it for this query.
  init(_ text: String, fingerprint: Int64, sort: SearchSort?, _ db: Database) throws {
    guard text.utf8.count <= Self.longest, let all = Data(base64Encoded: Self.fromURLSafe(text)) else {
      throw CursorError.forged
    }
    let bytes = Data(all.dropFirst(Self.signatureLength))
    let signature = try Self.signature(bytes, Self.key(db))
    guard signature.count == Self.signatureLength,
      Digest.areEqual(all.prefix(Self.signatureLength), signature)
    else {
      throw CursorError.forged
    }
    let fields = bytes.split(separator: UInt8(ascii: ","), maxSplits: 6, omittingEmptySubsequences: false)
    let numbers = fields.dropLast().map { Int64(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == 6, let texts = fields.last, let found = numbers[0], let now = numbers[1],
      let step = numbers[2], let idLength = numbers[4], let connectorLength = numbers[5],
      idLength >= 0, connectorLength >= 0
    else { throw CursorError.forged }
    guard found == fingerprint else { throw CursorError.foreign }
    let afterID = texts.dropFirst(Int(idLength))
    let value = String(decoding: afterID.dropFirst(Int(connectorLength)), as: UTF8.self)
    guard let value = sort.map({ SortPosition.Value(value, of: $0.by) }) ?? SortPosition.Value.none else {
      throw CursorError.forged
    }
    self.init(
      fingerprint: found, now: Timestamp(microseconds: now), step: Int(step),
      place: SortPosition(
        value: value, second: numbers[3],
        id: String(decoding: texts.prefix(Int(idLength)), as: UTF8.self),
        connector: String(decoding: afterID.prefix(Int(connectorLength)), as: UTF8.self)))
  }

  init(fingerprint: Int64, now: Timestamp, step: Int, place: SortPosition) {
    (self.fingerprint, self.now, self.step, self.place) = (fingerprint, now, step, place)
  }

  /// The place behind which the next page of tiers begins.
  func position(_ db: Database) throws -> Searcher.Position {
    Searcher.Position(step: step, docid: Docid(value: try place.docids(db).behind))
  }

  private static let longest = 8_192
  private static let signatureLength = 12

  private static func signature(_ bytes: Data, _ key: Data) -> Data {
    Digest.authentication(of: bytes, key: key).prefix(signatureLength)
  }

  /// The key of an index, with which its cursors are signed.
  static func key(_ db: Database) throws -> Data {
    let statement = try db.cachedStatement(sql: "SELECT value FROM setting WHERE name = 'cursor_key'")
    return try Data.fetchOne(statement) ?? Data()
  }

  /// Draws the key of an index.
  static func makeKey(_ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO setting (name, value) VALUES ('cursor_key', ?)", arguments: [Digest.makeKey()])
  }

  private static func urlSafe(_ text: String) -> String {
    String(decoding: text.utf8.lazy.filter { $0 != UInt8(ascii: "=") }.map(urlSafe), as: UTF8.self)
  }

  private static func urlSafe(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "+"): UInt8(ascii: "-")
    case UInt8(ascii: "/"): UInt8(ascii: "_")
    default: byte
    }
  }

  private static func fromURLSafe(_ text: String) -> String {
    let text = text.replacing("-", with: "+").replacing("_", with: "/")
    return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }
}

/// A cursor that cannot be gone on from.
public enum CursorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// This index did not make it.
  case forged
  /// It belongs to another query or to other options.
  case foreign

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .forged: "the cursor is none of this index: search again without it"
    case .foreign: "the cursor belongs to another query: go on with the query and options that gave it"
    }
  }
}
