import NameVariants

/// Hits of a relaxed tier with one reason, the most recent first.
struct RelaxedHits {
  let tier: Tier
  /// Why they were found, in a few words.
  let reason: String
  let docids: [Docid]
  /// The query whose words are highlighted.
  let highlighted: IndexQuery
}

/// Searches the relaxed tiers, which apply where all others find nothing. All of their hits are collected at once, since
/// they are few (`maximumHits`) and are ordered by similarity.
///
/// Cost: at most `maximumWords` words; about two queries, and one more for each word of the query.
final class RelaxedSearch {
  /// The maximum number of hits.
  static let maximumHits = 500
  /// Longer queries were pasted and have no relaxed tiers.
  private static let maximumWords = 8
  /// The maximum number of candidates whose names are compared with the query.
  private static let maximumCompared = 1_000
  /// The maximum number of distinct names that are compared with the query.
  private static let maximumNames = 400
  /// The minimum number of letters of a last word that is completed.
  private static let minimumCompleted = 3
  /// A single word that remains of a query may match at most this many candidates.
  private static let maximumOfOneWord = 50

  private let snapshot: any IndexSnapshot
  private let plan: SearchPlan
  private let cancellation: Cancellation
  private(set) var trace: SearchTrace
  private var hits: [RelaxedHits] = []
  private var seen: Set<Docid> = []

  init(_ snapshot: any IndexSnapshot, _ plan: SearchPlan, costs: CostModel) {
    self.snapshot = snapshot
    self.plan = plan
    cancellation = plan.expansion.statistics.cancellation
    trace = SearchTrace(costs: costs)
  }

  /// All hits, from strict to relaxed, each once.
  func results() throws -> [RelaxedHits] {
    guard let text = plan.text, !text.isPrefix, text.isOneText, !text.isLong, plan.filter != .nothing else {
      return []
    }
    let words = try words(of: text)
    guard (1...Self.maximumWords).contains(words.count) else { return [] }
    try addWholeNames(words)
    if try !addNames(words) { try addOtherWords(words) }
    if hits.isEmpty { try addDropped(words) }
    if hits.isEmpty { try addDroppedNames(words) }
    return hits
  }

  /// The words of a text without its stop words.
  private func words(of text: RankedText) throws -> [RelaxedWord] {
    let tokens = text.units.map { $0.token ?? "" }
    let kept = QueryExpansion.withoutStopWords(tokens) ?? Array(tokens.indices)
    return try kept.map { i in
      let isCompleted = i == tokens.count - 1 && tokens[i].count >= Self.minimumCompleted
      let known = try plan.expansion.variants(of: text.units[i], isCompleted: isCompleted)
      return RelaxedWord(text.units[i], known: known, plan.expansion)
    }
  }

  private func docids(of query: IndexQuery, in tier: Tier, limit: Int) throws -> [Docid] {
    let query = IndexQuery.all([plan.expansion.searchable(query), plan.filter(in: tier)])
    if query == .nothing { return [] }
    try cancellation.check()
    return try trace.measure(query, in: tier) {
      (try snapshot.docids(of: query, from: .min, limit: limit), true)
    }
  }

  private func add(_ docids: [Docid], in tier: Tier, reason: String, highlighting query: IndexQuery) {
    // The most recent of too many.
    let new = docids.filter { !seen.contains($0) }.sorted().prefix(Self.maximumHits - seen.count)
    if new.isEmpty { return }
    seen.formUnion(new)
    hits.append(RelaxedHits(tier: tier, reason: reason, docids: Array(new), highlighted: query))
  }

  // MARK: - A whole name inside the query

