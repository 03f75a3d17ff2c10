import CandidateModel
import Foundation
import GRDB

/// Writes backups into a folder, under names with their time, and removes the oldest.
struct BackupRotation {
  let reader: any DatabaseReader
  /// The path of the index.
  let index: String
  /// The folder of the backups.
  let folder: String
  /// The number of backups that remain, from 1.
  let maximum: Int

  /// Writes a backup, then removes the oldest of those of this index beyond the maximum, the oldest first. Interrupted at
  /// any point, it leaves more backups and not fewer. Opens each backup of the folder, which takes a millisecond.
  /// - Throws: `IndexError` if no backup was written.
  func run() throws -> RotationSummary {
    // A folder that cannot be listed is an error before anything is written.
    let entries = try entries()
    guard let key = try reader.unsafeRead({ try StoredKey.cursor.fetch($0) }) else {
      throw IndexError.damaged(path: index)
    }
    let newest = try write(besides: entries)
    var summary = RotationSummary(path: path(newest.fileName), maximum: maximum)
    var older: [BackupName] = []
    for entry in try self.entries() where entry.name != newest {
      if let reason = entry.isFinished ? objection(to: path(entry.file), key: key) : "an unfinished backup" {
        summary.ignored.append(.init(path: path(entry.file), reason: reason))
      } else {
        older.append(entry.name)
      }
    }
    older.sort(by: >)
    for name in older.dropFirst(maximum - 1).reversed() {
      let path = path(name.fileName)
      // Another rotation may have removed it.
      if unlink(path) == 0 || errno == ENOENT {
        summary.removed.append(path)
      } else {
        summary.failures.append(.init(path: path, reason: SystemError(errno).description))
      }
    }
    let kept = older.filter { !summary.removed.contains(path($0.fileName)) } + [newest]
    summary.remaining = kept.sorted().map {
      KnownCopy(path: path($0.fileName), kind: .backup, writtenAt: $0.time)
    }
    return summary
  }

  /// A file of the folder whose name is that of a backup of this index.
  private struct Entry {
    let file: String
    let name: BackupName
    /// Whether the name is complete: that of a draft continues.
    let isFinished: Bool
  }

  private func path(_ file: String) -> String { "\(folder)/\(file)" }

  /// The files of the folder whose names are those of backups of this index.
  /// - Throws: `IndexError`.
  private func entries() throws -> [Entry] {
    switch FileStatus(path: folder)?.kind {
    case .folder: break
    case nil: throw IndexError.notWritable(path: folder, reason: "there is no such folder")
    default: throw IndexError.notWritable(path: folder, reason: "it is not a folder")
    }
    guard access(folder, R_OK | W_OK | X_OK) == 0 else {
      throw IndexError.notWritable(path: folder, reason: SystemError(errno).description)
    }
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { file in
      let finished = file.components(separatedBy: FileDraft.mark)[0]
      guard let name = BackupName(finished), name.isOfIndex(index) else { return nil }
      return Entry(file: file, name: name, isFinished: finished == file)
    }
  }

  /// Writes a backup under the next name of this second.
  private func write(besides entries: [Entry]) throws -> BackupName {
    let time = Timestamp.now
    let last = entries.filter { $0.name.time == time }.map(\.name.number).max() ?? 0
    guard last < BackupName.maximumNumber else {
      throw IndexError.notWritable(path: folder, reason: SystemError(EEXIST).description)
    }
    let name = BackupName(index: index, time: time, number: last + 1)
    try Backup(reader: reader).write(to: path(name.fileName))
    return name
  }

  /// Why a file is not taken for a backup of this index; nil if it is one.
  private func objection(to path: String, key: Data) -> String? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular,
      FileStatus(path: path)?.identity != FileStatus(path: index)?.identity
    else { return "not a file of its own" }
    // Backups are in the mode DELETE until a program opens them as an index, for writing.
    if Self.isInWALMode(path) { return "a program has used it as an index" }
    do {
      let file = IndexFile(path: path)
      return try file.explained {
        try file.openImmutable().read { db in
          try StoredKey.cursor.fetch(db) == key ? nil : "a backup of another index"
        }
      }
    } catch {
      return "\(error)".replacing("\(path): ", with: "", maxReplacements: 1)
    }
  }

  /// Reads the mode from the header of a database ("file format read version"): an immutable connection does not tell it.
  /// The file is not the index, whose locks closing it would drop.
  private static func isInWALMode(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var version: UInt8 = 0
    return pread(descriptor, &version, 1, 19) == 1 && version == 2
  }
}
