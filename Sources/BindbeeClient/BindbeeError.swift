/// Why the API returned no usable answer. No text of it contains a secret.
public enum BindbeeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// 401.
  case unauthorized(detail: String)
  /// 403.
  case forbidden(detail: String)
  /// 404.
  case notFound(detail: String)
  /// 422: the API does not accept the request.
  case invalid(detail: String)
  /// Any other status that another attempt would not change.
  case unexpected(status: Int, detail: String)
  /// This many attempts failed in a row; the reason is that of the last.
  case unavailable(attempts: Int, reason: String)
  /// The API demands a wait, in seconds, that is longer than `RetryPolicy.longestLimit`.
  case limited(seconds: Int)
  /// An answer is longer than `BindbeeClient.maximumAnswerLength`, in bytes.
  case answerTooLong(limit: Int)
  /// This many pages in a row contained no candidate that the walk had not met before.
  case noNewCandidates(pages: Int)
  /// The cursor of this page is that of an earlier page, so that the walk would not end.
  case cursorRepeated(page: Int)
  /// The base URL cannot be used.
  case unusableAddress(String)
  /// A key or a token cannot be used.
  case unusableSecret(String)

  /// The problem, with the detail that the API returned.
  public var description: String {
    switch self {
    case .unauthorized(let detail), .forbidden(let detail), .notFound(let detail), .invalid(let detail),
      .unexpected(_, let detail):
      detail.isEmpty ? summary : "\(summary) (\(detail))"
    case .unavailable(_, let reason), .unusableAddress(let reason): "\(summary): \(reason)"
    case .cursorRepeated(let page): "page \(page): \(summary)"
    case .limited, .answerTooLong, .noNewCandidates, .unusableSecret: summary
    }
  }

  /// The problem in a few words, none of them the API's.
  public var summary: String {
    switch self {
    case .unauthorized: "401: the API does not know the key"
    case .forbidden: "403: the API does not allow this"
    case .notFound: "404: not found"
    case .invalid: "422: the API does not accept the request"
    case .unexpected(let status, _): "\(status): the API returned an answer that is not understood"
    case .unavailable(let attempts, _):
      "the API could not be read in \(attempts == 1 ? "one attempt" : "\(attempts) attempts")"
    case .limited(let seconds): "the limit of requests is used up for \(seconds) s"
    case .answerTooLong(let limit): "the answer is longer than \(limit >> 20) MiB"
    case .noNewCandidates(let pages):
      "\(pages) pages in a row had no new candidate: the walk would never end"
    // Without the number of the page, which tells how many candidates there are.
    case .cursorRepeated: "a cursor was returned for the second time: the walk would never end"
    case .unusableAddress: "the base URL cannot be used"
    case .unusableSecret(let reason): reason
    }
  }
}
