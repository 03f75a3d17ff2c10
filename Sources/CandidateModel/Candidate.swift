@_exported import CandidateTime

/// A candidate as the applicant tracking system reports it.
///
/// The fields are those of Bindbee's candidate (`GET /api/ats/v1/candidates/{id}`). Only `id` is certain;
/// `nil` means unknown, never false and never zero. `json` is the record as it was received, byte for byte.
/// Every other member is read from it, so none can be changed: texts and lists are made at each call, in some 20 ns a
/// text.
public struct Candidate: Sendable {
  private let record: CandidateRecord

  init(_ record: CandidateRecord) { self.record = record }

  /// The record's id at the API, unique within a connector.
  public var id: String { record.text(.id) ?? "" }
  /// The third party's id of the same object, unique within a connector.
  public var remoteID: String? { record.text(.remoteID) }
  /// When the API last wrote the record; it moves on every resync, even where nothing else has changed.
  public var modifiedAt: Timestamp? { record.time(.modifiedAt) }
  /// The candidate's first name.
  public var firstName: String? { record.text(.firstName) }
  /// The candidate's last name.
  public var lastName: String? { record.text(.lastName) }
  /// The company as the applicant tracking system reports it; in most systems the current employer.
  public var company: String? { record.text(.company) }
  /// The position as the applicant tracking system reports it; in most systems the current one.
  public var title: String? { record.text(.title) }
  /// The last interaction with the candidate.
  public var lastInteractionAt: Timestamp? { record.time(.lastInteractionAt) }
  /// Whether the candidate is restricted in the applicant tracking system (a confidential search, say).
  public var isPrivate: Bool? { record.header.isPrivate }
  /// Whether the candidate may be contacted. Unknown is not permission.
  public var canEmail: Bool? { record.header.canEmail }
  /// Where the candidate lives or looks for work.
  public var locations: [String] { record.texts(.locations) }
  /// Phone numbers, in whatever notation they were entered.
  public var phoneNumbers: [String] { record.texts(.phoneNumbers) }
  /// E-mail addresses.
  public var emailAddresses: [String] { record.texts(.emailAddresses) }
  /// Web pages: a profile, a personal site.
  public var urls: [Link] { record.links }
  /// Free text in the customer's own words, used to categorise candidates.
  public var tags: [String] { record.texts(.tags) }
  /// Ids of the candidate's applications.
  public var applications: [String] { record.texts(.applications) }
  /// Ids of the candidate's attachments.
  public var attachments: [String] { record.texts(.attachments) }
  /// When the third party created the candidate.
  public var remoteCreatedAt: Timestamp? { record.time(.remoteCreatedAt) }
  /// When the third party last updated the candidate.
  public var remoteUpdatedAt: Timestamp? { record.time(.remoteUpdatedAt) }
  /// The address of a picture.
  public var avatar: String? { record.text(.avatar) }
  /// Fields of the customer's own. They can contain data on health or origin, so none of them is searched unless
  /// an index was told to.
  public var customFields: JSONText? { record.json(.customFields) }
  /// The third party's own record, where it was requested. As sensitive as `customFields`.
  public var rawData: JSONText? { record.json(.rawData) }
  /// Members of the record that the API does not describe, by name.
  public var unknownFields: [String: JSONText] { record.unknownFields }
  /// The record as it was received: one JSON object in UTF-8.
  public var jsonBytes: [UInt8] { record.withRecord { Array($0) } }
  /// Calls `body` with `jsonBytes`.
  package func withJSON<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    try record.withRecord(body)
  }
  /// Appends `jsonBytes`.
  package func appendJSON(to bytes: inout [UInt8]) {
    record.withRecord { bytes.append(contentsOf: $0.assumingMemoryBound(to: UInt8.self)) }
  }
  /// The outline of the record (`RecordOutline`); nil for a record that has none.
  package var outline: [UInt8]? { record.outline }
  /// The range of the value of `modified_at` in `jsonBytes`, quotes included; nil if the record has none.
  package var modifiedAtRange: Range<Int>? { record.header.modifiedAtRange }

  /// The record as it was received.
  public var json: String { record.withRecord { String(decoding: $0, as: UTF8.self) } }

  /// The full name as it is written: family name first where it is in Chinese, Japanese or Korean characters.
  public var fullName: String {
    let first = firstName ?? ""
    let last = lastName ?? ""
    if first.isEmpty || last.isEmpty { return first + last }
    return Script.writesFamilyNameFirst(last) ? last + " " + first : first + " " + last
  }

  /// The time by which candidates are ordered: the last interaction, else the update, else the creation.
  public var recency: Timestamp? { lastInteractionAt ?? remoteUpdatedAt ?? remoteCreatedAt }

  /// A web address of a candidate and what it leads to.
  public struct Link: Sendable, Hashable {
    /// What it is (`LINKEDIN`, `PERSONAL`), in the third party's words.
    public var kind: String?
    /// The address.
    public var address: String

    /// A link of a kind to an address.
    public init(kind: String?, address: String) {
      self.kind = kind
      self.address = address
    }
  }
}

