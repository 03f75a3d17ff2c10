import Foundation

/// Reads candidates of one connector from the Bindbee API.
///
/// ```swift
/// let access = try BindbeeAccess(apiKey: key, connectorToken: token)
/// for try await page in BindbeeClient(access).candidates() {
///   print(page.number, page.items.count)
/// }
/// ```
/// It respects the limit that the API states (a connector's is 200 requests a minute), and retries where a request
/// failed for the moment. Safe to use from many tasks; they share the limit.
public struct BindbeeClient: Sendable {
  /// The most that an answer may contain after decompression, in bytes: a page of 200 candidates of 160 KiB each.
  public static let maximumAnswerLength = 32 << 20

  private let access: BindbeeAccess
  private let requester: Requester
  private let organisation: Requester

  /// A client of one connector.
  public init(_ access: BindbeeAccess, policy: RetryPolicy = .init()) {
    self.init(access, policy: policy, clock: .system)
  }

  package init(_ access: BindbeeAccess, policy: RetryPolicy, clock: WaitClock) {
    self.access = access
    requester = Requester(access: access, policy: policy, clock: clock)
    organisation = Requester(access: access, subject: .organisation, policy: policy, clock: clock)
  }

  /// All pages of candidates, each requested when the previous one has been taken. Every iteration is a walk of its own,
  /// from the first page. `onWait` is called before each wait.
  public func candidates(
    _ request: CandidateRequest = .init(), onWait: @escaping @Sendable (Wait) -> Void = { _ in }
  ) -> CandidatePages {
    CandidatePages(onWait: onWait) { [self] cursor, onWait in
      try await requester.get(
        ["candidates"], request.items + (cursor.map { [URLQueryItem(name: "cursor", value: $0)] } ?? []),
        onWait: onWait
      ) { (answer: consuming [UInt8]) throws(UnusableAnswer) in try PageEnvelope(answer) }
    }
  }

  /// One candidate, as it came. Throws `BindbeeError`, and `CancellationError` where the task is cancelled.
  public func candidate(
    id: String, includesCustomFields: Bool = false, includesRawData: Bool = false,
    onWait: @escaping @Sendable (Wait) -> Void = { _ in }
  ) async throws -> [UInt8] {
    let request = CandidateRequest(
      includesCustomFields: includesCustomFields, includesRawData: includesRawData)
    return try await requester.get(["candidates", id], request.includes, onWait: onWait) {
      (answer: consuming [UInt8]) throws(UnusableAnswer) in try JSONShape.object(answer)
    }
  }

  /// Whether another client has the same API key and address, so that `connectors()` of both is the same.
  public func hasKey(of other: BindbeeClient) -> Bool {
    access.apiKey == other.access.apiKey && access.address == other.access.address
  }

  /// The organisation's connectors to applicant tracking systems; without those whose records cannot be read. Sends a
  /// request for each 200 connectors, with the API key alone.
  ///
  /// The API's answer contains the tokens of all connectors. They are not read, and no error contains a part of it.
  /// - Throws: `BindbeeError`, and `CancellationError` if the task is cancelled.
  public func connectors() async throws -> [BindbeeConnector] {
    let pages = CandidatePages { [organisation] cursor, onWait in
      let size = URLQueryItem(name: "page_size", value: String(CandidateRequest.pageSizes.upperBound))
      return try await organisation.get(
        ["connectors"], [size] + (cursor.map { [URLQueryItem(name: "cursor", value: $0)] } ?? []),
        onWait: onWait
      ) { (answer: consuming [UInt8]) throws(UnusableAnswer) in
        do throws(UnusableAnswer) {
          return try PageEnvelope(answer)
        } catch {
          throw UnusableAnswer(reason: "the answer is no page of connectors")
        }
      }
    }
    var connectors: [BindbeeConnector] = []
    for try await page in pages { connectors += BindbeeConnector.all(in: page.items) }
    return connectors
  }

  /// A wait that the client makes.
  public struct Wait: Sendable, Hashable {
    /// Why it waits.
    public enum Reason: Sendable, Hashable {
      /// The requests of this minute are used up.
      case limit
      /// Something failed for the moment; what, and how many times in a row.
      case failure(String, attempt: Int)
    }
    /// Why it waits.
    public let reason: Reason
    /// For how long, in seconds.
    public let seconds: Double
  }
}
