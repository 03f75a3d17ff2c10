import CandidateModel
import Foundation

/// Stores the identities whose records are kept out, as keyed hashes: of ids, of connectors with remote ids, and of
/// e-mail addresses (HMAC-SHA256, with a random key for each index).
struct ForgottenStore {
  let transaction: any IndexTransaction

  /// Keeps an id out of a connector, or with nil out of all, including future ones.
  func add(id: String, connector: String?) throws {
    try add(hasher().id(id, connector), .id, origin: nil)
  }

  /// Keeps an e-mail address out of a connector, or with nil out of all.
  func add(email: String, connector: String?) throws {
    try add(hasher().email(email, connector), .email, origin: nil)
  }

  /// Keeps a candidate out under another id, too: relinking a connector changes all ids, but no remote id. Undoing the
  /// request that found the candidate undoes this, too.
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

  private func add(_ hash: Data, _ kind: ForgottenHash.Kind, origin: Data?) throws {
    try transaction.addForgotten(ForgottenHash(hash: hash, kind: kind, origin: origin))
  }

  /// Admits the records of a request again. Returns false if it did not keep any out.
  func remove(_ request: ForgetRequest) throws -> Bool {
    guard let key = try transaction.forgottenKey() else { return false }
    let hasher = ForgottenHasher(key: key)
    let hashes =
      switch request.subject {
      case .id(let id): hasher.ids(id, request.connector)
      case .email(let address): [hasher.email(address, request.connector)]
      }
    var isRemoved = false
    for hash in hashes where try transaction.removeForgotten(hash) { isRemoved = true }
    return isRemoved
  }

  private func hasher() throws -> ForgottenHasher {
    if let key = try transaction.forgottenKey() { return ForgottenHasher(key: key) }
    let key = Digest.makeKey()
    try transaction.store(key, as: .forgotten)
    return ForgottenHasher(key: key)
  }
}

/// A request to forget: an identity, of one connector or of all.
struct ForgetRequest: Hashable, Sendable {
  enum Subject: Hashable, Sendable {
    case id(String)
    case email(String)
  }

  let subject: Subject
  /// Nil for all connectors, including future ones.
  let connector: String?
}
