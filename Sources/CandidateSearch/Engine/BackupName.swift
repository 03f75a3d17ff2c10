import CandidateModel
import Foundation

/// The name of a backup that a rotation has written: `candidates-20260131T093000Z.db` for an index `candidates.db`.
/// Further backups of the same second have a number: `candidates-20260131T093000Z-2.db`. The earlier comes first.
struct BackupName: Hashable, Comparable {
  /// The name of the index without its extension.
  let stem: String
  /// When the backup was begun, to the second.
  let time: Timestamp
  /// The number among the backups of a second, from 1 to `maximumNumber`.
  let number: Int

  /// At most this many backups have the time of one second.
  static let maximumNumber = 999

  /// The name of a backup of the index at a path.
  init(index path: String, time: Timestamp, number: Int) {
    stem = Self.stem(ofIndex: path)
    self.time = time
    self.number = number
  }

  /// Reads the name of a file; nil if it is not exactly as a rotation writes it.
  init?(_ name: String) {
    let pattern =
      /(?s)(.+)-([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z(?:-([0-9]{1,3}))?\.db/
    guard let parts = name.wholeMatch(of: pattern)?.output,
      let year = Int(parts.2), let month = Int(parts.3), let day = Int(parts.4),
      let hour = Int64(parts.5), let minute = Int64(parts.6), let second = Int64(parts.7),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    stem = String(parts.1)
    let start = Timestamp(startOf: date).microseconds
    time = Timestamp(microseconds: start + ((hour * 60 + minute) * 60 + second) * 1_000_000)
    number = parts.8.flatMap { Int($0) } ?? 1
    // Neither a 61st minute nor a number with a leading zero.
    guard Array(fileName.utf8) == Array(name.utf8) else { return nil }
  }

  /// The name of the file.
  var fileName: String {
    let digits = time.description.filter { !"-:".contains($0) }
    return "\(stem)-\(digits)\(number > 1 ? "-\(number)" : "").db"
  }

  /// The name of an index without its extension.
  static func stem(ofIndex path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  /// Whether it is the name of a backup of the index at a path.
  func isOfIndex(_ path: String) -> Bool { Array(stem.utf8) == Array(Self.stem(ofIndex: path).utf8) }

  static func < (a: BackupName, b: BackupName) -> Bool { (a.time, a.number) < (b.time, b.number) }
}

extension KnownCopy {
  /// The copies, each with the number of further backups after which the rotation of its folder removes it. `limits`: the
  /// number of backups that the rotation of a folder keeps.
  static func withRemovals(_ copies: [KnownCopy], limits: [ExactText: Int]) -> [KnownCopy] {
    let names = copies.map { copy in
      copy.kind == .backup ? BackupName(URL(fileURLWithPath: copy.path).lastPathComponent) : nil
    }
    let groups = Dictionary(grouping: copies.indices.filter { names[$0] != nil }) { i in
      ExactText(URL(fileURLWithPath: copies[i].path).deletingLastPathComponent().path)
    }
    var copies = copies
    for (folder, group) in groups {
      guard let limit = limits[folder] else { continue }
      let newestFirst = group.compactMap { i in names[i].map { (i, $0) } }.sorted { $0.1 > $1.1 }
      for (position, (i, _)) in newestFirst.enumerated() {
        copies[i].backupsUntilRemoval = max(1, limit - position)
      }
    }
    return copies
  }
}
