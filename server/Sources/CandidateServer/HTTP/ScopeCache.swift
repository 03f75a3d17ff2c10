import AccessKeys
import CandidateSearch
import Synchronization

/// The scopes of keys, parsed once.
final class ScopeCache: Sendable {
  private struct Source: Hashable {
    let text: String?
    let includesContacts: Bool
  }

  private static let maximumCount = 1_000
  private let known = Mutex<[Source: Scope]>([:])

  /// The scope of a key.
  /// - Throws: `Problem` if this version cannot read it: then the key sees nothing at all.
  func scope(of key: AccessKey) throws -> Scope {
    let source = Source(text: key.scope, includesContacts: key.rights.contains(.contacts))
    if let scope = known.withLock({ $0[source] }) { return scope }
    let scope: Scope
    do {
      scope =
        try source.text.map { try Scope($0, includesContacts: source.includesContacts) }
        ?? Scope(includesContacts: source.includesContacts)
    } catch {
      throw Problem(.keyRefused, "the scope of the key cannot be read")
    }
    known.withLock { known in
      if known.count >= Self.maximumCount { known.removeAll() }
      known[source] = scope
    }
    return scope
  }
}
