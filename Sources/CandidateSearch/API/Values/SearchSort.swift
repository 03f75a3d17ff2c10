/// An order of hits other than the best first.
public struct SearchSort: Sendable, Hashable, CustomStringConvertible {
  /// The value by which hits are ordered.
  public enum Criterion: String, CaseIterable, Sendable {
    /// The time of the last interaction, else of the update, else of the creation.
    case recent
    /// The last name, then the first; the first letters of both without case and accents.
    case name
    /// The time at which the third party created the candidate.
    case created
    /// The time at which the API last wrote the record.
    case modified
  }

  /// The direction of an order.
  public enum Order: String, CaseIterable, Sendable {
    /// From A to Z; from the oldest to the most recent.
    case ascending = "asc"
    /// From Z to A; from the most recent to the oldest.
    case descending = "desc"
  }

  /// The value by which hits are ordered. Hits with equal values are ordered with the most recent first.
  public var by: Criterion
  /// The direction. Candidates without a name, or without such a time, come last in either direction.
  public var order: Order

  /// Creates an order; by default names from A to Z, and times from the most recent on.
  public init(by: Criterion, order: Order? = nil) {
    self.by = by
    self.order = order ?? (by == .name ? .ascending : .descending)
  }

  /// Creates an order from a text: `name`, `created:desc`.
  /// - Throws: `SearchSortError`.
  public init(_ text: String) throws(SearchSortError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let by = parts.first.flatMap(Criterion.init) else { throw SearchSortError(text: text) }
    guard parts.count > 1 else {
      self.init(by: by)
      return
    }
    guard let order = Order(rawValue: parts[1]) else { throw SearchSortError(text: text) }
    self.init(by: by, order: order)
  }

  /// The order as a text: `created:desc`.
  public var description: String { "\(by.rawValue):\(order.rawValue)" }
}

/// The error for a text that names no order of hits.
public struct SearchSortError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The text.
  public let text: String

  /// The problem, with the orders that exist.
  public var description: String {
    let criteria = SearchSort.Criterion.allCases.map(\.rawValue).joined(separator: ", ")
    let orders = SearchSort.Order.allCases.map { ":\($0.rawValue)" }.joined(separator: " or ")
    return "“\(text)” is not an order of hits: \(criteria), each optionally followed by \(orders)"
  }
}
