import CandidateModel
import Foundation
import GRDB

/// Stores what keeps the records of forgotten candidates out, and nothing more: keyed hashes of ids, of connectors with
/// remote ids, and of e-mail addresses (HMAC-SHA256, with a random key for each file).
struct ForgottenStore {
  let db: Database

  /// What a hash is of.
  enum Kind: Int, CaseIterable { case id, remoteID, email }

  /// How many ids and addresses were asked for; what follows from them is not counted.
  func count() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM forgotten WHERE origin IS NULL") ?? 0
  }

  /// What tells whether a record is to be kept out; nil if nobody was forgotten.
  func filter() throws -> ForgottenFilter? {
    var hashes: [Kind: Set<Data>] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT hash, kind FROM forgotten")
    while let row = try rows.next() {
      if let kind = Kind(rawValue: row[1]) { hashes[kind, default: []].insert(row[0]) }
    }
    guard !hashes.isEmpty, let key = try key() else { return nil }
    return ForgottenFilter(hasher: ForgottenHasher(key: key), hashes: hashes)
  }

  /// Keeps an id out of a connector, or with nil out of all, also those that are still to come.
  func add(id: String, connector: String?) throws {
    try add(hasher().id(id, connector), .id, origin: nil)
  }

  /// Keeps an e-mail address out of a connector, or with nil out of all.
  func add(email: String, connector: String?) throws {
    try add(hasher().email(email, connector), .email, origin: nil)
  }

  /// Keeps a candidate out under another id too: relinking a connector gives all records new ids, but not new remote ids.
  /// Undone together with the request that the candidate was found by.
  func add(_ candidate: Candidate, connector: String, requestedBy request: ForgetRequest) throws {
    let hasher = try hasher()
    let origin =
      switch request.subject {
      case .id: hasher.id(candidate.id, request.connector)
      case .email(let address): hasher.email(address, request.connector)
      }
    if case .email = request.subject {
      try add(hasher.id(candidate.id, connector), .id, origin: origin)
    }
    if let remoteID = candidate.remoteID, !remoteID.isBlank {
      try add(hasher.remoteID(remoteID, connector), .remoteID, origin: origin)
    }
  }

  private func add(_ hash: Data, _ kind: Kind, origin: Data?) throws {
    try db.execute(
      sql: """
        INSERT INTO forgotten (hash, kind, origin) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET origin = NULL WHERE excluded.origin IS NULL
        """, arguments: [hash, kind.rawValue, origin])
  }

  /// Lets the records of a request in again; false if they were not kept out by it.
  func remove(_ request: ForgetRequest) throws -> Bool {
    guard let key = try key() else { return false }
    let hasher = ForgottenHasher(key: key)
    let hashes =
      switch request.subject {
      case .id(let id): hasher.ids(id, request.connector)
      case .email(let address): [hasher.email(address, request.connector)]
      }
    var isRemoved = false
    for hash in hashes {
      try db.execute(sql: "DELETE FROM forgotten WHERE hash = ?", arguments: [hash])
      isRemoved = isRemoved || db.changesCount > 0
      try db.execute(sql: "DELETE FROM forgotten WHERE origin = ?", arguments: [hash])
    }
    return isRemoved
  }

  private func hasher() throws -> ForgottenHasher { try ForgottenHasher(key: key() ?? makeKey()) }

  private func key() throws -> Data? {
    try Data.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'forgotten_key'")
  }

  private func makeKey() throws -> Data {
    let key = Digest.makeKey()
    try db.execute(sql: "INSERT INTO setting (name, value) VALUES ('forgotten_key', ?)", arguments: [key])
    return key
  }
}

/// What a person asked to be forgotten by.
struct ForgetRequest: Hashable, Sendable {
  enum Subject: Hashable, Sendable {
    case id(String)
    case email(String)
  }

  let subject: Subject
  /// Nil for all connectors, also those that are still to come.
  let connector: String?
}

/// The hashes under which identities are stored. No connector's name contains NUL, so that no two identities are hashed
/// as one text.
private struct ForgottenHasher {
  let key: Data

  /// An id in any case, as a search for it finds it.
  func id(_ id: String, _ connector: String?) -> Data { exactID(id.lowercased(), connector) }

  /// The hashes that may be stored of an id: files of earlier versions hold ids in the case in which they were given.
  func ids(_ id: String, _ connector: String?) -> [Data] {
    let folded = id.lowercased()
    return folded.utf8.elementsEqual(id.utf8)
      ? [exactID(id, connector)] : [exactID(folded, connector), exactID(id, connector)]
  }

  private func exactID(_ id: String, _ connector: String?) -> Data {
    let scope = connector.map { "\($0)\u{0}" } ?? ""
    return hash("\(scope)\u{0}\(id)")
  }

  func remoteID(_ id: String, _ connector: String) -> Data {
    hash("\u{0}\u{0}remote_id\u{0}\(connector)\u{0}\(id)")
  }

  /// An address without case and accents, as a search for it finds it.
  func email(_ address: String, _ connector: String?) -> Data {
    let scope = connector.map { "of \($0)" } ?? ""
    return hash("\u{0}\u{0}email\u{0}\(scope)\u{0}\(FilterTerm(.email, address).token)")
  }

  private func hash(_ text: String) -> Data { Digest.authentication(of: Data(text.utf8), key: key) }
}

/// Tells whose records are to be kept out.
struct ForgottenFilter: Sendable {
  private let hasher: ForgottenHasher
  private let hashes: [ForgottenStore.Kind: Set<Data>]

  fileprivate init(hasher: ForgottenHasher, hashes: [ForgottenStore.Kind: Set<Data>]) {
    self.hasher = hasher
    self.hashes = hashes
  }

  /// Whether the record with an id is to be kept out.
  func contains(id: String, connector: String) -> Bool {
    contains(.id) { hasher.ids(id, nil) + hasher.ids(id, connector) }
  }

  /// Whether a record is to be kept out: by its id, by its remote id, or by one of its e-mail addresses.
  func contains(_ identity: CandidateIdentity, connector: String) -> Bool {
    contains(id: identity.id, connector: connector)
      || contains(.remoteID) { [identity.remoteID.map { hasher.remoteID($0, connector) }].compactMap(\.self) }
      || contains(.email) {
        identity.emailAddresses.flatMap { [hasher.email($0, nil), hasher.email($0, connector)] }
      }
  }

  private func contains(_ kind: ForgottenStore.Kind, _ candidates: () -> [Data]) -> Bool {
    guard let known = hashes[kind] else { return false }
    return candidates().contains(where: known.contains)
  }
}

/// What a candidate is recognised by, whatever else changes.
struct CandidateIdentity: Hashable, Sendable {
  let id: String
  let remoteID: String?
  let emailAddresses: [String]

  init(_ candidate: Candidate) {
    id = candidate.id
    remoteID = candidate.remoteID
    emailAddresses = candidate.emailAddresses.filter { !$0.isBlank }
  }
}
