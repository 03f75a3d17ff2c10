import CSimdJSON

/// Reads candidates from JSON, forgiving what real exports get wrong.
///
/// - A number where a text belongs is taken as it is spelled; one value where a list belongs is a list of one;
///   nulls in a list are dropped; `"true"` and `"false"` are booleans, an empty text is null.
/// - An e-mail or a phone may be an object (`value`, `email_address`, `phone_number`), a link's kind `type` or
///   `url_type`, an application or attachment a whole object with an `id`.
/// - Anything else of the wrong kind counts as absent, element by element in a list, and is noted in `memberDefects`.
///   The record comes in without it; only an `id` that is missing or unusable refuses it.
/// - A privacy flag that is none of `true`, `false` and `null` counts as what shows and permits less: `is_private` as
///   true, `can_email` as false. The same holds where a flag occurs twice: true wins for `is_private` (by either
///   name), false for `can_email`. `null` and absence are unknown.
///
/// A decoder reuses its memory from record to record and belongs to one thread.
public final class CandidateDecoder {
  private let document: JSONDocument
  /// Holds a record with the padding that the document needs.
  private var padded: [UInt8] = []
  private let defects = MemberDefects()
  private let origin: RecordOrigin

  /// The defects of the last record's members, each kind once with a count.
  public var memberDefects: [MemberDefectCount] { defects.counts }

  /// A decoder for any number of records.
  public convenience init() { self.init(origin: .received) }

  package init(origin: RecordOrigin) {
    self.origin = origin
    document = JSONDocument(limits: origin == .received ? RecordLimits.received : RecordLimits.stored)
  }

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
    let root = try root(of: record)
    var candidate = Candidate(id: "", jsonBytes: Array(record))
    for value in root.children {
      if let member = CandidateMember(key: value.key) {
        if member == .id { candidate.id = try id(value) } else { read(member, from: value, into: &candidate) }
      } else {
        candidate.unknownFields[String(decoding: value.key, as: UTF8.self)] = value.spelled
      }
    }
    guard !candidate.id.isEmpty else { throw .noID }
    return candidate
  }

  /// What an upsert must know of a record before anything else. `JSONDocument.padding` bytes must be readable after
  /// `record`. Throws `RecordDefect` for what is no object or has no id that can be used.
  package func head(of record: UnsafeRawBufferPointer) throws(RecordDefect) -> RecordHead {
    let root = try root(of: record)
    var head = RecordHead(id: "")
    for value in root.children {
      switch CandidateMember(key: value.key) {
      case .id: head.id = try id(value)
      case .modifiedAt:
        head.modifiedAt = FieldReader(name: "modified_at", value: value, defects: defects).time()
        head.modifiedAtRange = value.range
      default: continue
      }
    }
    guard !head.id.isEmpty else { throw .noID }
    return head
  }

  private func root(of record: UnsafeRawBufferPointer) throws(RecordDefect) -> JSONValue {
    defects.removeAll()
    if origin == .received, record.count > RecordLimits.maximumBytes {
      throw .tooLong(limit: RecordLimits.maximumBytes)
    }
    return try document.parse(record)
  }

  private func read(
    _ member: CandidateMember, from value: JSONValue, into candidate: inout Candidate
  ) {
    let field = FieldReader(name: member.rawValue, value: value, defects: defects)
    switch member {
    case .id: break
    case .remoteID: candidate.remoteID = field.text()
    case .modifiedAt:
      candidate.modifiedAt = field.time()
      candidate.modifiedAtRange = value.range
    case .firstName: candidate.firstName = field.text()
    case .lastName: candidate.lastName = field.text()
    case .company: candidate.company = field.text()
    case .title: candidate.title = field.text()
    case .lastInteractionAt: candidate.lastInteractionAt = field.time()
    case .isPrivate, .confidential:
      // Where a record has both, one true is enough: showing a hidden person is the worse mistake.
      if let flag = field.flag(unknown: true) { candidate.isPrivate = flag || candidate.isPrivate == true }
    case .canEmail:
      // The other way round: mail to a person who declined is the worse mistake.
      if let flag = field.flag(unknown: false) { candidate.canEmail = flag && candidate.canEmail != false }
    // Kombo's single location may have come before.
    case .locations: candidate.locations = field.texts(objectMembers: []) + candidate.locations
    case .location: if let place = field.place() { candidate.locations.append(place) }
    case .phoneNumbers: candidate.phoneNumbers = field.texts(objectMembers: ["value", "phone_number"])
    case .emailAddresses:
      candidate.emailAddresses = field.texts(objectMembers: ["value", "email_address"])
    case .urls: candidate.urls = field.links()
    case .tags: candidate.tags = field.texts(objectMembers: [])
    case .applications: candidate.applications = field.texts(objectMembers: ["id"])
    case .attachments: candidate.attachments = field.texts(objectMembers: ["id"])
    case .remoteCreatedAt: candidate.remoteCreatedAt = field.time()
    case .remoteUpdatedAt: candidate.remoteUpdatedAt = field.time()
    case .avatar: candidate.avatar = field.text()
    case .customFields: candidate.customFields = field.object(isSearched: true)
    case .rawData: candidate.rawData = field.object(isSearched: false)
    }
  }

  /// The id, or an empty text where there is none.
  private func id(_ value: JSONValue) throws(RecordDefect) -> String {
    guard let bytes = value.text else {
      if value.kind == CSJ_NULL { return "" }
      throw .idOfWrongKind(found: value.kindName)
    }
    let id = String(decoding: bytes, as: UTF8.self)
    if origin == .received, let control = id.unicodeScalars.first(where: \.isControlOrBidi) {
      throw .controlCharacterInID(control)
    }
    return id
  }
}

/// The part of a record that says which it is and how new.
package struct RecordHead {
  package var id: String
  package var modifiedAt: Timestamp?
  package var modifiedAtRange: Range<Int>?
}
