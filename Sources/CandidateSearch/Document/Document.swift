import CandidateModel

/// What FTS5 is given for a candidate: a pure function of the candidate and the connector, so that it can be given
/// again, word for word, when the candidate is removed.
struct Document: Equatable {
  /// Rises whenever the same candidate gives another document. A file of another version must be reindexed.
  static let version = 1

  /// The hidden column, separated by spaces.
  let keys: String
  /// The other columns, in the order of `TextColumn.allCases`.
  let texts: [String]

  init(_ candidate: Candidate, connector: String) {
    var keys = Keys(candidate, connector: connector)
    texts = TextColumn.allCases.map { column in
      var text = ColumnText()
      for value in column.values(of: candidate) {
        let words = column.words(of: value)
        text.append(words)
        keys.add(column, words)
      }
      return text.finish()
    }
    self.keys = keys.finish()
  }
}