  /// Adds the candidates whose whole name is a run of the words, in either order, or two words with another between
  /// them; longer names first.
  private func addWholeNames(_ words: [RelaxedWord]) throws {
    for length in (2..<max(2, words.count)).reversed() {
      var runs = (0...(words.count - length)).map { Array($0..<($0 + length)) }
      if length == 2 { runs += (2..<words.count).map { [$0 - 2, $0] } }
      let named = runs.filter { run in run.allSatisfy { words[$0].names.count == 1 } }.map { run in
        run.map { words[$0].text }
      }
      let terms = named.flatMap { [$0, [$0[length - 1]] + $0.dropLast()] }
        .map { IndexQuery.term(FilterTerm(.name, $0.joined(separator: " "))) }
      let query = IndexQuery.any(terms)
      add(
        try docids(of: query, in: .wholeName, limit: Self.maximumHits), in: .wholeName,
        reason: "whole name among the words", highlighting: query)
    }
  }

  // MARK: - Similar names

  /// Adds the candidates with similar names. Returns whether some of them are so similar that similar words elsewhere
  /// are not needed.
  private func addNames(_ words: [RelaxedWord]) throws -> Bool {
    var groups = try similarNames(to: words)
    var searched = words
    for i in words.indices.dropLast() where groups.isEmpty {
      guard words[i].canBeJoined, words[i + 1].canBeJoined else { continue }
      searched = words
      searched.replaceSubrange(i...(i + 1), with: [RelaxedWord(joining: words[i], words[i + 1])])
      let joined = try docids(of: searched[i].knownOrSoundQuery, in: .similar, limit: 1)
      if !joined.isEmpty { groups = try similarNames(to: searched) }
    }
    for group in groups {
      add(
        group.docids, in: group.rank.tier, reason: group.rank.level.description,
        highlighting: highlighted(searched, group))
    }
    return groups.first.map { $0.rank.level <= .oneLetter } ?? false
  }

  private func highlighted(_ words: [RelaxedWord], _ group: SimilarNames) -> IndexQuery {
    .any(words.map(\.known) + group.nameWords.sorted().map { .phrase([$0], in: [.name]) })
  }

  /// The candidates who match each word, or have a similar name in its place, grouped by how similar, the most similar
  /// first.
  private func similarNames(to words: [RelaxedWord]) throws -> [SimilarNames] {
    let docids = try docidsOfSimilarNames(words)
    if docids.isEmpty { return [] }
    let names = try snapshot.sortNames(docids)
    let byName = Dictionary(grouping: docids) { names[$0] ?? "" }
    let ordered = docids.reduce(into: [String]()) { all, docid in
      if let name = names[docid], all.last != name { all.append(name) }
    }
    let compared = NameComparison(words)
    var matched: [[Docid: Bool]] = words.map { _ in [:] }
    var levels: [String: [NameSimilarity]] = [:]
    for name in ordered where levels[name] == nil && levels.count < Self.maximumNames {
      try cancellation.check(row: levels.count)
      levels[name] = compared.levels(name)
    }
    // A word that is no name may occur elsewhere.
    for i in words.indices {
      let open = levels.filter { $0.value[i] == .different }.flatMap { byName[$0.key] ?? [] }
      if open.isEmpty { continue }
      let list = IndexQuery.any(open.sorted().map { .record(.docids($0.value...$0.value)) })
      let known = plan.expansion.searchable(words[i].known)
      try snapshot.forEachDocid(of: .all([list, known]), limit: open.count) { matched[i][$0] = true }
    }
    var groups: [SimilarNames.Rank: SimilarNames] = [:]
    for (name, levels) in levels {
      for docid in byName[name] ?? [] {
        let rank = SimilarNames.Rank(
          levels.enumerated().map { i, level in
            level == .different && matched[i][docid] == true ? .equal : level
          }, isWholeName: !levels.contains(.different))
        if rank.level == .different { continue }
        groups[rank, default: SimilarNames(rank: rank)].docids.append(docid)
        groups[rank]?.nameWords.formUnion(NameComparison.words(of: name))
      }
    }
    return groups.values.sorted { $0.rank < $1.rank }
  }

