import Foundation

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
    guard let chain = try read({ try $0.chain() }) else { throw SearchLogError.damaged(path: path) }
    return chain.head
  }

  /// Verifies the chain: that each entry is as it was written and where it was written, that none is missing, and that
  /// the last one is there. Reads the whole log: some ten microseconds an entry.
  ///
  /// Without `kept` it cannot find what a person does who may write the file or the tables, knows this format, and computes the digests
  /// and the ends of the chain again: entries that were changed, removed at the end, or removed at the beginning as
  /// retention does. With a head that was kept elsewhere it finds all of this for the entries up to that head, unless
  /// retention has removed it. Texts and ids that were erased by anything but `forget`, with their salts, are counted,
  /// but no defect.
  /// - Throws: `SearchLogError` if the log cannot be read.
  public func verify(kept: LogHead? = nil) throws -> LogVerification {
    try read { snapshot in
      var verification = LogVerification()
      try Self.verify(snapshot, kept, &verification)
      return verification
    }
  }

  private static func verify(
    _ snapshot: any LogSnapshot, _ kept: LogHead?, _ verification: inout LogVerification
  ) throws {
    guard let chain = try snapshot.chain() else { return verification.fail(0, .noEnds) }
    verification.anchor = chain.anchor
    verification.head = chain.head
    if chain.anchor.number == kept?.number, chain.anchor != kept {
      return verification.fail(chain.anchor.number, .differsFromKept)
    }
    var last = chain.anchor
    var candidateCount = 0
    func verifyPage(_ entries: [StoredEntry]) throws {
      let candidates = try snapshot.candidates(of: entries.map(\.number))
      for entry in entries where verification.isSound {
        let candidates = candidates[entry.number] ?? []
        candidateCount += candidates.count
        verify(entry, candidates, after: &last, of: chain, kept, &verification)
      }
    }
    // Candidates are read for many entries at once.
    var entries: [StoredEntry] = []
    try snapshot.visitEntries(LogSelection()) { entry in
      entries.append(entry)
      if entries.count == maximumBatch {
        try verifyPage(entries)
        entries.removeAll()
      }
      return verification.isSound
    }
    try verifyPage(entries)
    guard verification.isSound else { return }
    if last.number < chain.head.number {
      return verification.fail(last.number, .cutOff(last: chain.head.number))
    }
    if last != chain.head { return verification.fail(last.number, .changed) }
    if let kept, kept.number > last.number {
      return verification.fail(last.number, .cutOff(last: kept.number))
    }
    guard try snapshot.candidateCount() == candidateCount else {
      return verification.fail(last.number, .strayCandidates)
    }
  }

  /// Verifies one entry, which must be the one after `last`.
  private static func verify(
    _ entry: StoredEntry, _ candidates: [StoredEntry.Candidate], after last: inout LogHead,
    of chain: LogChain,
    _ kept: LogHead?, _ verification: inout LogVerification
  ) {
    let number = Int(entry.number)
    guard number > chain.anchor.number, number <= chain.head.number else {
      return verification.fail(number, .unexpected)
    }
    guard number == last.number + 1 else { return verification.fail(last.number + 1, .missing) }
    let digest = entry.chainedDigest(candidates, after: last.digest, key: chain.key)
    guard digest == entry.digest else { return verification.fail(number, .changed) }
    for column in StoredEntry.TextColumn.allCases {
      let text = entry.text(column)
      guard text.isSound else { return verification.fail(number, .textChanged(column.rawValue)) }
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
    if last.number == kept?.number, last != kept { return verification.fail(number, .differsFromKept) }
    verification.entries += 1
  }
}

extension LogVerification {
  fileprivate mutating func fail(_ number: Int, _ defect: Defect) {
    brokenEntry = number
    self.defect = defect
  }
}
