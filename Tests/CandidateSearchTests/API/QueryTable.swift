import Testing

/// Queries as recruiters type and paste them, each with its canonical tree and the people of
/// `Fixtures/people.ndjson` that it finds, the most recent first, separated by spaces. The day is 2026-11-24.
enum QueryTable {
  struct Row: Sendable, CustomTestStringConvertible {
    let query: String
    let tree: String
    let ids: String
    var testDescription: String { query }

    init(_ query: String, _ tree: String, _ ids: String) {
      (self.query, self.tree, self.ids) = (query, tree, ids)
    }
  }

  static let rows: [Row] =
    pasted + names + technology + operators + repaired + fields + contacts + flags + times
}
