import Foundation

/// What a file of keys contained at a moment.
///
/// The descriptor stays open: as long as it is, no other file can have the same number, and a file that replaced this one
/// is recognised by it.
final class KeyFileContent: Sendable {
  let records: [KeyRecord]
  /// The hashes of `records`, one after another.
  let hashes: [UInt8]
  let version: Version
  private let descriptor: OpenFile

  /// What changes with every change of a file.
  struct Version: Equatable {
    private let device: UInt
    private let number: UInt
    private let size: Int
    private let modified: SIMD2<Int>
    /// Also changed by a change of the permissions.
    private let changed: SIMD2<Int>

    init(_ status: stat) {
      device = UInt(status.st_dev)
      number = UInt(status.st_ino)
      size = Int(status.st_size)
      modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
      changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
  }

  /// The attempts to read a file that is written to meanwhile.
  private static let attempts = 5

  /// Reads a file.
  /// - Throws: `AccessKeyError`; with `mustBePrivate` also for a file that other users can read or change.
  convenience init(path: String, mustBePrivate: Bool) throws(AccessKeyError) {
    // A FIFO without a writer would block.
    let file = try OpenFile(path, O_RDONLY | O_NONBLOCK)
    try self.init(file, path: path, mustBePrivate: mustBePrivate)
  }

  /// Reads an open file from its beginning.
  init(_ file: OpenFile, path: String, mustBePrivate: Bool) throws(AccessKeyError) {
    for _ in 0..<Self.attempts {
      let status = try file.status(path)
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw .notReadable(path: path, reason: "it is not a regular file")
      }
      if mustBePrivate { try Self.checkPrivate(status, path) }
      guard status.st_size <= AccessKeyFile.maximumLength else {
        throw .notReadable(path: path, reason: "it has more than \(AccessKeyFile.maximumLength) bytes")
      }
      let bytes = try file.bytes(Int(status.st_size), path)
      guard Version(status) == Version(try file.status(path)) else { continue }
      let records = try Self.records(bytes, path)
      self.records = records
      hashes = records.flatMap(\.hash)
      version = Version(status)
      descriptor = file
      return
    }
    throw .busy(path: path)
  }

  /// The owner can change the file, whatever its mode is. The system's administrator may use a file of a service.
  private static func checkPrivate(_ status: stat, _ path: String) throws(AccessKeyError) {
    guard [0, status.st_uid].contains(geteuid()) || status.st_uid == 0 else { throw .foreign(path: path) }
    guard status.st_mode & 0o077 == 0 else { throw .sharedWithOthers(path: path) }
  }

  private static func records(_ bytes: Data, _ path: String) throws(AccessKeyError) -> [KeyRecord] {
    var records: [KeyRecord] = []
    var names: Set<String> = []
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
      guard records.count < AccessKeyFile.maximumKeys else { throw .tooManyKeys(path: path) }
      do throws(KeyRecord.Problem) {
        let record = try KeyRecord(line: Data(line))
        guard names.insert(record.key.name).inserted else {
          throw KeyRecord.Problem(text: AccessKeyError.nameTaken(record.key.name).description)
        }
        records.append(record)
      } catch {
        throw .malformed(path: path, line: number + 1, problem: error.text)
      }
    }
    return records
  }
}

/// A descriptor that is closed with its last owner.
final class OpenFile: Sendable {
  let descriptor: Int32

  init(_ path: String, _ flags: Int32) throws(AccessKeyError) {
    descriptor = open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
  }

  deinit { close(descriptor) }

  func status(_ path: String) throws(AccessKeyError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
    return status
  }

  /// The first bytes of the file; fewer where it ends before.
  func bytes(_ length: Int, _ path: String) throws(AccessKeyError) -> Data {
    var bytes = Data(count: length)
    var count = 0
    while count < length {
      let read = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + count }, length - count, off_t(count))
      }
      if read == 0 { break }
      if read > 0 {
        count += read
      } else if errno != EINTR {
        throw Self.failure(path)
      }
    }
    return bytes.prefix(count)
  }

  static func failure(_ path: String) -> AccessKeyError {
    let code = errno
    return code == ENOENT
      ? .missing(path: path) : .notReadable(path: path, reason: String(cString: strerror(code)))
  }
}
