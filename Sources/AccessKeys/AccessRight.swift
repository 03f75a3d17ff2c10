/// What the holder of a key may do. The documents derive their table of rights from the summaries.
public enum AccessRight: String, CaseIterable, Sendable, Hashable {
  case search, contacts, records, write, forget, export, log, metrics

  /// What the right permits, in a sentence.
  public var summary: String {
    switch self {
    case .search: "Searches candidates, counts them, and reads facets and suggestions."
    case .contacts:
      "Searches and reads e-mail addresses, phones, profiles, custom fields and raw data, with the other rights."
    case .records: "Reads the records of single candidates, and looks candidates up by their ids or contacts."
    case .write: "Adds, updates and deletes candidates."
    case .forget: "Erases candidates for good and keeps them out."
    case .export: "Exports the candidates that a search finds, with the right contacts."
    case .log: "Reads the log of searches."
    case .metrics: "Reads the metrics of the server."
    }
  }

  /// Whether a key with a scope may have the right. The others change or tell of candidates outside of any scope.
  public var permitsScope: Bool {
    switch self {
    case .search, .contacts, .records, .export: true
    case .write, .forget, .log, .metrics: false
    }
  }
}
