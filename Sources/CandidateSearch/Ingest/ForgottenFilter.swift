import CandidateModel
import Foundation

/// The hashes under which identities are stored. No connector's name contains NUL, so that no two identities are hashed
/// as one text.
struct ForgottenHasher {
  let key: Data

  /// An id in any case, as a search for it finds it.
  func id(_ id: String, _ connector: String?) -> Data { exactID(id.lowercased(), connector) }

  /// The hashes that may be stored of an id: files of earlier versions contain ids in the case in which they came.
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
  private let hashes: [ForgottenHash.Kind: Set<Data>]

  /// The filter of an index; nil if no one is forgotten.
  /// - Throws: `ForgottenKeyLost`.
  init?(_ snapshot: any IndexSnapshot) throws {
    let all = try snapshot.forgottenHashes()
    guard !all.isEmpty, let key = try snapshot.forgottenKey() else { return nil }
    hasher = ForgottenHasher(key: key)
    hashes = Dictionary(grouping: all, by: \.kind).mapValues { Set($0.map(\.hash)) }
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

  private func contains(_ kind: ForgottenHash.Kind, _ candidates: () -> [Data]) -> Bool {
    guard let known = hashes[kind] else { return false }
    return candidates().contains(where: known.contains)
  }
}
