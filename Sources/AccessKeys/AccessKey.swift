import CandidateTime

/// A key as the administrators of the server may see it. The secret is not a part of it.
public struct AccessKey: Sendable, Hashable {
  /// The maximum length of a name, in Unicode scalars.
  public static let maximumNameLength = 64
  /// The maximum length of a scope, in Unicode scalars: that of a query.
  public static let maximumScopeLength = 10_000

  /// Unique in a file; logs contain it.
  public let name: String
  /// The first eight characters of the secret after `cs_`. They are not secret: who finds a key in a file can request
  /// its name.
  public let id: String
  /// The query that all candidates match who exist for the holder; nil for all candidates.
  public let scope: String?
  /// What the holder may do; at least one right.
  public let rights: Set<AccessRight>
  /// When the key was added.
  public let createdAt: Timestamp
  /// From when on the key is refused; nil for never.
  public let expiresAt: Timestamp?
  /// How many requests the holder may make; nil for any number.
  public let rate: RequestRate?

  /// Creates a key. The scope is not parsed here: that needs the query language.
  /// - Throws: `AccessKeyError` for a name, a scope or rights that no key may have.
  public init(
    name: String, id: String, scope: String? = nil, rights: Set<AccessRight> = [.search],
    createdAt: Timestamp, expiresAt: Timestamp? = nil, rate: RequestRate? = nil
  ) throws(AccessKeyError) {
    try Self.check(name: name)
    if let scope { try Self.check(scope: scope, rights) }
    guard !rights.isEmpty else { throw .noRights }
    self.name = name
    self.id = id
    self.scope = scope
    self.rights = rights
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.rate = rate
  }

  /// Whether the key is refused at a moment.
  public func isExpired(at time: Timestamp) -> Bool { expiresAt.map { $0 <= time } ?? false }

  private static func check(name: String) throws(AccessKeyError) {
    let scalars = name.unicodeScalars
    guard !scalars.isEmpty else { throw .invalidName("it is empty") }
    guard scalars.count <= maximumNameLength else {
      throw .invalidName("it has more than \(maximumNameLength) characters")
    }
    guard !scalars.contains(where: isControl) else { throw .invalidName("it contains a control character") }
    guard scalars.first?.properties.isWhitespace != true, scalars.last?.properties.isWhitespace != true else {
      throw .invalidName("it begins or ends with a space")
    }
  }

  /// An empty scope would be all candidates, which a variable that was never set must not mean.
  private static func check(scope: String, _ rights: Set<AccessRight>) throws(AccessKeyError) {
    guard !scope.unicodeScalars.allSatisfy(\.properties.isWhitespace) else { throw .emptyScope }
    guard scope.unicodeScalars.count <= maximumScopeLength else { throw .scopeTooLong }
    let unscoped = AccessRight.allCases.filter { rights.contains($0) && !$0.permitsScope }
    guard unscoped.isEmpty else { throw .rightsWithScope(unscoped) }
  }

  /// Control characters, and those that change the direction of writing or are not seen.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

/// A key that was just added, with its secret. The secret is shown by `secret` alone, and exists nowhere else.
public struct IssuedAccessKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// The key.
  public let key: AccessKey
  /// What the holder sends: `cs_` and 43 characters.
  public let secret: String

  /// The name and the id.
  public var description: String { "\(key.name) (\(key.id))" }
  /// The key alone.
  public var customMirror: Mirror { Mirror(self, children: ["key": key]) }
}
