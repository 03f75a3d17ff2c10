import CandidatePage
import CandidateSearch
import HTTPTypes

/// The page for people: a page of its own at each address, and the parts that a live page replaces.
enum PageOperations {
  /// The number of results of a page.
  private static let pageLength = 20
  /// The maximum number of values of a facet.
  private static let facetLength = 8

  static let parameters: [Parameter] = [
    SearchOperation.query, SearchOperation.cursor, SearchOperation.sort,
    Parameter(
      name: PageState.Name.page.rawValue, kind: .integer(1...1_000_000),
      summary: "The number of the page that `cursor` is of."),
    asTyped,
    Parameter(
      name: PageState.Name.connector.rawValue, kind: .text(maximum: 200),
      summary: "The connector of the candidate that is open."),
    Parameter(
      name: PageState.Name.id.rawValue, kind: .text(maximum: RecordLimits.maximumIDBytes),
      summary: "The id of the candidate that is open."),
    Parameter(
      name: PageState.Name.filters.rawValue, kind: .flag,
      summary: "Whether the filters are a part of the page."),
    SearchOperation.session,
  ]

  static let asTyped = Parameter(
    name: PageState.Name.asTyped.rawValue, kind: .flag,
    summary: "Whether words are searched as they were typed, without corrections.")

  // MARK: - Pages

  /// The start page, or a page of results.
  static func page(_ call: Call) async throws -> Reply {
    let state = try state(call)
    guard state.query != nil else { return Reply(try frame(call, state).start(), as: .html) }
    do {
      // Before the search, whose entry in the log has their count.
      let filters = state.showsFilters ? try await filters(state, call) : nil
      let (results, diagnosis, shown) = try await search(state, call, count: filters?.count)
      let opened = try await open(shown, call)
      let html = try frame(call, shown).results(
        results, diagnosis, opened: opened, isMissing: shown.opened != nil && opened == nil, filters: filters)
      return reply(html, isPartial: !results.missingParts.isEmpty || filters?.isPartial == true)
    } catch let error as QueryError where error.query == state.query {
      return Reply(try frame(call, state).wrongQuery(error), as: .html, status: .badRequest)
    }
  }

  /// The results.
  static func results(_ call: Call) async throws -> Reply {
    let state = try state(call)
    do {
      let (results, diagnosis, state) = try await search(state, call)
      return reply(
        try frame(call, state).resultsPart(results, diagnosis), isPartial: !results.missingParts.isEmpty)
    } catch let error as QueryError where error.query == state.query ?? "" {
      return Reply(try frame(call, state).wrongQueryPart(error), as: .html, status: .badRequest)
    }
  }

  /// The number of results, their filters, and the age of the data; recorded as a search that shows no candidate.
  static func filters(_ call: Call) async throws -> Reply {
    let state = try state(call)
    let filters = try await filters(state, call, isRecorded: true)
    return reply(try frame(call, state).filtersPart(filters), isPartial: filters.isPartial)
  }

  /// A candidate.
  static func candidate(_ call: Call) async throws -> Reply {
    let state = try state(call)
    guard let hit = try await open(state, call) else {
      throw Problem(.notFound, "the candidate was removed, or is not visible to you")
    }
    return Reply(try frame(call, state).candidatePart(hit), as: .html)
  }

  /// What a text that is being typed may become.
  static func suggestions(_ call: Call) async throws -> Reply {
    let (index, service) = (try call.index(), call.service)
    let suggestions = try await SuggestionsView(for: call.arguments.text("q") ?? "") { text, limit in
      try await service.limited { try await index.suggest(text, limit: limit) }
    } countedBy: { facet, limit in
      var options = SearchOptions(limit: 0)
      (options.facets, options.facetLimit) = ([facet], limit)
      options.allowsMissingParts = true
      return try await service.limited { [options] in try await index.search("*", options) }.facets.first?
        .values ?? []
    }
    return Reply(try PageFrame.suggestionsPart(suggestions), as: .html)
  }

  static let assetName = Parameter(
    name: "name", kind: .text(maximum: 100), summary: "The name of the file, with a hash of its content.",
    place: .path, isRequired: true)

  /// A file that pages load.
  static func asset(_ call: Call) async throws -> Reply {
    guard let asset = PageAsset.named(call.arguments.text(assetName.name) ?? "") else {
      throw Problem(.notFound, "there is no such file")
    }
    var reply = Reply(status: .ok)
    reply.body = asset.bytes
    reply.headers[.contentType] = asset.type
    // The name changes with the content.
    reply.headers[.cacheControl] = "public, max-age=31536000, immutable"
    return reply
  }

  private static func reply(_ html: [UInt8], isPartial: Bool) -> Reply {
    var reply = Reply(html, as: .html)
    reply.isPartial = isPartial
    return reply
  }

  // MARK: - State

  /// What the address of a request contains.
  private static func state(_ call: Call) throws -> PageState {
    let arguments = call.arguments
    func text(_ name: PageState.Name) -> String? { arguments.text(name.rawValue) }
    var state = PageState()
    state.query = text(.query)
    state.sort = try SearchOperation.sort(arguments)
    state.cursor = text(.cursor).flatMap { $0.isEmpty ? nil : $0 }
    state.page = state.cursor == nil ? 1 : arguments.integer(PageState.Name.page.rawValue) ?? 2
    state.isAsTyped = arguments.flag(PageState.Name.asTyped.rawValue) ?? false
    state.opened = text(.id).map { PageState.CandidateID(connector: text(.connector) ?? "", id: $0) }
    state.showsFilters = arguments.flag(PageState.Name.filters.rawValue) ?? false
    return state
  }

