import CandidateSearch

/// The number of results, their values to filter by, and how old the data is.
struct FiltersView {
  /// The values of a field.
  struct Group {
    let label: String
    let id: String
    let values: [Value]
    let more: String?
  }

  struct Value {
    let text: String
    let count: String
    /// The address of the results with this filter, or without it if it is active; nil if the value cannot be a filter.
    let address: String?
    let isActive: Bool
  }

  let count: String
  let groups: [Group]
  let sources: [DataSource]
  let hasSources: Bool
  /// What the export contains; nil if the visitor may not export.
  let export: ExportView?

  init(_ filters: PageFrame.Filters, _ state: PageState) {
    let query = state.query ?? ""
    count = PlainWords.count(of: filters.results)
    groups = filters.results.facets.compactMap { Self.group($0, query, state) }
    sources = filters.sources
    hasSources = !sources.isEmpty
    export = filters.export
  }

  private static func group(_ counts: FacetCounts, _ query: String, _ state: PageState) -> Group? {
    let field = counts.facet.field
    let values = counts.values.map { value -> Value in
      let clause = field.clause(whole: value.value)
      let isActive = clause.map { QueryEdit.contains($0, in: query) } ?? false
      let edited = clause.flatMap { clause in
        isActive
          ? try? QueryEdit.removing(clause, from: query) : try? QueryEdit.adding(clause, to: query)
      }
      return Value(
        text: PlainWords.value(value.value, of: field), count: PlainWords.number(value.count),
        address: edited.map { state.searching($0).address() }, isActive: isActive)
    }
    guard !values.isEmpty else { return nil }
    let rest = counts.distinct - values.count
    return Group(
      label: PlainWords.label(field), id: field.rawValue, values: values,
      more: rest > 0 ? "and \(PlainWords.number(rest)) more" : nil)
  }
}

/// The export of results.
public struct ExportView: Sendable {
  let count: String
  let withheld: String?
  let isTooLarge: Bool
  let maximum: String
  let query: String
  /// Nil for the order of the best match.
  let sort: String?
  /// Whether words are searched as they were typed.
  let isAsTyped: Bool
  let csrf: String

  /// The export of `count` candidates, `withheld` of whom may not be e-mailed, at most `maximum` of them at once. `csrf`
  /// is the token of the form.
  public init(count: Int, withheld: Int, maximum: Int, state: PageState, csrf: String) {
    self.count = PlainWords.candidates(count)
    self.withheld =
      withheld == 0
      ? nil
      : "\(PlainWords.number(withheld)) have not agreed to be e-mailed: their addresses are left out."
    isTooLarge = count > maximum
    self.maximum = PlainWords.number(maximum)
    query = state.query ?? ""
    sort = state.sort?.description
    isAsTyped = state.isAsTyped
    self.csrf = csrf
  }
}

/// A connector and the age of its data.
public struct DataSource: Sendable {
  let name: String
  let age: String
  let problem: String?

  /// The age after which data is called old, in seconds.
  private static let maximumAge: Int64 = 86_400

  /// A connector whose data is of a moment, nil for none, and the problem with it, if there is one.
  public init(connector: String, freshAt: Timestamp?, problem: String?, now: Timestamp) {
    name = PlainWords.value(connector, of: .connector)
    age = freshAt.map { "updated " + PlainWords.recentAge($0, now: now) } ?? "never updated"
    let isOld = freshAt.map { now.seconds - $0.seconds > Self.maximumAge } ?? false
    self.problem = problem ?? (isOld ? "Its data is older than a day." : nil)
  }
}
