import CandidateTime
import Foundation

/// The candidates and the members that a walk requests.
public struct CandidateRequest: Sendable, Hashable {
  /// The API refuses larger pages.
  public static let pageSizes = 1...200

  /// How many candidates a page has at most, 1 to 200.
  public var pageSize: Int
  /// Only those that Bindbee has written since, changed or not.
  public var modifiedAfter: Timestamp?
  /// Only these; empty means all.
  public var ids: [String]
  /// Whether custom fields are requested.
  public var includesCustomFields: Bool
  /// Whether the ATS's own records are requested, too.
  public var includesRawData: Bool

  /// Creates a request; for all candidates by default.
  public init(
    pageSize: Int = pageSizes.upperBound, modifiedAfter: Timestamp? = nil, ids: [String] = [],
    includesCustomFields: Bool = false, includesRawData: Bool = false
  ) {
    (self.pageSize, self.modifiedAfter, self.ids) = (pageSize, modifiedAfter, ids)
    (self.includesCustomFields, self.includesRawData) = (includesCustomFields, includesRawData)
  }

  var items: [URLQueryItem] {
    var items = [URLQueryItem(name: "page_size", value: String(pageSize))]
    if let modifiedAfter {
      items.append(URLQueryItem(name: "modified_after", value: modifiedAfter.description))
    }
    if !ids.isEmpty { items.append(URLQueryItem(name: "ids", value: ids.joined(separator: ","))) }
    return items + includes
  }

  var includes: [URLQueryItem] {
    [("include_custom_fields", includesCustomFields), ("include_raw_data", includesRawData)]
      .filter(\.1).map { URLQueryItem(name: $0.0, value: "true") }
  }
}