  private static func frame(_ call: Call, _ state: PageState) -> PageFrame {
    PageFrame(state, visitor: (call.visitor ?? Visitor(call.request)).shown(call.caller, call.service))
  }

  // MARK: - Searching

  /// Searches, and records it. `count`: the number of results, where the page shows it. A cursor that the index does not
  /// know any more leads to the first page.
  private static func search(
    _ state: PageState, _ call: Call, count: Int? = nil
  ) async throws -> (SearchResults, SearchDiagnosis?, PageState) {
    var options = options(state)
    options.limit = pageLength
    options.relaxed = .hits
    options.diagnosesEmptyResult = true
    let (index, query) = (try call.index(), state.query ?? "")
    do {
      let results = try await results(query, options, index, call)
      try call.service.recorder?.record(results, of: query, count: count, on: index, call)
      if state.cursor == nil, let first = results.hits.first { call.service.metrics.found(by: first.tier) }
      let diagnosis = try await diagnosis(results, query, options, index, call)
      return (results, diagnosis, state)
    } catch is CursorError {
      return try await search(state.searching(query).opening(state.opened), call, count: count)
    }
  }

  /// The diagnosis of a query that nothing matches. Results with similar candidates do not have it.
  private static func diagnosis(
    _ results: SearchResults, _ query: String, _ options: SearchOptions, _ index: CandidateIndex, _ call: Call
  ) async throws -> SearchDiagnosis? {
    guard options.cursor == nil, let first = results.hits.first, first.tier.isRelaxed else {
      return results.diagnosis
    }
    var strict = options
    strict.relaxed = .never
    return try await self.results(query, strict, index, call).diagnosis
  }

  /// Highlights and reasons are computed on the thread of the search, within its time.
  private static func results(
    _ query: String, _ options: SearchOptions, _ index: CandidateIndex, _ call: Call
  ) async throws -> SearchResults {
    try await call.service.limited {
      try await index.search(SearchQuery(query), options) { results, checkCancellation in
        for hit in results.hits {
          try checkCancellation()
          _ = (hit.highlights, hit.reason)
        }
        return results
      }
    }
  }

  /// A page may be without some candidates, and then says so: a part of a list serves people better than none.
  private static func options(_ state: PageState) -> SearchOptions {
    var options = SearchOptions(cursor: state.cursor)
    options.allowsMissingParts = true
    options.sort = state.sort
    options.correctsWords = !state.isAsTyped
    return options
  }

  /// The candidate that an address names, recorded as opened; nil if there is none.
  private static func open(_ state: PageState, _ call: Call) async throws -> Hit? {
    guard let opened = state.opened else { return nil }
    guard call.caller.has(.records) else { throw Problem(.rightMissing, "this needs the right records") }
    let index = try call.index()
    let found = try await call.service.limited { try await index.candidates(ids: [opened.id]) }
    let hit = found.hits.joined().first { CandidateOperations.isEqual($0.connector, opened.connector) }
    if let hit { try call.service.recorder?.record(hit, ofGeneration: found.generation, on: index, call) }
    return hit
  }

  // MARK: - Filters

  private static func filters(
    _ state: PageState, _ call: Call, isRecorded: Bool = false
  ) async throws -> PageFrame.Filters {
    let (index, query) = (try call.index(), state.query ?? "")
    var options = options(state)
    options.cursor = nil
    options.limit = 0
    options.includesCount = true
    options.facets = PageFrame.facets
    options.facetLimit = facetLength
    let results = try await results(query, options, index, call)
    if isRecorded { try call.service.recorder?.record(results, of: query, on: index, call) }
    return PageFrame.Filters(
      results, sources: try await sources(index, call), export: export(results, state, call))
  }

  private static func export(_ results: SearchResults, _ state: PageState, _ call: Call) -> ExportView? {
    // An export contains all candidates or fails.
    guard results.missingParts.isEmpty,
      ([.export] + ExportOperation.furtherRights).allSatisfy(call.caller.has), let count = results.count,
      count > 0
    else {
      return nil
    }
    let permissions = results.facets.first { $0.facet == .canEmail }?.values ?? []
    return ExportView(
      count: count, withheld: count - (permissions.first { $0.value == "true" }?.count ?? 0),
      maximum: Limits.exportedCandidates, state: state, csrf: call.formToken)
  }

  /// The ages of the data; none while a part of the index is missing that a scope needs for them.
  private static func sources(_ index: CandidateIndex, _ call: Call) async throws -> [DataSource] {
    let connectors = call.service.connectors
    let (failures, expired) = (connectors.failures, await connectors.expired())
    let statuses: [SyncStatus]
    do {
      statuses = try await call.service.limitedBlocking { try index.syncStatuses() }
    } catch IndexError.partsMissing {
      return []
    }
    return statuses.map { status in
      var problem: String?
      if case .failed = status.outcome { problem = "Its last update failed." }
      if failures[status.connector] != nil { problem = "Its last update failed." }
      if expired.contains(status.connector) {
        problem = "Its connection must be renewed. It shows old data until then."
      }
      return DataSource(connector: status.connector, freshAt: status.freshAt, problem: problem, now: .now)
    }
  }
}
