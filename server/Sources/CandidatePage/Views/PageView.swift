import CandidateSearch
import Foundation

/// A page.
struct PageView {
  let title: String?
  let query: String
  let sort: String?
  let visitor: PageFrame.Visitor
  let address: String
  let withFiltersAddress: String
  let start: StartView?
  var filtersAddress: String?
  var results: ResultsView?
  var candidate: CandidateView?
  var hasCandidate = false
  var missingCandidate = false
  var filters: FiltersView?
  var error: ErrorView?
  var message: ErrorView?
  let style = PageAsset.style.path
  let script = PageAsset.script.path
  let icon = PageAsset.icon.path

  init(_ frame: PageFrame, title: String? = nil, start: StartView? = nil) {
    self.title = title.flatMap { $0.isEmpty ? nil : $0 }
    query = frame.state.query ?? ""
    sort = frame.state.sort?.description
    visitor = frame.visitor
    address = frame.address
    var withFilters = frame.state
    withFilters.showsFilters = true
    withFiltersAddress = withFilters.address()
    self.start = start
  }
}

/// What the start page shows: searches to begin with.
struct StartView {
  struct Example {
    let query: String
    let meaning: String
    let address: String
  }

  let examples: [Example]

  static let standard = StartView(
    examples: [
      ("engineer berlin", "both words, anywhere"),
      ("\"project manager\"", "these words, one after another"),
      ("engineer OR developer", "one or the other"),
      ("nurse -tag:JUNIOR", "nurses without a tag"),
      ("title:analyst last_interaction:<90d", "analysts you talked to in the last 90 days"),
      ("*", "everyone, the most recent first"),
    ].map { query, meaning in
      Example(query: query, meaning: meaning, address: PageState().searching(query).address())
    })
}

/// A problem: that of a query has a place, and the query in the pieces before, at and after it.
struct ErrorView {
  let title: String
  let problem: String
  let advice: String?
  let before: String
  /// The place; nil without one.
  let marked: String?
  let after: String
  /// The place in Unicode scalars.
  let start: Int
  let end: Int

  /// A problem that is at no place of the query.
  init(title: String, problem: String) {
    self.title = title
    self.problem = problem
    (advice, before, marked, after, start, end) = (nil, "", nil, "", 0, 0)
  }

  init(_ error: QueryError) {
    let scalars = Array(error.query.unicodeScalars)
    start = min(scalars.count, max(0, error.place.start))
    end = max(start, min(scalars.count, error.place.end))
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
    title = "This search cannot be understood"
    problem = PlainWords.sentence(error.problem) + "."
    advice = PlainWords.sentence(error.advice) + "."
    before = text(0..<start)
    marked = start < end ? text(start..<end) : nil
    after = text(end..<scalars.count)
  }
}

/// The page on which a visitor signs in.
public struct SignInPage: Sendable {
  let csrf: String
  /// Where the visitor wanted to go.
  let next: String
  let problem: String?
  let style = PageAsset.style.path
  let icon = PageAsset.icon.path
  let title = "Sign in"

  /// A page to sign in. `csrf` is the token of the form, `next` the address to go on at.
  public init(csrf: String, next: String, problem: String?) {
    self.csrf = csrf
    self.next = next
    self.problem = problem
  }

  /// The page.
  public func html() throws -> [UInt8] { try PageTemplates.html("signin", self) }
}
