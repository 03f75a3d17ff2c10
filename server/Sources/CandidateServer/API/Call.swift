import AccessKeys
import CandidateSearch
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// A request of an operation, admitted and read.
struct Call: Sendable {
  let service: Service
  /// Who calls.
  let caller: Caller
  let arguments: Arguments
  let request: Request
  /// The browser that requests a page; nil for programs.
  var visitor: Visitor?
  /// The keys; nil on a server without keys.
  var keys: ServerKeys?
  /// The id of the request in the search log: random, since `forget` does not erase it. A caller's own may be that of a
  /// candidate.
  let entryID: String

  /// The index, as the caller's scope shows it.
  /// - Throws: `IndexError` if its file was removed or replaced.
  func index() throws -> CandidateIndex { try service.index(for: caller) }

  /// Reads the body of a request in JSON.
  /// - Throws: `Problem`.
  func object() async throws -> [String: JSONInput] {
    try JSONInput.object(await service.bytes(of: request, atMost: service.limits.jsonBytes))
  }
}

/// Who makes a request.
struct Caller: Sendable {
  /// The name of the key; nil without keys.
  let name: String?
  let scope: Scope
  /// The filter of the scope as the key has it; nil without one.
  var filter: String?
  let rights: Set<AccessRight>
  let rate: RequestRate?

  /// A caller on this machine, on a server without keys.
  static let local = Caller(name: nil, scope: .all, rights: Set(AccessRight.allCases), rate: nil)
  /// A caller of an operation that needs no key.
  static let anonymous = Caller(name: nil, scope: .all, rights: [], rate: nil)

  /// Whether names of servers may be shown.
  var seesServers: Bool { scope == .all }
  /// Whether the times of queries may be shown: they depend on all candidates.
  var seesTimes: Bool { scope == .all }

  func has(_ right: AccessRight) -> Bool { rights.contains(right) }
}
