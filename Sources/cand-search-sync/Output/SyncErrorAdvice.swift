import BindbeeClient
import CandidateSync
import CommandSupport

extension BindbeeError: AdvisableError {
  /// What to type or to check.
  public var advice: String? {
    switch self {
    case .unauthorized: "check the API key, and that it is of this region (base URL)"
    case .forbidden:
      """
      check that the connector token belongs to this API key and to an ATS: the token of an HRIS connector is refused so
      """
    case .notFound: "check the id, and the base URL"
    case .unexpected: "check the base URL"
    case .unavailable: "try again later"
    case .limited: "try again later, or less often"
    case .invalid, .answerTooLong, .noNewCandidates, .cursorRepeated, .unusableAddress, .unusableSecret: nil
    }
  }
}

extension SyncIsRunning: AdvisableError {
  /// What to type or to check.
  public var advice: String? { "try again when it has ended" }
}

extension SyncFailure: AdvisableError {
  /// What to type or to check.
  public var advice: String? { (reason as? any AdvisableError)?.advice }
}
