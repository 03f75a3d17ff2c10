/// Why the API gave no answer that can be used, and what to do about it. No text of it holds a secret.
public enum BindbeeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// 401.
  case unauthorized(detail: String)
  /// 403.
  case forbidden(detail: String)
  /// 404.
  case notFound(detail: String)
  /// 422: the request is not as the API wants it.
  case invalid(detail: String)
  /// Any other status that asking again would not change.
  case unexpected(status: Int, detail: String)
  /// It failed so many times in a row; why it did the last time.
  case unavailable(attempts: Int, reason: String)
  /// The limit of requests would have to be waited for longer than we do, in seconds.
  case limited(seconds: Int)
  /// An answer is longer than `BindbeeClient.maximumAnswerLength`, in bytes.
  case answerTooLong(limit: Int)
  /// This many pages in a row contained no candidate that the walk had not met before.
  case noNewCandidates(pages: Int)
  /// A walk would go round in circles: the cursor of this page had been given before.
  case cursorRepeated(page: Int)
  /// The base URL cannot be used.
  case unusableAddress(String)
  /// A key or a token cannot be used.
  case unusableSecret(String)

  /// What is wrong, what the API says to it, and what to do.
  public var description: String {
    switch self {
    case .unauthorized(let detail):
      "\(summary)\(said(detail)); check the API key, and that it is of this region (base URL)"
    case .forbidden(let detail):
      """
      \(summary)\(said(detail)); check that the connector token belongs to this API key and to an ATS: the token of an \
      HRIS connector is refused so
      """
    case .notFound(let detail): "\(summary)\(said(detail)); check the id, and the base URL"
    case .invalid(let detail): "\(summary)\(said(detail))"
    case .unexpected(_, let detail): "\(summary)\(said(detail)); check the base URL"
    case .unavailable(_, let reason): "\(summary): \(reason); try again later"
    case .limited: "\(summary); try again later, or less often"
    case .answerTooLong, .noNewCandidates, .cursorRepeated, .unusableSecret: summary
    case .unusableAddress(let reason): "\(summary): \(reason)"
    }
  }

  /// What is wrong in a few words, none of them the API's.
  public var summary: String {
    switch self {
    case .unauthorized: "401: the API does not know the key"
    case .forbidden: "403: the API does not allow this"
    case .notFound: "404: not found"
    case .invalid: "422: the API does not accept the request"
    case .unexpected(let status, _): "\(status): the API gave an answer that is not understood"
    case .unavailable(let attempts, _):
      "the API could not be read in \(attempts == 1 ? "one attempt" : "\(attempts) attempts")"
    case .limited(let seconds): "the limit of requests is used up for \(seconds) s"
    case .answerTooLong(let limit): "the answer is longer than \(limit >> 20) MiB"
    case .noNewCandidates(let pages):
      "\(pages) pages in a row had no new candidate: the walk would never end"
    case .cursorRepeated(let page): "page \(page) gave a cursor for the second time: the walk would never end"
    case .unusableAddress: "the base URL cannot be used"
    case .unusableSecret(let reason): reason
    }
  }

  private func said(_ detail: String) -> String { detail.isEmpty ? "" : " (\(detail))" }
}
