/// The limits of a server. Each request stays within all of them.
public struct Limits: Sendable, Hashable {
  /// The maximum length of a query, in Unicode scalars.
  public static let queryCharacters = 10_000
  /// The maximum number of candidates of an export.
  public static let exportedCandidates = 10_000

  /// The maximum length of a body of records, in bytes.
  public var bodyBytes = 16 << 20
  /// The maximum length of any other body, in bytes.
  public var jsonBytes = 1 << 20
  /// The maximum length of the address and the header fields of a request, in bytes. A query of the maximum length fits
  /// in, percent-encoded, whatever its alphabet is: 12 bytes a character.
  public var headerBytes = 160 << 10
  /// The maximum number of header fields.
  public var headerFields = 100
  /// The maximum duration of a search, in seconds, from its admission.
  public var requestSeconds = 5.0
  /// The number of searches that run at once.
  public var concurrentSearches = 4
  /// The number of searches that wait.
  public var waitingSearches = 64
  /// The number of changes that wait for another.
  public var waitingChanges = 16
  /// The number of connections.
  public var connections = 1_024
  /// The time after which a connection without a complete request is closed, in seconds.
  public var idleSeconds = 30.0
  /// The maximum time in which a request arrives, and in which its answer is received, in seconds.
  public var transferSeconds = 60.0

  /// The standard limits.
  public init() {}
}
