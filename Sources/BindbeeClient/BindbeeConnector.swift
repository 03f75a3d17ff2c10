import CandidateTime
import Foundation

/// A connector of an organisation, as the API describes it: all of the answer but tokens, names and addresses.
public struct BindbeeConnector: Sendable, Hashable {
  /// Whether a connector is linked to the customer's system.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    case complete = "COMPLETE"
    case incomplete = "INCOMPLETE"
    /// The API goes on answering with old data until the connector is linked again.
    case relinkNeeded = "RELINK_NEEDED"
    /// A status that this version does not know.
    case unknown
  }

  /// The state of Bindbee's own sync with the customer's system.
  public enum SyncState: String, Sendable, Hashable, CaseIterable {
    case syncing = "Syncing"
    case done = "Done"
    case failed = "Failed"
    /// A state that this version does not know.
    case unknown
  }

  /// Its id.
  public let id: String
  /// The name of the integration, such as `greenhouse`; nil if there is none.
  public let name: String?
  /// Whether it is linked.
  public let status: Status
  /// The state of its last sync; nil if there was none.
  public let syncState: SyncState?
  /// When it was found that it needs to be linked again; nil if it does not.
  public let relinkNeededAt: Timestamp?
  /// When its last sync began; nil if there was none.
  public let lastSyncStartedAt: Timestamp?
  /// Whether it is active; nil where that is unknown.
  public let isActive: Bool?

  /// Whether it returns old data until it is linked again.
  public var needsRelinking: Bool { status == .relinkNeeded || relinkNeededAt != nil }
}

extension BindbeeConnector {
  /// The connectors of a list in JSON, without those that have no id, up to the place where the list is broken, if it
  /// is. A member of a wrong type counts as absent. Linear.
  static func all(in items: [UInt8]) -> [BindbeeConnector] {
    var connectors: [BindbeeConnector] = []
    var shape = JSONShape(items[...])
    try? shape.readList { if let connector = BindbeeConnector(items[$0]) { connectors.append(connector) } }
    return connectors
  }

  /// Reads the members by name, so that no other is ever decoded.
  private init?(_ record: ArraySlice<UInt8>) {
    var texts: [String: String] = [:]
    var isActive: Bool?
    var shape = JSONShape(record)
    let isWhole: Void? = try? shape.readObject { name, value in
      let name = String(decoding: name, as: UTF8.self)
      if name == "is_active" { isActive = Self.flag(record[value]) }
      if Self.textMembers.contains(name), value.count <= RecordID.maximumLength {
        texts[name] = JSONString.text(record[value])
      }
    }
    guard isWhole != nil, let id = texts["id"], !id.isEmpty else { return nil }
    self.id = id
    name = texts["integration_slug"]
    status = texts["status"].flatMap(Status.init) ?? .unknown
    syncState = texts["sync_status"].map { SyncState(rawValue: $0) ?? .unknown }
    relinkNeededAt = texts["relink_needed_at"].flatMap(Timestamp.init)
    lastSyncStartedAt = texts["last_sync_start_time"].flatMap(Timestamp.init)
    self.isActive = isActive
  }

  private static let textMembers: Set<String> = [
    "id", "integration_slug", "status", "sync_status", "relink_needed_at", "last_sync_start_time",
  ]

  private static func flag(_ value: ArraySlice<UInt8>) -> Bool? {
    value.elementsEqual("true".utf8) ? true : value.elementsEqual("false".utf8) ? false : nil
  }
}
