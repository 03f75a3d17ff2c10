/// Parts of an index contradict one another.
struct InconsistentIndex: Error, CustomStringConvertible {
  let problem: String

  var description: String { problem }
}

/// A candidate without a record.
struct RecordMissing: Error {}
