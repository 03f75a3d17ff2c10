/// The docids of the index, within one transaction.
package protocol DocidTable {
  /// The candidate with the lowest docid in a range; nil if there is none.
  func first(in range: ClosedRange<Int64>) throws -> DocidEntry?
  /// The key by which a candidate is ordered.
  func key(of entry: DocidEntry) throws -> DocidKey
}

/// Docids of the index that can be changed.
package protocol MutableDocidTable: DocidTable {
  /// Assigns another docid to a candidate.
  func move(_ entry: DocidEntry, to docid: Docid) throws
}

/// A candidate and its docid.
package struct DocidEntry: Hashable, Sendable {
  /// The candidate's number.
  package let number: Int64
  package let docid: Docid

  package init(number: Int64, docid: Docid) {
    self.number = number
    self.docid = docid
  }
}

/// Assigns docids in the order of `DocidKey`, whatever the order in which candidates come and go.
///
/// This is ordered linear probing (Amble and Knuth, "Ordered hash tables", 1974): a candidate takes the slot of its
/// hash. It comes after candidates with smaller keys that are there already; candidates with greater keys move up by
/// one. A million candidates of one second fill a sixteenth of its slots: one insertion in 16 finds a taken slot, and
/// moves one or two candidates. For ids that were constructed for their hashes to collide, the number of steps is the
/// number of these ids.
package struct DocidAllocator<Table: DocidTable> {
  fileprivate let table: Table
  /// Returns the slots of a second; nil means no time.
  fileprivate let slots: (Int64?) -> ClosedRange<Int64>
  /// The docids that were assigned, by the candidate's number.
  package fileprivate(set) var assigned: [Int64: Docid] = [:]
  /// The former docids of candidates that made room for others.
  package fileprivate(set) var moved: [Int64: Docid] = [:]
  /// Whether a candidate has made room for another, also one of `assigned`.
  package fileprivate(set) var hasMadeRoom = false

  package init(_ table: Table, slots: @escaping (Int64?) -> ClosedRange<Int64> = Docid.slots(ofSecond:)) {
    self.table = table
    self.slots = slots
  }

  /// Prepares for a number of candidates.
  package mutating func reserveCapacity(_ count: Int) { assigned.reserveCapacity(count) }

  /// The docid below which all candidates with smaller keys are, and no others. The candidate of this key need not
  /// exist.
  package func boundary(_ key: DocidKey) throws -> Int64 {
    let slots = slots(key.second)
    var slot = key.slot(in: slots)
    while slot <= slots.upperBound, let entry = try table.first(in: slot...slots.upperBound),
      try table.key(of: entry) < key
    {
      slot = entry.docid.value + 1
    }
    return slot
  }
}

extension DocidAllocator where Table: MutableDocidTable {
  /// Assigns a free docid to a candidate. The caller must store it before the next call.
  /// - Throws: `SecondIsFull`.
  package mutating func assign(_ key: DocidKey, to number: Int64) throws -> Docid {
    let slots = slots(key.second)
    var slot = key.slot(in: slots)
    while slot <= slots.upperBound, let entry = try table.first(in: slot...slots.upperBound) {
      if try table.key(of: entry) < key {
        slot = entry.docid.value + 1
      } else {
        if entry.docid.value == slot { try makeRoom(at: slot, in: slots) }
        break
      }
    }
    guard slot <= slots.upperBound else { throw SecondIsFull(second: key.second) }
    let docid = Docid(value: slot)
    assigned[number] = docid
    return docid
  }

  /// Moves the candidates at a slot and directly after it up by one.
  private mutating func makeRoom(at slot: Int64, in slots: ClosedRange<Int64>) throws {
    var run: [DocidEntry] = []
    var end = slot
    while end <= slots.upperBound, let entry = try table.first(in: end...end) {
      run.append(entry)
      end += 1
    }
    guard end <= slots.upperBound else { throw SecondIsFull(second: Docid(value: slot).second) }
    hasMadeRoom = true
    for entry in run.reversed() {
      let docid = Docid(value: entry.docid.value + 1)
      try table.move(entry, to: docid)
      if assigned[entry.number] == nil { moved[entry.number] = entry.docid }
      assigned[entry.number] = docid
    }
  }
}

/// The error for too many candidates with one time, so that no docid is left: more than 15 million of one second, or 64
/// thousand million without a time.
package struct SecondIsFull: Error {
  /// Seconds since 1970; nil for candidates without a time.
  package let second: Int64?
}
