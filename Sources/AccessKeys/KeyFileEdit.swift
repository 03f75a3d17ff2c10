import Foundation

/// A change of a file of keys, under a lock that excludes others. A reader sees the file before the change or after it.
struct KeyFileEdit {
  private let path: String
  private let file: OpenFile
  let content: KeyFileContent

  /// How long another change is waited for, in seconds, and the pause between two attempts, in microseconds.
  private static let timeout = 10.0
  private static let pause: UInt32 = 5_000

  /// Locks a file and reads it; with `creating` an empty one is made if there is none.
  init(path: String, creating: Bool) throws(AccessKeyError) {
    // Links stay links.
    let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    if creating { try Self.createFolder(of: place, path) }
    self.path = place
    file = try Self.lockedFile(place, creating: creating)
    content = try KeyFileContent(file, path: place, mustBePrivate: true)
  }

  /// Replaces the file by one with other records.
  func replace(with records: [KeyRecord]) throws(AccessKeyError) {
    guard records.count <= AccessKeyFile.maximumKeys else { throw .tooManyKeys(path: path) }
    var bytes = Data()
    for record in records { bytes += record.line + [0x0A] }
    guard bytes.count <= AccessKeyFile.maximumLength else { throw .tooManyKeys(path: path) }
    let draft = "\(path).partial-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let owner = try file.status(path)
    do throws(SystemFailure) {
      try Self.write(bytes, to: draft, owner)
      guard rename(draft, path) == 0 else { throw SystemFailure() }
    } catch {
      unlink(draft)
      throw .notWritable(path: path, reason: error.reason)
    }
    Self.synchroniseFolder(of: path)
  }

  /// An error of the system, by `errno`.
  private struct SystemFailure: Error {
    let reason = String(cString: strerror(errno))
  }

  private static func createFolder(of place: String, _ path: String) throws(AccessKeyError) {
    do {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: place).deletingLastPathComponent(), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw .notWritable(path: path, reason: "its folder cannot be made")
    }
  }

  /// The lock is on the file that has the path. Another change may replace it while this one waits; then the new file is
  /// locked.
  private static func lockedFile(_ path: String, creating: Bool) throws(AccessKeyError) -> OpenFile {
    let deadline = DispatchTime.now() + timeout
    while true {
      let file = try OpenFile(path, O_RDWR | O_NONBLOCK | (creating ? O_CREAT : 0))
      while flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
        guard errno == EWOULDBLOCK || errno == EINTR else {
          throw .notWritable(path: path, reason: String(cString: strerror(errno)))
        }
        guard DispatchTime.now() < deadline else { throw .busy(path: path) }
        usleep(pause)
      }
      var status = stat()
      let locked = try file.status(path)
      if stat(path, &status) == 0, status.st_dev == locked.st_dev, status.st_ino == locked.st_ino {
        return file
      }
      guard DispatchTime.now() < deadline else { throw .busy(path: path) }
    }
  }

  private static func write(_ bytes: Data, to draft: String, _ owner: stat) throws(SystemFailure) {
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFailure() }
    defer { close(descriptor) }
    // An administrator may change the keys of a service.
    if owner.st_uid != geteuid(), fchown(descriptor, owner.st_uid, owner.st_gid) != 0 {
      throw SystemFailure()
    }
    var position = 0
    while position < bytes.count {
      let written = bytes.withUnsafeBytes { buffer in
        Foundation.write(descriptor, buffer.baseAddress.map { $0 + position }, bytes.count - position)
      }
      if written >= 0 {
        position += written
      } else if errno != EINTR {
        throw SystemFailure()
      }
    }
    guard fsync(descriptor) == 0 else { throw SystemFailure() }
  }

  /// After a crash of the system, a revoked key must not be there again.
  private static func synchroniseFolder(of path: String) {
    let folder = open(
      URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }
}
