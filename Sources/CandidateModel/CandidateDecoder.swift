/// Reads candidates from JSON, forgiving what real exports get wrong.
///
/// - A number where a text belongs is taken as it is spelled; one value where a list belongs is a list of one;
///   nulls in a list are dropped; `"true"` and `"false"` are booleans.
/// - An e-mail or a phone may be an object (`value`, `email_address`, `phone_number`), a link's kind `type` or
///   `url_type`, an application or attachment a whole object with an `id`.
/// - A time that does not parse counts as none and is reported in `unreadTimes`.
/// - Anything else of the wrong kind refuses the record.
///
/// A decoder reuses its memory from record to record and belongs to one thread.
public final class CandidateDecoder {
  private let document = JSONDocument()
  /// Holds a record with the padding that the document needs.
  private var padded: [UInt8] = []

  /// Fields of the last record whose time did not parse, with what stood there.
  public private(set) var unreadTimes: [(field: String, text: String)] = []

  /// A decoder for any number of records.
  public init() {}

  /// The candidate that a JSON object describes. Throws `RecordDefect`.
  public func decode(json: String) throws(RecordDefect) -> Candidate {
    try decode(bytes: Array(json.utf8))
  }

  /// The candidate that a JSON object in UTF-8 describes. Throws `RecordDefect`.
  public func decode(bytes: [UInt8]) throws(RecordDefect) -> Candidate {
    let result = bytes.withUnsafeBytes { bytes -> Result<Candidate, RecordDefect> in
      Result { () throws(RecordDefect) in try decode(copying: bytes) }
    }
    return try result.get()
  }

  /// As above, from memory that nothing is known of: it is copied.
  package func decode(copying record: UnsafeRawBufferPointer) throws(RecordDefect) -> Candidate {
    let length = record.count + JSONDocument.padding
    if padded.count < length { padded = [UInt8](repeating: 0, count: 2 * length) }
    let result = padded.withUnsafeMutableBytes { padded -> Result<Candidate, RecordDefect> in
      padded.copyMemory(from: record)
      return Result { () throws(RecordDefect) in
        try decode(UnsafeRawBufferPointer(rebasing: padded[..<record.count]))
      }
    }
    return try result.get()
  }

  /// As above; `JSONDocument.padding` bytes must be readable after `record`.
  package func decode(_ record: UnsafeRawBufferPointer) throws(RecordDefect) -> Candidate {
    unreadTimes.removeAll(keepingCapacity: true)
    let root = try document.parse(record)
    var candidate = Candidate(id: "", jsonBytes: Array(record))
    for value in root.children {
      if let member = CandidateMember(key: value.key) {
        try read(member, from: value, into: &candidate)
      } else {
        candidate.unknownFields[String(decoding: value.key, as: UTF8.self)] = value.spelled
      }
    }
    guard !candidate.id.isEmpty else { throw .noID }
    return candidate
  }

  /// What an upsert must know of a record before anything else. `JSONDocument.padding` bytes must be readable after
  /// `record`. Throws `RecordDefect` for what is no object or has no id.
  package func head(of record: UnsafeRawBufferPointer) throws(RecordDefect) -> RecordHead {
    let root = try document.parse(record)
    var head = RecordHead(id: "")
    for value in root.children {
      switch CandidateMember(key: value.key) {
      case .id: head.id = try FieldReader(name: "id", value: value).text() ?? ""
      case .modifiedAt:
        head.modifiedAt = try time(FieldReader(name: "modified_at", value: value))
        head.modifiedAtRange = value.range
      default: continue
      }
    }
    guard !head.id.isEmpty else { throw .noID }
    return head
  }

  private func read(
    _ member: CandidateMember, from value: JSONValue, into candidate: inout Candidate
  ) throws(RecordDefect) {
    let field = FieldReader(name: member.rawValue, value: value)
    switch member {
    case .id: candidate.id = try field.text() ?? ""
    case .remoteID: candidate.remoteID = try field.text()
    case .modifiedAt:
      candidate.modifiedAt = try time(field)
      candidate.modifiedAtRange = value.range
    case .firstName: candidate.firstName = try field.text()
    case .lastName: candidate.lastName = try field.text()
    case .company: candidate.company = try field.text()
    case .title: candidate.title = try field.text()
    case .lastInteractionAt: candidate.lastInteractionAt = try time(field)
    case .isPrivate, .confidential:
      // Where a record has both, one true is enough: showing a hidden person is the worse mistake.
      if let flag = try field.flag() { candidate.isPrivate = flag || candidate.isPrivate == true }
    case .canEmail: candidate.canEmail = try field.flag()
    // Kombo's single location may have come before.
    case .locations: candidate.locations = try field.texts(objectMembers: []) + candidate.locations
    case .location: if let place = try field.place() { candidate.locations.append(place) }
    case .phoneNumbers: candidate.phoneNumbers = try field.texts(objectMembers: ["value", "phone_number"])
    case .emailAddresses:
      candidate.emailAddresses = try field.texts(objectMembers: ["value", "email_address"])
    case .urls: candidate.urls = try field.links()
    case .tags: candidate.tags = try field.texts(objectMembers: [])
    case .applications: candidate.applications = try field.texts(objectMembers: ["id"])
    case .attachments: candidate.attachments = try field.texts(objectMembers: ["id"])
    case .remoteCreatedAt: candidate.remoteCreatedAt = try time(field)
    case .remoteUpdatedAt: candidate.remoteUpdatedAt = try time(field)
    case .avatar: candidate.avatar = try field.text()
    case .customFields: candidate.customFields = try field.object()
    case .rawData: candidate.rawData = try field.object()
    }
  }

  private func time(_ field: FieldReader) throws(RecordDefect) -> Timestamp? {
    let (time, unread) = try field.time()
    if let unread { unreadTimes.append((field.name, unread)) }
    return time
  }
}

/// The part of a record that says which it is and how new.
package struct RecordHead {
  package var id: String
  package var modifiedAt: Timestamp?
  package var modifiedAtRange: Range<Int>?
}
