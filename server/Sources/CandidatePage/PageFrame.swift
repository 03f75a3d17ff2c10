import CandidateSearch
import Foundation

/// Makes pages, and the parts that a live page replaces.
public struct PageFrame: Sendable {
  /// Who looks at the page.
  public struct Visitor: Sendable {
    /// The name of the key; nil on a server without keys.
    public var name: String?
    /// Whether records may be opened.
    public var opensRecords: Bool
    /// Whether names of servers may be shown.
    public var seesServers: Bool
    /// The token of forms.
    public var csrf: String
    /// Why the visitor searches; nil if that is not known.
    public var purpose: String?
    /// Whether searches are recorded, so that a purpose can be entered.
    public var isRecorded: Bool
    /// Whether a purpose must be entered before anything is shown.
    public var asksPurpose: Bool

    /// A visitor.
    public init(
      name: String?, opensRecords: Bool, seesServers: Bool, csrf: String, purpose: String?, isRecorded: Bool,
      asksPurpose: Bool = false
    ) {
      self.name = name
      self.opensRecords = opensRecords
      self.seesServers = seesServers
      self.csrf = csrf
      self.purpose = purpose
      self.isRecorded = isRecorded
      self.asksPurpose = asksPurpose
    }
  }

  /// What the filters are made of: the facets and the count of a search, the ages of the data, and the export.
  public struct Filters: Sendable {
    let results: SearchResults
    let sources: [DataSource]
    let export: ExportView?

    /// The number of results.
    public var count: Int? { results.count }
    /// Whether the counts leave out parts of the index.
    public var isPartial: Bool { !results.missingParts.isEmpty }

    /// Filters. `export` is nil for who may not export.
    public init(_ results: SearchResults, sources: [DataSource], export: ExportView?) {
      self.results = results
      self.sources = sources
      self.export = export
    }
  }

  /// The facets that filters have, in the order of the page.
  public static let facets: [Facet] = [.tag, .company, .location, .canEmail, .isPrivate, .connector]

  let state: PageState
  let visitor: Visitor
  /// The address to return to after a purpose was entered.
  let address: String
  let now: Timestamp

  /// The frame of the page of a state, at the address of the state or another.
  public init(_ state: PageState, visitor: Visitor, address: String? = nil, now: Timestamp = .now) {
    self.state = state
    self.visitor = visitor
    self.address = address ?? state.address()
    self.now = now
  }

  /// Reads the templates, which takes longer than making a page. Without this, the first page does it.
  /// - Throws: The error of a template that cannot be read.
  public static func prepare() throws { try PageTemplates.prepare() }

  // MARK: - Pages

  /// The start page.
  public func start() throws -> [UInt8] { try html(PageView(self, start: .standard)) }

  /// A page of results, with a candidate beside them if one is open, and with filters if they are a part of it.
  /// `diagnosis` is of a query that nothing matches. `isMissing`: the candidate that should be open does not exist.
  public func results(
    _ results: SearchResults, _ diagnosis: SearchDiagnosis?, opened: Hit?, isMissing: Bool, filters: Filters?
  ) throws -> [UInt8] {
    var page = PageView(self, title: state.query)
    page.results = view(results, diagnosis, count: filters.map { PlainWords.count(of: $0.results) })
    page.candidate = opened.map { candidate($0, in: results.hits) }
    page.missingCandidate = isMissing
    page.hasCandidate = opened != nil || isMissing
    page.filters = filters.map { FiltersView($0, state) }
    page.filtersAddress = state.address("/filters")
    return try html(page)
  }

  /// A page whose query is wrong at a place.
  public func wrongQuery(_ error: QueryError) throws -> [UInt8] {
    var page = PageView(self, title: state.query)
    page.error = ErrorView(error)
    return try html(page)
  }

  /// A page with a message.
  public func message(_ title: String, _ text: String) throws -> [UInt8] {
    var page = PageView(self, title: title)
    page.message = ErrorView(title: title, problem: text)
    return try html(page)
  }

  private func html(_ page: PageView) throws -> [UInt8] { try PageTemplates.html("page", page) }

  // MARK: - Parts

  /// The results alone. `diagnosis` is of a query that nothing matches.
  public func resultsPart(_ results: SearchResults, _ diagnosis: SearchDiagnosis?) throws -> [UInt8] {
    try PageTemplates.html("results", view(results, diagnosis))
  }

  /// A wrong query alone.
  public func wrongQueryPart(_ error: QueryError) throws -> [UInt8] {
    try PageTemplates.html("message", ErrorView(error))
  }

  /// A message alone.
  public func messagePart(_ title: String, _ text: String) throws -> [UInt8] {
    try PageTemplates.html("message", ErrorView(title: title, problem: text))
  }

  /// The count, the filters and the age of the data.
  public func filtersPart(_ filters: Filters) throws -> [UInt8] {
    try PageTemplates.html("filters", FiltersView(filters, state))
  }

  /// A candidate alone.
  public func candidatePart(_ hit: Hit) throws -> [UInt8] {
    try PageTemplates.html("candidate", candidate(hit, in: []))
  }

  /// The suggestions for a text.
  public static func suggestionsPart(_ suggestions: SuggestionsView) throws -> [UInt8] {
    try PageTemplates.html("suggestions", suggestions)
  }

  private func view(
    _ results: SearchResults, _ diagnosis: SearchDiagnosis?, count: String? = nil
  ) -> ResultsView {
    ResultsView(results, diagnosis, state, visitor, count: count, now: now)
  }

  private func candidate(_ hit: Hit, in hits: [Hit]) -> CandidateView {
    let id = PageState.CandidateID(connector: hit.connector, id: hit.candidate.id)
    return CandidateView(hit, state, neighbours: .init(of: id, in: hits), now: now)
  }
}
