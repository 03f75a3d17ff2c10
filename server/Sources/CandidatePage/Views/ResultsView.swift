import CandidateSearch
import Foundation

/// The results of a search, or why there are none.
struct ResultsView {
  /// Results under one heading.
  struct Group {
    let heading: String?
    let rows: [ResultRow]
  }

  /// An order of the results.
  struct Order {
    let label: String
    let address: String
    let isActive: Bool
  }

  /// A line above the results that offers another search.
  struct Offer {
    let text: String
    let link: String
    let address: String
  }

  /// A part of a query that finds nothing together with the others.
  struct Part {
    let text: String
    let count: String
    let remaining: String
    let removalAddress: String
    let isBest: Bool
  }

  let groups: [Group]
  let orders: [Order]
  /// What the results leave out; nil for complete ones.
  let missing: String?
  let notices: [String]
  let offer: Offer?
  /// Where nothing was found: the parts of the query.
  let parts: [Part]
  let hasParts: Bool
  /// Whether nothing matches, so that there are at most similar candidates.
  let isEmpty: Bool
  let hasSimilar: Bool
  /// The number of all results; nil where it is loaded after them.
  let count: String?
  let nextAddress: String?
  let firstAddress: String?
  let isPaged: Bool
  let page: Int
  /// What a screen reader says of them.
  let summary: String

  init(
    _ results: SearchResults, _ diagnosis: SearchDiagnosis?, _ state: PageState,
    _ visitor: PageFrame.Visitor, count: String?, now: Timestamp
  ) {
    let query = state.query ?? ""
    isEmpty = results.hits.allSatisfy { $0.tier.isRelaxed }
    hasSimilar = !results.hits.isEmpty
    groups = Self.groups(
      results.hits.map { ($0, ResultRow($0, state, opens: visitor.opensRecords, now: now)) })
    orders = Self.orders.map { label, sort in
      var sorted = state.searching(query)
      sorted.sort = sort
      return Order(label: label, address: sorted.address(), isActive: sort == state.sort)
    }
    missing =
      results.missingParts.isEmpty
      ? nil : PlainWords.missingCandidates(visitor.seesServers ? results.missingParts : [])
    // What the page says in other words: an offer, a message.
    notices =
      isEmpty
      ? []
      : results.notices.map { PlainWords.sentence($0.description) }
        .filter { !$0.lowercased().hasPrefix(Self.correctionNotice) }
    offer = Self.offer(results, state)
    parts = Self.parts(diagnosis, query, state)
    hasParts = !parts.isEmpty
    self.count = count
    nextAddress = results.nextCursor.map { cursor in
      var next = state.opening(nil)
      (next.page, next.cursor) = (state.page + 1, cursor)
      return next.address()
    }
    firstAddress = state.cursor == nil ? nil : state.searching(query).address()
    isPaged = nextAddress != nil || firstAddress != nil
    page = state.page
    summary =
      results.hits.isEmpty
      ? "No candidates" : "\(PlainWords.candidates(results.hits.count)) on page \(state.page)"
  }

  private static func groups(_ rows: [(hit: Hit, row: ResultRow)]) -> [Group] {
    var groups: [(kind: PlainWords.Group, rows: [ResultRow])] = []
    for (hit, row) in rows {
      let kind = PlainWords.Group(hit.tier)
      if groups.last?.kind != kind { groups.append((kind, [])) }
      groups[groups.count - 1].rows.append(row)
    }
    return groups.map { Group(heading: $0.kind.heading, rows: $0.rows) }
  }

  private static let orders: [(String, SearchSort?)] = [
    ("Best match", nil), ("Last interaction", SearchSort(by: .recent)), ("Name", SearchSort(by: .name)),
    ("Newest", SearchSort(by: .created)),
  ]

  /// The beginning of the notice of a correction, which the offer replaces.
  private static let correctionNotice = "showing results for"

