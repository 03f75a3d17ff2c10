/// Parts of an index contradict one another.
struct InconsistentIndex: Error, CustomStringConvertible {
  let problem: String

  var description: String { problem }
}
