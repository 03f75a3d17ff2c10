import CandidateQuery
import CandidateTime

/// A query is answered or refused at a place within it; what was read is written so that it reads the same.
enum QueryProperties {
  static func check(_ bytes: [UInt8]) throws {
    let query = String(decoding: bytes, as: UTF8.self)
    do {
      let tree = try QueryParser.parse(query).tree
      let canonical = tree.description
      // In pasted text, a colon with a space after it is punctuation; the canonical form may be short enough to be
      // typed. A single quote that was left open may find its other half in the canonical form.
      let isTyped = [query, canonical].allSatisfy {
        $0.unicodeScalars.count <= QueryParser.maximumTypedLength
      }
      if isTyped, !canonical.unicodeScalars.contains(where: { "'‘’".unicodeScalars.contains($0) }) {
        let again = try? QueryParser.parse(canonical).tree
        try hold(again == tree, "\(canonical): reads as \(again.map(\.description) ?? "nothing")")
      }
      let context = QueryResolver.Context(
        now: Timestamp(microseconds: 1_700_000_000_000_000), customFields: [])
      _ = try QueryResolver.resolve(tree, of: query, in: context)
    } catch let error as QueryError {
      let length = query.unicodeScalars.count
      try hold(
        0 <= error.place.start && error.place.start <= error.place.end && error.place.end <= length,
        "\(error.place) is a place in a query of \(length) scalars")
      try hold(!error.problem.isEmpty, "an error names the problem")
    }
  }
}
