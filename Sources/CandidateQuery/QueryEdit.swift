/// Edits the text of a query by whole clauses, for a page whose facets and buttons change what is in the search box.
///
/// A clause is a text in the query language: `tag:JUNIOR`, `-is:private`, `(java OR php)`. It is a part of a query if every
/// hit of the query must match it: a part of the outermost conjunction. Two parts are equal if they have the same field
/// (by any of its names), the same value without regard to case, and agree in what else matters to the field: a phrase,
/// a star, a whole value. All costs are linear in the lengths of the texts.
public enum QueryEdit {
  /// The query with a clause in addition: a text whose tree is the conjunction of both. A query that contains the clause
  /// stays as it is, without the spaces at its end; an empty one becomes the clause.
  ///
  /// What was typed is kept where it means the same before the clause. Otherwise it is put in parentheses, or written in
  /// its canonical form.
  ///
  /// - Throws: `QueryError` if the query or the clause cannot be parsed, or if both together are beyond the limits of
  ///   `QueryParser`.
  public static func adding(_ clause: String, to query: String) throws(QueryError) -> String {
    let (old, new) = (try QueryParser.parse(query), try QueryParser.parse(clause))
    let (text, added) = (query.trimmedOfSpaces(atStart: false), clause.trimmedOfSpaces())
    if added.isEmpty { return text }
    if text.isEmpty { return added }
    let parts = old.tree.parts
    if Set(new.tree.parts.map(\.comparable)).isSubset(of: parts.map(\.comparable)) { return text }
    guard let wanted = QueryTree.conjunction(parts + new.tree.parts) else { return text }
    // Alternatives need parentheses, and what was corrected would be parsed differently after other words.
    let isPlain = if case .or = new.tree { false } else { new.notices.isEmpty }
    let end = isPlain ? added : new.tree.description
    return try spelling(
      of: wanted, among: ["\(text) \(end)", "(\(text)) \(end)", "\(old.tree) \(end)"],
      noticesAtMost: old.notices.count)
  }

  /// The query without a clause: without every part that is equal to it. It is empty if nothing else remains, and stays as
  /// it is if it does not contain the clause.
  ///
  /// The part is cut out of the text with the space beside it. Where the rest would be parsed differently, it is written
  /// in its canonical form instead.
  ///
  /// - Parameter clause: The clause. It may also be the canonical form of a part, as `SearchDiagnosis.Clause.text` is, where
  ///   that alone cannot be parsed.
  /// - Throws: `QueryError` if the query cannot be parsed, or if the clause can neither be parsed nor found.
  public static func removing(_ clause: String, from query: String) throws(QueryError) -> String {
    let (old, conjuncts) = try QueryParser.parseConjuncts(query)
    let spelled = clause.trimmedOfSpaces()
    if spelled.isEmpty || query.trimmedOfSpaces().isEmpty { return query }
    let parts = old.tree.parts
    var removed: Set<QueryTree> = Set(parts.filter { $0.description == spelled }.map(\.comparable))
    if removed.isEmpty {
      let wanted = Set(try QueryParser.parse(clause).tree.parts.map(\.comparable))
      guard wanted.isSubset(of: parts.map(\.comparable)) else { return query }
      removed = wanted
    }
    guard let rest = QueryTree.conjunction(parts.filter { !removed.contains($0.comparable) }) else {
      return ""
    }
    // A part of the text may be several: `tag:-a,-b`.
    let kept = text(of: query, without: conjuncts) {
      $0.parts.allSatisfy { removed.contains($0.comparable) }
    }
    return try spelling(of: rest, among: kept.map { [$0] } ?? [], noticesAtMost: old.notices.count)
  }

  /// Whether a query contains a clause: whether each part of the clause is equal to a part of the query. False if one of
  /// them is empty or cannot be parsed.
  public static func contains(_ clause: String, in query: String) -> Bool {
    guard !clause.trimmedOfSpaces().isEmpty, !query.trimmedOfSpaces().isEmpty,
      let wanted = try? QueryParser.parse(clause).tree, let tree = try? QueryParser.parse(query).tree
    else { return false }
    return Set(wanted.parts.map(\.comparable)).isSubset(of: tree.parts.map(\.comparable))
  }

  /// The first text whose tree is this one and which has at most a number of notices; the canonical form is the last of
  /// them. If each has more notices, the one with the fewest; if none has the tree, the canonical form with quotes around
  /// the words that are parsed otherwise in a shorter text.
  private static func spelling(
    of tree: QueryTree, among texts: [String], noticesAtMost maximum: Int
  ) throws(QueryError) -> String {
    var best: (text: String, notices: Int)?
    for text in texts + [tree.description] {
      guard let parsed = try? QueryParser.parse(text), parsed.tree == tree else { continue }
      if parsed.notices.count <= maximum { return text }
      if best.map({ parsed.notices.count < $0.notices }) ?? true { best = (text, parsed.notices.count) }
    }
    if let best { return best.text }
    let quoted = tree.withAmbiguousWordsQuoted
    let text = quoted.description
    guard try QueryParser.parse(text).tree == quoted else {
      throw QueryError(
        query: text, place: SourceRange(start: 0, end: text.unicodeScalars.count),
        problem: "the parts of the query cannot be separated", advice: "edit the query by hand")
    }
    return text
  }

  /// The text without some of its parts; nil if one of them has no place of its own. An operator or space between two
  /// parts is removed with the second of them, or with the first where no part precedes it.
  private static func text(
    of query: String, without conjuncts: [QueryConjunct], isRemoved: (QueryTree) -> Bool
  ) -> String? {
    let scalars = Array(query.unicodeScalars)
    var text = String.UnicodeScalarView()
    var position = 0
    // Whether the previous part was removed and no part precedes it.
    var removedLeading = false
    var removesAny = false
    for (i, conjunct) in conjuncts.enumerated() {
      let followsPrevious = i > 0 && conjuncts[i - 1].place.end == conjunct.place.start
      let leads = conjunct.isFirst || (removedLeading && followsPrevious)
      removedLeading = false
      if isRemoved(conjunct.tree) {
        let start = leads ? conjunct.ownPlace.start : conjunct.place.start
        text.append(contentsOf: scalars[position..<start])
        position = min(conjunct.place.end, scalars.count)
        removedLeading = leads
        removesAny = true
      } else if leads, !conjunct.isFirst {
        position = conjunct.ownPlace.start
      }
    }
    text.append(contentsOf: scalars[position...])
    return removesAny ? String(text).trimmedOfSpaces() : nil
  }
}
