@_exported import CandidateTime

/// A candidate as the applicant tracking system reports it.
///
/// The fields are those of Bindbee's candidate (`GET /api/ats/v1/candidates/{id}`). Only `id` is certain;
/// `nil` means unknown, never false and never zero. `json` is the record as it was received, byte for byte.
/// Every other member is read from it, so none can be changed.
public struct Candidate: Sendable, Hashable {
  /// The record's id at the API, unique within a connector.
  public internal(set) var id: String
  /// The third party's id of the same object, unique within a connector.
  public internal(set) var remoteID: String?
  /// When the API last wrote the record; it moves on every resync, even where nothing else has changed.
  public internal(set) var modifiedAt: Timestamp?
  /// The candidate's first name.
  public internal(set) var firstName: String?
  /// The candidate's last name.
  public internal(set) var lastName: String?
  /// The company as the applicant tracking system reports it; in most systems the current employer.
  public internal(set) var company: String?
  /// The position as the applicant tracking system reports it; in most systems the current one.
  public internal(set) var title: String?
  /// The last interaction with the candidate.
  public internal(set) var lastInteractionAt: Timestamp?
  /// Whether the candidate is restricted in the applicant tracking system (a confidential search, say).
  public internal(set) var isPrivate: Bool?
  /// Whether the candidate may be contacted. Unknown is not permission.
  public internal(set) var canEmail: Bool?
  /// Where the candidate lives or looks for work.
  public internal(set) var locations: [String] = []
  /// Phone numbers, in whatever notation they were entered.
  public internal(set) var phoneNumbers: [String] = []
  /// E-mail addresses.
  public internal(set) var emailAddresses: [String] = []
  /// Web pages: a profile, a personal site.
  public internal(set) var urls: [Link] = []
  /// Free text in the customer's own words, used to categorise candidates.
  public internal(set) var tags: [String] = []
  /// Ids of the candidate's applications.
  public internal(set) var applications: [String] = []
  /// Ids of the candidate's attachments.
  public internal(set) var attachments: [String] = []
  /// When the third party created the candidate.
  public internal(set) var remoteCreatedAt: Timestamp?
  /// When the third party last updated the candidate.
  public internal(set) var remoteUpdatedAt: Timestamp?
  /// The address of a picture.
  public internal(set) var avatar: String?
  /// Fields of the customer's own. They can hold data on health or origin, so none of them is searched unless
  /// an index was told to.
  public internal(set) var customFields: JSONText?
  /// The third party's own record, where it was requested. As sensitive as `customFields`.
  public internal(set) var rawData: JSONText?
  /// Members of the record that the API does not describe, by name.
  public internal(set) var unknownFields: [String: JSONText] = [:]
  /// The record as it was received: one JSON object in UTF-8.
  public internal(set) var jsonBytes: [UInt8]
  /// The range of the value of `modified_at` in `jsonBytes`, quotes included; nil if the record has none.
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
