import CandidateTime
import Foundation
import Synchronization

/// A file of keys: for each of them a line, a JSON object with the hash of its secret. Only its owner can read it.
///
/// Safe to use from many threads and processes at once.
public final class AccessKeyFile: Sendable {
  /// The maximum number of keys in a file. A request is compared with all of them.
  public static let maximumKeys = 1_000
  /// The maximum length of a file, in bytes.
  public static let maximumLength = 16 << 20

  /// The path of the file.
  public let path: String
  /// What the file contained when it was last read.
  private let content = Mutex<KeyFileContent?>(nil)

  /// Names a file. It is not read before a method needs it.
  public init(path: String) {
    self.path = path
  }

  /// The file that programs use for an index unless another is named: `keys.ndjson` in the folder of the index.
  public static func path(besideIndex index: String) -> String {
    URL(fileURLWithPath: index).deletingLastPathComponent().appendingPathComponent("keys.ndjson").path
  }

  /// Adds a key and returns it with its secret, which cannot be read again. Creates a file that does not exist, with its
  /// folder.
  ///
  /// Waits up to ten seconds for other processes that change the file.
  /// - Throws: `AccessKeyError` for a key that cannot be added, and for a file that cannot be changed or that other users
  ///   can read or change.
  public func add(
    name: String, scope: String? = nil, rights: Set<AccessRight> = [.search], expiresAt: Timestamp? = nil,
    rate: RequestRate? = nil, at now: Timestamp = .now
  ) throws(AccessKeyError) -> IssuedAccessKey {
    let secret = AccessSecret.make()
    let key = try AccessKey(
      name: name, id: AccessSecret.id(of: secret), scope: scope, rights: rights, createdAt: now,
      expiresAt: expiresAt, rate: rate)
    let edit = try KeyFileEdit(path: path, creating: true)
    guard !edit.content.records.contains(where: { $0.key.name == name }) else { throw .nameTaken(name) }
    try edit.replace(
      with: edit.content.records + [KeyRecord(key: key, hash: AccessSecret.hash(secret) ?? [])])
    return IssuedAccessKey(key: key, secret: secret)
  }

  /// Removes a key and returns it. The next `key(for:)` of every process refuses its secret.
  /// - Throws: `AccessKeyError.unknownName`, and as `add`.
  @discardableResult
  public func revoke(name: String) throws(AccessKeyError) -> AccessKey {
    let edit = try KeyFileEdit(path: path, creating: false)
    guard let record = edit.content.records.first(where: { $0.key.name == name }) else {
      throw .unknownName(name)
    }
    try edit.replace(with: edit.content.records.filter { $0.key.name != name })
    return record.key
  }

  /// The keys in the order in which they were added, expired ones included. Reads also a file that other users can read
  /// or change.
  /// - Throws: `AccessKeyError` for a file that cannot be read.
  public func list() throws(AccessKeyError) -> [AccessKey] {
    try KeyFileContent(path: path, mustBePrivate: false).records.map(\.key)
  }

  /// The key with a secret; nil if no key has it, or if the key is expired.
  ///
  /// The state of the file is looked at in each call, and its content is read again after a change. The time of the
  /// comparison depends on the number of keys alone: some microseconds for ten keys.
  /// - Throws: `AccessKeyError` for a file that cannot be read any more, or that other users can read or change. Then no
  ///   secret is valid.
  public func key(for secret: String, at time: Timestamp = .now) throws(AccessKeyError) -> AccessKey? {
    let content = try currentContent()
    guard let hash = AccessSecret.hash(secret), let place = AccessSecret.place(of: hash, in: content.hashes)
    else { return nil }
    let key = content.records[place].key
    return key.isExpired(at: time) ? nil : key
  }

  /// The key with an id, for a caller that has proved before to have its secret; nil if no key has the id any more, or if
  /// the key is expired. Sees changes of the file as `key(for:)` does.
  /// - Throws: As `key(for:)`.
  public func key(id: String, at time: Timestamp = .now) throws(AccessKeyError) -> AccessKey? {
    guard let key = try currentContent().records.first(where: { $0.key.id == id })?.key else { return nil }
    return key.isExpired(at: time) ? nil : key
  }

  private func currentContent() throws(AccessKeyError) -> KeyFileContent {
    try content.withLock { (content) throws(AccessKeyError) -> KeyFileContent in
      var status = stat()
      if let content, stat(path, &status) == 0, content.version == KeyFileContent.Version(status) {
        return content
      }
      content = nil
      let new = try KeyFileContent(path: path, mustBePrivate: true)
      content = new
      return new
    }
  }
}
