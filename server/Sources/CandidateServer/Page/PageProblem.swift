import CandidatePage
import HTTPTypes
import Hummingbird

/// A problem of a request for a page, in words for people.
struct PageProblem {
  private let problem: Problem
  private let operation: Operation

  /// Nil for an operation for programs.
  init?(_ problem: Problem, of operation: Operation?) {
    guard let operation, operation.audience != .programs else { return nil }
    self.problem = problem
    self.operation = operation
  }

  /// A page with the problem, or the way to the page on which a person signs in.
  func reply(to request: Request, _ visitor: Visitor?, _ caller: Caller?, _ service: Service) throws -> Reply
  {
    let isPage = operation.audience == .people
    if problem.kind.status == .unauthorized, isPage {
      return SignInOperations.redirectToSignIn(from: request.method == .get ? request.uri.string : nil)
    }
    let shown = (visitor ?? Visitor(request)).shown(
      caller, service, asksPurpose: problem.kind == .purposeMissing)
    let frame = PageFrame(PageState(), visitor: shown, address: request.uri.string)
    let (title, text) = words
    let html = isPage ? try frame.message(title, text) : try frame.messagePart(title, text)
    var reply = Reply(html, as: .html, status: problem.kind.status)
    reply.headers.append(contentsOf: problem.headers)
    return reply
  }

  /// What happened, and what a person can do.
  private var words: (title: String, text: String) {
    switch problem.kind {
    case .overloaded, .tooManyRequests: ("Too many searches at once", "Try again in a moment.")
    case .tooSlow: ("This search takes too long", "Add words, or use rarer ones.")
    case .indexUnavailable: ("The candidates cannot be read now", "Try again in a minute.")
    case .partsMissing: ("Some candidates cannot be read now", "Try again in a minute.")
    case .logUnavailable:
      (
        "Searches cannot be recorded now",
        "What cannot be recorded is not shown. Tell the people who run this search."
      )
    case .purposeMissing:
      (
        "Say why you search",
        "Searches are recorded with their purpose. Enter it above, under Purpose, in a few words."
      )
    case .rightMissing: ("Your key does not permit this", "Ask the people who run this search.")
    case .keyMissing, .keyRefused: ("You are signed out", "Sign in again.")
    case .formExpired: ("This page is too old", "Go back, load it again, and repeat what you did.")
    case .exportTooLarge: ("Too many candidates to export", "Narrow the search first: \(problem.detail).")
    case .wrongParameter where operation.body != nil: ("This entry cannot be used", "\(problem.detail).")
    case .notFound: ("Not found", "There is nothing at this address.")
    case .failed:
      ("Something went wrong", "Try again. If it happens again, tell the people who run this search.")
    default: ("This address cannot be understood", "\(problem.detail).")
    }
  }
}

/// The header fields of pages.
enum PageHeaders {
  /// Nothing of another site, nothing inline, and no frame around it.
  private static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  private static let fields = [
    ("Content-Security-Policy", policy), ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
  ].compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }

  /// Adds them to a reply, with a cookie for a visitor who has none. Pages with personal data are not stored.
  static func add(to reply: inout Reply, _ visitor: Visitor?, needsKeys: Bool) {
    reply.headers.append(contentsOf: fields)
    // Assets belong to no visitor.
    guard reply.headers[.cacheControl] == nil else { return }
    reply.headers[.cacheControl] = "no-store"
    if let visitor, !visitor.isKnown, !visitor.isOfOtherSite, reply.headers[.setCookie] == nil {
      reply.headers.append(Visitor.cookie(session: visitor.token, isSecure: needsKeys))
    }
  }
}
