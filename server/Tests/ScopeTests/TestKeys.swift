import AccessKeys
import CandidateTime
import Foundation
import TestSupport

/// A file of keys and their secrets.
final class TestKeys: Sendable {
  let folder: TemporaryFolder
  let file: AccessKeyFile

  init() throws {
    folder = try TemporaryFolder()
    file = AccessKeyFile(path: folder.file("keys.ndjson"))
  }

  /// Adds a key and returns the header field of its requests.
  func add(
    _ name: String, _ rights: Set<AccessRight>, scope: String? = nil, expiresAt: Timestamp? = nil
  ) throws -> String {
    try "Authorization: Bearer "
      + file.add(name: name, scope: scope, rights: rights, expiresAt: expiresAt).secret
  }
}
