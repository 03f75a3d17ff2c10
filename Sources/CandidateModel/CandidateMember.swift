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

  /// The member with this name, found by its length first: a record has twenty of them.
  init?(key: UnsafeRawBufferPointer) {
    guard key.count < Self.byLength.count else { return nil }
    for (name, member) in Self.byLength[key.count] where key.elementsEqual(name) {
      self = member
      return
    }
    return nil
  }

  private static let byLength: [[([UInt8], CandidateMember)]] = {
    let longest = allCases.map(\.rawValue.utf8.count).max() ?? 0
    var table = [[([UInt8], CandidateMember)]](repeating: [], count: longest + 1)
    for member in allCases { table[member.rawValue.utf8.count].append((Array(member.rawValue.utf8), member)) }
    return table
  }()
}
