import CandidateSearch
import Foundation

/// What the address of a page contains: everything that it shows.
public struct PageState: Sendable, Hashable {
  /// Identifies a candidate.
  public struct CandidateID: Sendable, Hashable {
    /// The connector; empty for candidates without one.
    public var connector: String
    /// The record's id.
    public var id: String

    /// The candidate of a connector.
    public init(connector: String, id: String) {
      self.connector = connector
      self.id = id
    }
  }

  /// The query as it was typed; nil for the start page.
  public var query: String?
  /// The order of the results; nil for the best first.
  public var sort: SearchSort?
  /// Continues after a page of results.
  public var cursor: String?
  /// The number of the page of results, from 1.
  public var page = 1
  /// Whether words are searched as they were typed, without corrections.
  public var isAsTyped = false
  /// The candidate that is open.
  public var opened: CandidateID?
  /// Whether the filters are a part of the page. A live page loads them after the results.
  public var showsFilters = false

  /// The start page.
  public init() {}

  /// The names of the parameters in the address.
  public enum Name: String, CaseIterable, Sendable {
    case query = "q"
    case sort, cursor, page
    case asTyped = "as_typed"
    case connector
    case id
    case filters
  }

  /// The first page of the results of another query, in the same order, and as typed where this one is.
  public func searching(_ query: String) -> PageState {
    var state = PageState()
    state.query = query
    state.sort = sort
    state.isAsTyped = isAsTyped
    state.showsFilters = showsFilters
    return state
  }

  /// The same results with a candidate open, or with none.
  public func opening(_ candidate: CandidateID?) -> PageState {
    var state = self
    state.opened = candidate
    return state
  }

  /// The address, with the parameters that differ from those of the start page.
  public func address(_ path: String = "/") -> String {
    var pairs: [(Name, String)] = []
    if let query { pairs.append((.query, query)) }
    if let sort { pairs.append((.sort, sort.description)) }
    if let cursor { pairs += [(.cursor, cursor), (.page, String(page))] }
    if isAsTyped { pairs.append((.asTyped, "true")) }
    if let opened {
      if !opened.connector.isEmpty { pairs.append((.connector, opened.connector)) }
      pairs.append((.id, opened.id))
    }
    if showsFilters { pairs.append((.filters, "true")) }
    guard !pairs.isEmpty else { return path }
    return path + "?" + pairs.map { "\($0.rawValue)=\(Self.encoded($1))" }.joined(separator: "&")
  }

  /// The characters of a text that are not percent-encoded in a form (WHATWG URL, 1.3).
  private static let plain = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._ ")

  private static func encoded(_ text: String) -> String {
    (text.addingPercentEncoding(withAllowedCharacters: plain) ?? "").replacing(" ", with: "+")
  }
}
