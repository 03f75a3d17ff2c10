import Glibc

/// What the system knows of a file, without opening it: opening a FIFO waits, and closing a database drops the locks
/// that SQLite holds on it in this process.
package struct FileStatus: Sendable {
  /// The kind of a file.
  package enum Kind: Sendable, Hashable {
    case regular, folder
    /// What is no file of bytes, with its name.
    case special(String)
  }

  /// Tells whether two paths lead to the same file.
  package struct Identity: Sendable, Hashable {
    private let device: UInt
    private let number: UInt

    fileprivate init(_ status: stat) { (device, number) = (UInt(status.st_dev), UInt(status.st_ino)) }
  }

  /// Equal as long as nothing has been written to the file.
  package struct Version: Sendable, Hashable {
    private let identity: Identity
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    fileprivate init(_ status: stat) {
      (identity, size) = (Identity(status), Int(status.st_size))
      (seconds, nanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    }
  }

  package let kind: Kind
  package let identity: Identity
  package let version: Version
  /// In bytes.
  package let size: Int
  private let mode: mode_t
  private let owner: uid_t
  private let group: gid_t

  /// Follows links. Nil if there is no file, or the path leads nowhere.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    kind = Self.kind(status.st_mode)
    identity = Identity(status)
    version = Version(status)
    size = Int(status.st_size)
    (mode, owner, group) = (status.st_mode, status.st_uid, status.st_gid)
  }

  /// Whether users other than the owner may read or write it. The group of a service may read a file of root, which is how it
  /// gets its configuration and its secrets.
  package var isSharedWithOthers: Bool { mode & (owner == 0 && group != 0 ? 0o037 : 0o077) != 0 }
  /// Whether users other than the owner may write it.
  package var isWritableByOthers: Bool { mode & 0o022 != 0 }
  /// The permissions, as `chmod` takes them: `600`.
  package var permissions: String { String(mode & 0o777, radix: 8) }
  /// Whether this process may change who is allowed to read it.
  package var isOurs: Bool { owner == geteuid() || geteuid() == 0 }

  private static func kind(_ mode: mode_t) -> Kind {
    switch mode & S_IFMT {
    case S_IFREG: .regular
    case S_IFDIR: .folder
    case S_IFIFO: .special("a FIFO")
    case S_IFSOCK: .special("a socket")
    default: .special("a device")
    }
  }
}
