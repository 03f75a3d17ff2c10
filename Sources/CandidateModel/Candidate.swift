@_exported import CandidateTime

/// A person who has applied for a position, as the applicant tracking system tells it.
///
/// The fields are those of Bindbee's candidate (`GET /api/ats/v1/candidates/{id}`). Only `id` is certain; `nil`
/// means unknown, never false and never zero. `json` is the record as it was received, byte for byte.
public struct Candidate: Sendable, Hashable {
  /// The record's id at the API, unique within a connector.
  public var id: String
  /// The third party's id of the same object, unique within a connector.
  public var remoteID: String?
  /// When the API last wrote the record; it moves on every resync, even where nothing else has changed.
  public var modifiedAt: Timestamp?
  /// The candidate's first name.
  public var firstName: String?
  /// The candidate's last name.
  public var lastName: String?
  /// The company where the candidate has applied.
  public var company: String?
  /// The position for which the candidate has applied.
  public var title: String?
  /// The last interaction with the candidate.
  public var lastInteractionAt: Timestamp?
  /// Whether the candidate is restricted in the applicant tracking system (a confidential search, say).
  public var isPrivate: Bool?
  /// Whether the candidate may be contacted. Unknown is not permission.
  public var canEmail: Bool?
  /// Where the candidate lives or looks for work.
  public var locations: [String] = []
  /// Phone numbers, in whatever notation they were entered.
  public var phoneNumbers: [String] = []
  /// E-mail addresses.
  public var emailAddresses: [String] = []
  /// Web pages: a profile, a personal site.
  public var urls: [Link] = []
  /// Free text in the customer's own words, used to categorise candidates.
  public var tags: [String] = []
  /// Ids of the candidate's applications.
  public var applications: [String] = []
  /// Ids of the candidate's attachments.
  public var attachments: [String] = []
  /// When the third party created the candidate.
  public var remoteCreatedAt: Timestamp?
  /// When the third party last updated the candidate.
  public var remoteUpdatedAt: Timestamp?
  /// The address of a picture.
  public var avatar: String?
  /// Fields of the customer's own. They can hold data on health or origin, so none of them is searched unless an
  /// index was told to.
  public var customFields: JSONText?
  /// The third party's own record, where it was asked for. As sensitive as `customFields`.
  public var rawData: JSONText?
  /// Members of the record that the API does not describe, by name.
  public var unknownFields: [String: JSONText] = [:]
  /// The record as it was received: one JSON object in UTF-8.
  public var jsonBytes: [UInt8]
  /// Where the value of `modified_at` stands in `jsonBytes`, quotes included; nil if the record has none.
  package var modifiedAtRange: Range<Int>?

  /// The record as it was received.
  public var json: String { String(decoding: jsonBytes, as: UTF8.self) }

  /// The full name as it is written: family name first where it is in Chinese, Japanese or Korean characters.
  public var fullName: String {
    let first = firstName ?? ""
    let last = lastName ?? ""
    if first.isEmpty || last.isEmpty { return first + last }
    return Script.writesFamilyNameFirst(last) ? "\(last) \(first)" : "\(first) \(last)"
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