  private static func offer(_ results: SearchResults, _ state: PageState) -> Offer? {
    guard !results.corrections.isEmpty, !state.isAsTyped else { return nil }
    var asTyped = state.searching(state.query ?? "")
    asTyped.isAsTyped = true
    return Offer(
      text: results.corrections.compactMap(\.words.first).joined(separator: " "),
      link: results.corrections.map(\.typed).joined(separator: " "), address: asTyped.address())
  }

  /// The maximum number of parts that are listed, besides the best one to remove. For each the query is parsed again.
  private static let maximumParts = 20

  private static func parts(
    _ diagnosis: SearchDiagnosis?, _ query: String, _ state: PageState
  ) -> [Part] {
    guard let diagnosis, diagnosis.clauses.count > 1 else { return [] }
    let best = diagnosis.smallestToDrop
    var shown = Array(diagnosis.clauses.prefix(maximumParts))
    if let best, !shown.contains(best) { shown.append(best) }
    return shown.compactMap { clause in
      guard let rest = try? QueryEdit.removing(clause.text, from: query), rest != query else { return nil }
      return Part(
        text: clause.text, count: PlainWords.candidatesOrNone(clause.count),
        remaining: PlainWords.candidatesOrNone(clause.countWithout),
        removalAddress: state.searching(rest).address(), isBest: clause == best)
    }
  }
}

/// A candidate in a list of results.
struct ResultRow {
  /// A match in a field that the row does not show otherwise.
  struct OtherMatch {
    let label: String
    let values: [MarkedText]
  }

  let name: MarkedText
  let hasName: Bool
  /// The address that opens the candidate; nil if the caller may not open records.
  let address: String?
  let isOpen: Bool
  let title: MarkedText?
  let company: MarkedText?
  let places: [MarkedText]
  let tags: [MarkedText]
  let hasTags: Bool
  let moreTags: String?
  let interaction: String?
  let interactionDay: String?
  let badges: Badges
  let reason: String?
  let otherMatches: [OtherMatch]

  /// The maximum numbers of tags and places of a row. Those that match come first.
  private static let maximumTags = 8
  private static let maximumPlaces = 3
  /// The fields that a row shows only where they match.
  private static let otherFields: [Field.ID] = [
    .email, .phone, .url, .id, .remoteID, .application, .attachment,
  ]

  init(_ hit: Hit, _ state: PageState, opens: Bool, now: Timestamp) {
    let (candidate, values) = (hit.candidate, MarkedValues(hit))
    let identity = PageState.CandidateID(connector: hit.connector, id: candidate.id)
    name = values.name
    hasName = !name.isEmpty
    address = opens ? state.opening(identity).address() : nil
    isOpen = state.opened == identity
    title = values.value(of: .title)
    company = values.value(of: .company)
    places = Self.first(Self.maximumPlaces, of: values.values(of: .location))
    let allTags = values.values(of: .tag)
    tags = Self.first(Self.maximumTags, of: allTags)
    hasTags = !tags.isEmpty
    let rest = allTags.count - tags.count
    moreTags = rest > 0 ? "and \(PlainWords.number(rest)) more" : nil
    interaction = candidate.lastInteractionAt.map { PlainWords.age($0, now: now) }
    interactionDay = candidate.lastInteractionAt.map { PlainWords.day($0) }
    badges = Badges(candidate)
    reason = PlainWords.reason(hit)
    otherMatches = Self.otherFields.compactMap { field in
      let matches = values.matches(of: field)
      return matches.isEmpty ? nil : OtherMatch(label: PlainWords.label(field), values: matches)
    }
  }

  private static func first(_ limit: Int, of all: [MarkedText]) -> [MarkedText] {
    all.count <= limit ? all : Array((all.filter(\.hasMatch) + all.filter { !$0.hasMatch }).prefix(limit))
  }
}

/// What a person must know before writing to a candidate.
struct Badges {
  let isPrivate: Bool
  let mayNotBeEmailed: Bool
  let isPermissionUnknown: Bool

  init(_ candidate: Candidate) {
    isPrivate = candidate.isPrivate == true
    mayNotBeEmailed = candidate.canEmail == false
    isPermissionUnknown = candidate.canEmail == nil
  }
}
