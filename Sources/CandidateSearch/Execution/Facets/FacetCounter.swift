import CandidateModel

/// Counts the values of facets among the candidates that match a query.
struct FacetCounter {
  let snapshot: any IndexSnapshot
  let cache: FacetCache
  var cancellation = Cancellation.never

  /// Counts the values of facets, and returns at most `limit` of each. The counts and the spelling of a value depend on
  /// the matching candidates alone. The query is evaluated once: one facet costs twice as much as counting the matches,
  /// all facets six times as much.
  func counts(of facets: [Facet], in query: IndexQuery, limit: Int) throws -> [FacetCounts] {
    if let tallies = try storedTallies(of: facets, in: query) {
      return try zip(facets, tallies).map { try counts(of: $0, $1, limit: max(0, limit)) }
    }
    let matches = try docids(of: query)
    let tallies =
      try cache.prefersRecords(matches.count, facets, for: snapshot)
      ? tally(facets, fromRecordsOf: matches)
      : tally(facets, fromPostingsOf: matches)
    return try zip(facets, tallies).map { try counts(of: $0, $1, limit: max(0, limit)) }
  }

  /// The tallies of facets where the engine counts; nil where it does not.
  private func storedTallies(of facets: [Facet], in query: IndexQuery) throws -> [FacetTally]? {
    var tallies: [FacetTally] = []
    for facet in facets {
      try cancellation.check()
      guard let tally = try snapshot.tally(ofTermsWithPrefix: facet.prefix.bytes, in: query) else {
        return nil
      }
      tallies.append(
        FacetTally(
          entries: tally.entries.map { .init(hash: $0.hash, count: $0.count, mostRecent: $0.first) },
          missing: tally.missing))
    }
    return tallies
  }

  /// Counts facets by their indexes, or by the postings where none is cached and due.
  private func tally(_ facets: [Facet], fromPostingsOf matches: [Int64]) throws -> [FacetTally] {
    var postings: PostingTally?
    return try facets.map { facet in
      guard try cache.isFirstUse(of: facet, for: snapshot) else {
        return try cache.index(of: facet, for: snapshot, cancellation: cancellation).tally(matches)
      }
      let tally = postings ?? PostingTally(matches, in: snapshot, cancellation)
      postings = tally
      return try tally.tally(facet)
    }
  }

  private func docids(of query: IndexQuery) throws -> [Int64] {
    var docids: [Int64] = []
    try snapshot.forEachDocid(of: query, limit: .max) {
      try cancellation.check(row: docids.count)
      docids.append($0.value)
    }
    return docids
  }

  func tally(_ facets: [Facet], fromRecordsOf docids: [Int64]) throws -> [FacetTally] {
    var tallies = facets.map(RecordTally.init)
    for docid in docids {
      try cancellation.check()
      guard let stored = try record(docid) else { continue }
      for i in tallies.indices { tallies[i].add(stored) }
    }
    return tallies.map(\.tally)
  }

  private func record(_ docid: Int64) throws -> StoredRecord? {
    let docid = Docid(value: docid)
    return try snapshot.records([docid])[docid]
  }

  private func counts(of facet: Facet, _ tally: FacetTally, limit: Int) throws -> FacetCounts {
    let values = try tally.top(limit).map { entry in
      try cancellation.check()
      let stored = try record(entry.mostRecent)
      let values = stored.map { facet.values(of: $0.candidate, connector: $0.connector) } ?? []
      guard let value = values.first(where: { FacetIndex.hash($0.term) == entry.hash }) else {
        throw InconsistentIndex(problem: "the postings do not agree with the records")
      }
      return FacetValue(value: value.text, count: entry.count)
    }
    return FacetCounts(
      facet: facet, values: values, distinct: tally.entries.count, missing: tally.missing)
  }
}

extension FacetCounts {
  /// Whether no hit was counted.
  var isEmpty: Bool { values.isEmpty && missing == 0 }
}
