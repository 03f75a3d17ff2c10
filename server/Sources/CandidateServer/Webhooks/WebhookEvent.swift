import Foundation
import SodiumLibrary

/// An event of a webhook that the server acts on, without anything personal that its body contains.
struct WebhookEvent: Sendable, Hashable {
  /// The events that the server acts on.
  enum Kind: String, Sendable, CaseIterable {
    /// A sync of Bindbee's has ended well.
    case synced = "connector_synced"
    /// A sync of Bindbee's has failed.
    case failed = "connector_sync_error"
    /// Records were modified; the event names them.
    case modified = "connector_data_modified"
  }

  /// More ids are not fetched one by one: an incremental sync is cheaper.
  static let maximumIDs = 1_000
  private static let maximumIDLength = 100

  let kind: Kind
  /// Bindbee's id of the connector.
  let connectorID: String
  /// Bindbee's id of the sync; nil if there is none or it is not an id.
  let syncID: String?
  /// The ids of the candidates that the event names, each once.
  let ids: [String]
  /// Whether it demands an incremental sync: also where it names records that are not known to be candidates.
  let needsSync: Bool
  /// A hash of the body.
  let hash: [UInt8]

  /// Reads a body; nil for an event that the server does not act on. Linear in its length.
  /// - Throws: `Problem` if it is not the body of a webhook.
  init?(_ bytes: [UInt8]) throws(Problem) {
    let body: Body
    do {
      body = try JSONDecoder().decode(Body.self, from: Data(bytes))
    } catch {
      throw Problem(.wrongBody, "the body must be a JSON object with webhook.event")
    }
    guard let kind = Kind(rawValue: body.event) else { return nil }
    guard let connectorID = body.connectorID, Self.isID(connectorID) else {
      throw Problem(.wrongBody, "the body of this event must have connector.id")
    }
    self.kind = kind
    self.connectorID = connectorID
    syncID = body.syncID.flatMap { Self.isID($0) ? $0 : nil }
    let ids = kind == .modified ? Self.candidates(in: body.data) : []
    self.ids = ids ?? []
    needsSync = kind == .synced || ids == nil
    hash = Self.hash(of: bytes)
  }

  /// The ids under the names for candidates; nil if they are not all: then the others may be of candidates, too.
  private static func candidates(in data: [String: [String]?]?) -> [String]? {
    guard let data, !data.isEmpty, data.keys.allSatisfy(isCandidateModel) else { return nil }
    var ids: Set<String> = []
    for list in data.values {
      guard let list, list.allSatisfy(isID) else { return nil }
      ids.formUnion(list)
      guard ids.count <= maximumIDs else { return nil }
    }
    return ids.isEmpty ? nil : ids.sorted()
  }

  /// Bindbee does not document the name: `candidate`, `ATSCandidate` and `ats_candidates` are all taken for it.
  private static func isCandidateModel(_ name: String) -> Bool {
    let letters = name.lowercased().filter(\.isLetter)
    return ["candidate", "candidates", "atscandidate", "atscandidates"].contains(letters)
  }

  /// Whether a text is a plain id, which needs no escape anywhere.
  private static func isID(_ text: String) -> Bool {
    (1...maximumIDLength).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// BLAKE2b of 32 bytes.
  private static func hash(of bytes: [UInt8]) -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: 32)
    crypto_generichash(&hash, hash.count, bytes, UInt64(bytes.count), nil, 0)
    return hash
  }
}

/// The members of a body that are read. The others, which name people, are not decoded.
private struct Body: Decodable {
  let event: String
  let connectorID: String?
  let syncID: String?
  /// Lists of ids by model; nil in place of a list that is not one of texts.
  let data: [String: [String]?]?

  private enum Member: String, CodingKey {
    case webhook, connector, sync, data, event, id
    case syncID = "sync_id"
  }

  private struct IDs: Decodable {
    let list: [String]?
    init(from decoder: any Decoder) throws {
      list = try? decoder.singleValueContainer().decode([String].self)
    }
  }

  init(from decoder: any Decoder) throws {
    let body = try decoder.container(keyedBy: Member.self)
    event = try body.nestedContainer(keyedBy: Member.self, forKey: .webhook)
      .decode(String.self, forKey: .event)
    connectorID = try? body.nestedContainer(keyedBy: Member.self, forKey: .connector)
      .decode(String.self, forKey: .id)
    syncID = try? body.nestedContainer(keyedBy: Member.self, forKey: .sync)
      .decode(String.self, forKey: .syncID)
    data = (try? body.decode([String: IDs].self, forKey: .data))?.mapValues(\.list)
  }
}