extension Candidate: Hashable, CustomStringConvertible {
  /// Whether two records are the same, byte for byte; then all of their members are.
  public static func == (a: Candidate, b: Candidate) -> Bool {
    a.record.isIdentical(to: b.record)
      || a.record.withRecord { a in b.record.withRecord { a.elementsEqual($0) } }
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) { record.withRecord { hasher.combine(bytes: $0) } }

  /// The record as it was received.
  public var description: String { json }
}

/// The members of a candidate that are one text.
package enum TextMember: Sendable {
  case id, remoteID, firstName, lastName, company, title, avatar

  fileprivate var position: MemberPositions.Text {
    switch self {
    case .id: .id
    case .remoteID: .remoteID
    case .firstName: .firstName
    case .lastName: .lastName
    case .company: .company
    case .title: .title
    case .avatar: .avatar
    }
  }
}

/// The members of a candidate that are true, false or unknown.
package enum FlagMember: Sendable {
  case isPrivate, canEmail
}

/// The members of a candidate that are times.
package enum TimeMember: Sendable {
  case modifiedAt, lastInteractionAt, remoteCreatedAt, remoteUpdatedAt

  fileprivate var position: MemberPositions.Text {
    switch self {
    case .modifiedAt: .modifiedAt
    case .lastInteractionAt: .lastInteractionAt
    case .remoteCreatedAt: .remoteCreatedAt
    case .remoteUpdatedAt: .remoteUpdatedAt
    }
  }
}

/// The members of a candidate that are lists of texts.
package enum TextList: Sendable {
  case locations, phoneNumbers, emailAddresses, tags, applications, attachments
  /// The addresses of the links.
  case urls
}

/// Members by their names, and texts as the bytes of the record, without strings in between.
extension Candidate {
  package func flag(_ member: FlagMember) -> Bool? {
    switch member {
    case .isPrivate: isPrivate
    case .canEmail: canEmail
    }
  }

  package func time(_ member: TimeMember) -> Timestamp? { record.time(member.position) }

  /// Calls a function with a text in UTF-8, valid until it returns; not where the candidate has none.
  package func withUTF8(of member: TextMember, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    record.withUTF8(of: member.position, body)
  }

  /// Whether a list contains a text, in UTF-8, that satisfies a condition.
  package func contains(_ list: TextList, where isIncluded: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    record.contains(list, where: isIncluded)
  }

  /// Calls a function with the texts of a list in UTF-8, in order. Each is valid until the function returns.
  package func forEachUTF8(in list: TextList, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    _ = record.contains(list) { text in
      body(text)
      return false
    }
  }
}

/// What a script says about how a name is written.
public enum Script {
  /// Whether a name in these characters puts the family name first (Chinese, Japanese, Korean).
  public static func writesFamilyNameFirst(_ name: String) -> Bool {
    guard let scalar = name.unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x1100...0x11FF,
      0xF900...0xFAFF, 0x20000...0x3FFFF:
      return true
    default:
      return false
    }
  }
}