  /// Candidates who may have similar names, chosen by sounds and letters, not by how recent they are.
  private func docidsOfSimilarNames(_ words: [RelaxedWord]) throws -> [Docid] {
    let similar = try words.map { IndexQuery.any([$0.known, try $0.similar.get()]) }
    let shortened =
      words.count < 2
      ? []
      : words.indices.map { i in
        IndexQuery.all([words[i].initialQuery] + without(i, words).map(\.nameQuery))
      }
    let all = try docids(of: .any([.all(similar)] + shortened), in: .similar, limit: Self.maximumCompared + 1)
    guard all.count > Self.maximumCompared else { return all }
    // Too many: the stricter ones first.
    var found = try docids(
      of: .all(words.map(\.knownOrSoundQuery)), in: .sound, limit: Self.maximumCompared)
    for i in words.indices where found.count < Self.maximumCompared {
      var queries = words.map(\.known)
      queries[i] = similar[i]
      found += try docids(of: .all(queries), in: .similar, limit: Self.maximumCompared - found.count)
    }
    return found.isEmpty ? Array(all.dropLast()) : Array(Set(found)).sorted()
  }

  // MARK: - Similar words

  /// Adds the candidates with similar words in place of one word, then of two.
  private func addOtherWords(_ words: [RelaxedWord]) throws {
    let others = try words.map { try $0.otherWords.get() }
    let replaceable = words.indices.filter { others[$0] != .nothing }
    let pairs = replaceable.flatMap { i in replaceable.filter { $0 > i }.map { [i, $0] } }
    for replaced in [replaceable.map { [$0] }, pairs] {
      let query = IndexQuery.any(
        replaced.map { replaced in
          .all(words.indices.map { replaced.contains($0) ? others[$0] : words[$0].known })
        })
      add(
        try docids(of: query, in: .similar, limit: Self.maximumHits), in: .similar,
        reason: "similar words", highlighting: query)
    }
  }

  // MARK: - A word dropped

  /// Adds the candidates who match all words but one, the rarest combination first; combinations with a name before
  /// others.
  private func addDropped(_ words: [RelaxedWord]) throws {
    guard words.count > 1 else { return }
    let combinations = try words.indices.filter { !words[$0].isPhrase }.map {
      i -> (dropped: Int, query: IndexQuery, docids: [Docid]) in
      let query = IndexQuery.all(without(i, words).map(\.known))
      let limit = words.count == 2 ? Self.maximumOfOneWord + 1 : Self.maximumHits
      let docids = try docids(of: query, in: .dropped, limit: limit)
      return (i, query, words.count == 2 && docids.count == limit ? [] : docids)
    }
    func hasName(_ i: Int) -> Bool { without(i, words).contains(where: \.isName) }
    let sorted = combinations.filter { !$0.docids.isEmpty }.sorted { a, b in
      let (nameInA, nameInB) = (hasName(a.dropped), hasName(b.dropped))
      return nameInA != nameInB ? nameInA : (a.docids.count, a.dropped) < (b.docids.count, b.dropped)
    }
    for combination in sorted {
      add(
        combination.docids, in: .dropped, reason: "without “\(words[combination.dropped].text)”",
        highlighting: combination.query)
    }
  }

  /// Adds the candidates with a similar name who match all words but one.
  private func addDroppedNames(_ words: [RelaxedWord]) throws {
    guard words.count > 2 else { return }
    let groups = try words.indices.filter { !words[$0].isPhrase }.flatMap { i in
      try similarNames(to: without(i, words)).map { (dropped: i, group: $0) }
    }
    // Names are kept rather than other words.
    let sorted = groups.sorted { a, b in
      if a.group.rank != b.group.rank { return a.group.rank < b.group.rank }
      return (words[a.dropped].isName ? 1 : 0, a.dropped) < (words[b.dropped].isName ? 1 : 0, b.dropped)
    }
    for (dropped, group) in sorted {
      add(
        group.docids, in: .dropped,
        reason: "without “\(words[dropped].text)”; \(group.rank.level.description)",
        highlighting: highlighted(without(dropped, words), group))
    }
  }

  private func without(_ i: Int, _ words: [RelaxedWord]) -> [RelaxedWord] {
    Array(words[..<i] + words[(i + 1)...])
  }
}
