import Foundation
import GRDB

/// The result of verifying a log.
public struct LogVerification: Sendable, Hashable {
  /// Why the chain is broken at an entry.
  public enum Defect: Sendable, Hashable, CustomStringConvertible {
    /// The entry is not there, but a later one is.
    case missing
    /// A field or a digest of the entry, or its place in the chain, is not the one that was written.
    case changed
    /// A text or an id of the entry is not the one that was written.
    case textChanged(String)
    /// The entry is there, but the log ends before it, or its retention did.
    case unexpected
    /// The log ends after the entry; the last entries up to this number are not there.
    case cutOff(last: Int)
    /// The entry is not the one that the caller has kept the digest of.
    case differsFromKept
    /// Candidates are listed for entries that are not there.
    case strayCandidates
    /// The row with the ends of the chain is not there.
    case noEnds

    /// The defect, after the number of the entry.
    public var description: String {
      switch self {
      case .missing: "is missing"
      case .changed: "is not what was written, or not where it was written"
      case .textChanged(let name): "has another \(name) than was written"
      case .unexpected: "is outside of the log"
      case .cutOff(let last): "is the last one, but the log had \(last)"
      case .differsFromKept: "is not the one whose digest was kept"
      case .strayCandidates: "is the last one, and candidates are listed for others that are not there"
      case .noEnds: "is all that is known: the ends of the chain are missing"
      }
    }
  }

  /// The number of entries up to the first defect.
  public internal(set) var entries = 0
  /// The last entry that retention has removed; number 0 if there is none.
  public internal(set) var anchor = LogHead(number: 0, digest: LogDigest.origin)
  /// The last entry of the log, as the ends of the chain state it.
  public internal(set) var head = LogHead(number: 0, digest: LogDigest.origin)
  /// The number of texts that were erased.
  public internal(set) var erasedTexts = 0
  /// The number of shown ids that were erased.
  public internal(set) var erasedIDs = 0
  /// The number of the first entry with a defect; nil if the chain is sound.
  public internal(set) var brokenEntry: Int?
  /// What is wrong with that entry.
  public internal(set) var defect: Defect?

  /// Whether the chain is sound from the anchor to the head.
  public var isSound: Bool { defect == nil }
}

extension SearchLog {
  /// The last entry of the log, with its digest. Whoever keeps it elsewhere can verify later that everything up to it is
  /// still there.
  /// - Throws: `SearchLogError`.
  public func head() throws -> LogHead {
    guard let chain = try read({ try LogChain($0) }) else { throw SearchLogError.damaged(path: path) }
    return chain.head
  }

  /// Verifies the chain: that each entry is as it was written and where it was written, that none is missing, and that
  /// the last one is there. Reads the whole log: some ten microseconds an entry.
  ///
  /// Without `kept` it cannot find what a person does who may write the file, knows this format, and computes the digests
  /// and the ends of the chain again: entries that were changed, removed at the end, or removed at the beginning as
  /// retention does. With a head that was kept elsewhere it finds all of this for the entries up to that head, unless
  /// retention has removed it. Texts and ids that were erased by anything but `forget`, with their salts, are counted,
  /// but no defect.
  /// - Throws: `SearchLogError` if the file cannot be read.
  public func verify(kept: LogHead? = nil) throws -> LogVerification {
    try read { db in
      var verification = LogVerification()
      try Self.verify(db, kept, &verification)
      return verification
    }
  }

  private static func verify(_ db: Database, _ kept: LogHead?, _ verification: inout LogVerification) throws {
    guard let chain = try LogChain(db) else { return verification.fail(0, .noEnds) }
    verification.anchor = chain.anchor
    verification.head = chain.head
    if chain.anchor.number == kept?.number, chain.anchor != kept {
      return verification.fail(chain.anchor.number, .differsFromKept)
    }
    var last = chain.anchor
    var candidateCount = 0
    let rows = try Row.fetchCursor(db, sql: "SELECT \(StoredEntry.columns) FROM entry ORDER BY number")
    while let row = try rows.next() {
      let entry = StoredEntry(row: row)
      let number = Int(entry.number)
      guard number > chain.anchor.number, number <= chain.head.number else {
        return verification.fail(number, .unexpected)
      }
      guard number == last.number + 1 else { return verification.fail(last.number + 1, .missing) }
      let candidates = try StoredEntry.candidates(of: entry.number, db)
      candidateCount += candidates.count
      let digest = entry.chainedDigest(candidates, after: last.digest, key: chain.key)
      guard digest == entry.digest else { return verification.fail(number, .changed) }
      for (name, text) in zip(StoredEntry.textColumns, entry.texts) {
        guard text.isSound else { return verification.fail(number, .textChanged(name)) }
        if text.isErased { verification.erasedTexts += 1 }
      }
      for candidate in candidates {
        guard let id = candidate.id else {
          verification.erasedIDs += 1
          continue
        }
        guard LogDigest.keyed(id, key: chain.key) == candidate.hash else {
          return verification.fail(number, .textChanged("id"))
        }
      }
      last = LogHead(number: number, digest: digest)
      if number == kept?.number, last != kept { return verification.fail(number, .differsFromKept) }
      verification.entries += 1
    }
    if last.number < chain.head.number {
      return verification.fail(last.number, .cutOff(last: chain.head.number))
    }
    if last != chain.head { return verification.fail(last.number, .changed) }
    if let kept, kept.number > last.number {
      return verification.fail(last.number, .cutOff(last: kept.number))
    }
    guard try Int.fetchOne(db, sql: "SELECT count(*) FROM shown") == candidateCount else {
      return verification.fail(last.number, .strayCandidates)
    }
  }
}

extension LogVerification {
  fileprivate mutating func fail(_ number: Int, _ defect: Defect) {
    brokenEntry = number
    self.defect = defect
  }
}
