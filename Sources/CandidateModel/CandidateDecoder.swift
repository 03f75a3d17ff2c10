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
/// A decoder finds the members and judges them; their texts are made when they are read from the candidate. It reuses its
/// memory from record to record and belongs to one thread.
public final class CandidateDecoder {
  private let document: JSONDocument
  private let defects = MemberDefects()
  private var members = CandidateMembers()
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
    let result = bytes.withUnsafeBytes { record -> Result<Candidate, RecordDefect> in
      Result { () throws(RecordDefect) in try decode(record) }
    }
    return try result.get()
  }

  /// As above.
  package func decode(_ record: UnsafeRawBufferPointer) throws(RecordDefect) -> Candidate {
    try decode(ReadRecord(record))
  }

  /// As above, of a record that a reader has just found.
  package func decode(_ record: ReadRecord) throws(RecordDefect) -> Candidate {
    try find(&members, in: root(of: record), length: record.bytes.count)
    return Candidate(CandidateRecord(members, of: record.bytes))
  }

  /// The candidate of a stored record. Throws `RecordDefect`.
  ///
  /// - Parameters:
  ///   - value: The value of `modified_at` as it was last received: JSON in UTF-8; nil or empty where it is that of the
  ///     record.
  ///   - outline: The outline that is stored beside the record. One that cannot be used is ignored.
  package func decode(
    _ record: UnsafeRawBufferPointer, modifiedAt value: UnsafeRawBufferPointer?,
    outline: UnsafeRawBufferPointer? = nil
  ) throws(RecordDefect) -> Candidate {
    if outline.map({ members.read($0, recordBytes: record.count) }) != true {
      try find(&members, in: root(of: ReadRecord(record)), length: record.count)
    }
    guard let range = members.header.modifiedAtRange, let value, !value.isEmpty else {
      return Candidate(CandidateRecord(members, of: record))
    }
    // Nearly always one plain text has replaced another of the same length, so that nothing else changes its place.
    if value.count == range.count, value.isPlainString {
      members.positions[.modifiedAt] = TextPosition(
        offset: UInt32(range.lowerBound + 1), length: UInt32(range.count - 2))
      return Candidate(CandidateRecord(members, of: record, replacing: range.lowerBound, by: value))
    }
    var bytes = Array(record)
    bytes.replaceSubrange(range, with: value)
    return try decode(bytes: bytes)
  }

  private func find(
    _ members: inout CandidateMembers, in root: JSONValue, length: Int
  ) throws(RecordDefect) {
    members.begin(length: length, unescapedTexts: root.unescapedTexts)
    var hasUnknownFields = false
    for value in root.children {
      switch CandidateMember(key: value.key) {
      case .id: members.positions[.id] = try id(value)
      case let member?: read(member, from: value, into: &members)
      case nil: hasUnknownFields = true
      }
    }
    guard let id = members.positions[.id], id.length > 0 else { throw .noID }
    if hasUnknownFields { members.addUnknownFields(of: root) }
  }

  /// What an upsert must know of a record before anything else. Throws `RecordDefect` for what is no object or has no id
  /// that can be used.
  package func head(of record: UnsafeRawBufferPointer) throws(RecordDefect) -> RecordHead {
    try head(of: ReadRecord(record))
  }

  /// As above, of a record that a reader has just found.
  package func head(of record: ReadRecord) throws(RecordDefect) -> RecordHead {
    let root = try root(of: record)
    var head = RecordHead(id: "")
    for value in root.children {
      switch CandidateMember(key: value.key) {
      case .id: head.id = try id(value).map { String(decoding: value.bytes(at: $0), as: UTF8.self) } ?? ""
      case .modifiedAt:
        let time = FieldReader(member: .modifiedAt, value: value, defects: defects).time(isChecked: true)
        head.modifiedAt = time.flatMap { Timestamp(utf8: value.bytes(at: $0)) }
        head.modifiedAtRange = value.position.range
      default: continue
      }
    }
    guard !head.id.isEmpty else { throw .noID }
    return head
  }

  func root(of record: ReadRecord) throws(RecordDefect) -> JSONValue {
    defects.removeAll()
    if let root = record.root { return root }
    if origin == .received, record.bytes.count > RecordLimits.maximumBytes {
      throw .tooLong(limit: RecordLimits.maximumBytes)
    }
    return try document.parse(record.bytes)
  }

  private func read(_ member: CandidateMember, from value: JSONValue, into members: inout CandidateMembers) {
    let field = FieldReader(member: member, value: value, defects: defects)
    // The defects of a stored record are not read.
    func time() -> TextPosition? { field.time(isChecked: origin == .received) }
    switch member {
    case .id: break
    case .remoteID: members.positions[.remoteID] = field.text()
    case .modifiedAt:
      members.positions[.modifiedAt] = time()
      members.header.modifiedAtRange = value.position.range
    case .firstName: members.positions[.firstName] = field.text()
    case .lastName: members.positions[.lastName] = field.text()
    case .company: members.positions[.company] = field.text()
    case .title: members.positions[.title] = field.text()
    case .lastInteractionAt: members.positions[.lastInteractionAt] = time()
    case .isPrivate, .confidential:
      // Where a record has both, one true is enough: showing a hidden person is the worse mistake.
      if let flag = field.flag(unknown: true) {
        members.header.isPrivate = flag || members.header.isPrivate == true
      }
    case .canEmail:
      // The other way round: mail to a person who declined is the worse mistake.
      if let flag = field.flag(unknown: false) {
        members.header.canEmail = flag && members.header.canEmail != false
      }
    case .locations:
      members.positions.set(.locations) { positions in
        field.appendTexts(to: &positions)
        // Kombo's single location may have come before.
        positions.append(elementsOf: .locations)
      }
    case .location:
      guard let place = members.join(field.place(), of: value) else { break }
      members.positions.set(.locations) { positions in
        positions.append(elementsOf: .locations)
        positions.append(place)
      }
    case .phoneNumbers:
      members.positions.set(.phoneNumbers) { field.appendTexts(to: &$0) }
    case .emailAddresses:
      members.positions.set(.emailAddresses) { field.appendTexts(to: &$0) }
    case .urls: members.positions.set(.links) { field.appendLinks(to: &$0) }
    case .tags: members.positions.set(.tags) { field.appendTexts(to: &$0) }
    case .applications: members.positions.set(.applications) { field.appendTexts(to: &$0) }
    case .attachments: members.positions.set(.attachments) { field.appendTexts(to: &$0) }
    case .remoteCreatedAt: members.positions[.remoteCreatedAt] = time()
    case .remoteUpdatedAt: members.positions[.remoteUpdatedAt] = time()
    case .avatar: members.positions[.avatar] = field.text()
    case .customFields: members.positions[.customFields] = field.object(isSearched: true)
    case .rawData: members.positions[.rawData] = field.object(isSearched: false)
    }
  }

  /// The position of the id; nil for null.
  private func id(_ value: JSONValue) throws(RecordDefect) -> TextPosition? {
    guard let position = value.textPosition else {
      if value.kind == CSJ_NULL { return nil }
      throw .idOfWrongKind(found: value.kindName)
    }
    let bytes = value.bytes(at: position)
    if origin == .stored { return position }
    if bytes.count > RecordLimits.maximumIDBytes { throw .idTooLong(limit: RecordLimits.maximumIDBytes) }
    // Most ids are printable ASCII.
    if !bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      let id = String(decoding: bytes, as: UTF8.self)
      if let control = id.unicodeScalars.first(where: \.isControlOrBidi) {
        throw .controlCharacterInID(control)
      }
      if id.unicodeScalars.contains("\u{FFFD}") { throw .replacedCharacterInID }
    }
    return position
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes spell a JSON string of printable ASCII without escapes, which is not empty.
  fileprivate var isPlainString: Bool {
    guard count > 2, first == UInt8(ascii: "\""), last == UInt8(ascii: "\"") else { return false }
    return self[1..<(count - 1)].allSatisfy {
      $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
  }
}

/// The part of a record that says which it is and how new.
package struct RecordHead {
  package var id: String
  package var modifiedAt: Timestamp?
  package var modifiedAtRange: Range<Int>?
}
