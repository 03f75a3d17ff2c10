import Glibc

/// The members of a candidate's JSON that mean something to us, by the API's names and those of its siblings
/// (Merge, Kombo). Anything else is kept under `Candidate.unknownFields`.
enum CandidateMember: String, CaseIterable {
  case id, company, title, locations, tags, urls, applications, attachments, avatar
  case remoteID = "remote_id"
  case modifiedAt = "modified_at"
  case firstName = "first_name"
  case lastName = "last_name"
  case lastInteractionAt = "last_interaction_at"
  case isPrivate = "is_private"
  case canEmail = "can_email"
  case phoneNumbers = "phone_numbers"
  case emailAddresses = "email_addresses"
  case remoteCreatedAt = "remote_created_at"
  case remoteUpdatedAt = "remote_updated_at"
  case customFields = "custom_fields"
  case rawData = "raw_data"
  /// Kombo's single place, an object.
  case location
  /// Kombo's word for `is_private`.
  case confidential

  /// Whether a candidate has it, and what a candidate's lists contain (attachments, applications, links) has not.
  var isPersonal: Bool {
    switch self {
    case .firstName, .lastName, .lastInteractionAt, .isPrivate, .confidential, .canEmail, .phoneNumbers,
      .emailAddresses, .applications, .attachments:
      true
    default: false
    }
  }

  /// The members that are read of an object where a text is expected, or of the object that a place is.
  var objectMembers: [StaticString] {
    switch self {
    case .phoneNumbers: Self.phoneMembers
    case .emailAddresses: Self.emailMembers
    case .applications, .attachments: Self.idMembers
    case .location: FieldReader.placeMembers + FieldReader.placePartMembers
    default: []
    }
  }

  private static let phoneMembers: [StaticString] = ["value", "phone_number"]
  private static let emailMembers: [StaticString] = ["value", "email_address"]
  private static let idMembers: [StaticString] = ["id"]

  /// The member with this name.
  init?(key: UnsafeRawBufferPointer) {
    guard let start = key.baseAddress, let first = key.first, let last = key.last else { return nil }
    var slot = Self.slot(length: key.count, first: first, last: last)
    while let entry = Self.table[slot] {
      if entry.length == key.count, memcmp(entry.name, start, key.count) == 0 {
        self = entry.member
        return
      }
      slot = (slot + 1) % Self.slots
    }
    return nil
  }

  private struct Entry {
    /// Never freed, nor changed.
    let name: UnsafeRawPointer
    let length: Int
    let member: CandidateMember

    init(_ member: CandidateMember) {
      let bytes = Array(member.rawValue.utf8)
      let copy = UnsafeMutableRawPointer.allocate(byteCount: bytes.count, alignment: 1)
      copy.initializeMemory(as: UInt8.self, from: bytes, count: bytes.count)
      (name, length, self.member) = (UnsafeRawPointer(copy), bytes.count, member)
    }
  }

  private static func slot(length: Int, first: UInt8, last: UInt8) -> Int {
    (length + 7 * Int(first) + 31 * Int(last)) % slots
  }

  /// Five times as many as there are names, so that the first look mostly is the last: a record has twenty of them.
  private static let slots = 128

  /// Never freed, nor changed. An array would be retained for every member.
  private nonisolated(unsafe) static let table: UnsafePointer<Entry?> = {
    let table = UnsafeMutablePointer<Entry?>.allocate(capacity: slots)
    table.initialize(repeating: nil, count: slots)
    for member in allCases {
      let name = member.rawValue.utf8
      guard let first = name.first, let last = name.last else { continue }
      var slot = slot(length: name.count, first: first, last: last)
      while table[slot] != nil { slot = (slot + 1) % slots }
      table[slot] = Entry(member)
    }
    return UnsafePointer(table)
  }()
}
