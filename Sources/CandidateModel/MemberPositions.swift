/// The position of a text of a record: in its bytes, or after their end in the texts that are derived from it.
struct TextPosition: Hashable, Sendable {
  let offset: UInt32
  let length: UInt32

  /// The position in the bytes and the derived texts together.
  var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }

  /// The position of a text that a record does not have.
  static let absent = TextPosition(offset: .max, length: 0)

  var ifPresent: TextPosition? { offset == .max ? nil : self }
}

/// The positions of a record's members, in one array: a position for each text, a range of the array for each list, then
/// the elements of the lists.
struct MemberPositions {
  /// The members that are one text, or one value as it is spelled.
  enum Text: Int, CaseIterable {
    case id, remoteID, modifiedAt, firstName, lastName, company, title, lastInteractionAt
    case remoteCreatedAt, remoteUpdatedAt, avatar, customFields, rawData
  }

  /// The members that are lists. A link is a kind and an address, an unknown field a name and a value.
  enum List: Int, CaseIterable {
    case locations, phoneNumbers, emailAddresses, links, tags, applications, attachments, unknownFields

    /// The index of the list's range.
    var index: Int { MemberPositions.textCount + rawValue }
  }

  private static let textCount = 13
  private static let headCount = textCount + 8

  private(set) var all: ContiguousArray<TextPosition> = []

  mutating func removeAll() {
    all.removeAll(keepingCapacity: true)
    all.append(contentsOf: repeatElement(.absent, count: Self.headCount))
  }

  subscript(member: Text) -> TextPosition? {
    get { all[member.rawValue].ifPresent }
    set { all[member.rawValue] = newValue ?? .absent }
  }

  /// Makes the positions that `body` appends the elements of a list.
  mutating func set(_ list: List, _ body: (inout MemberPositions) -> Void) {
    let start = all.count
    body(&self)
    all[list.index] = TextPosition(offset: UInt32(start), length: UInt32(all.count - start))
  }

  mutating func append(_ position: TextPosition?) { all.append(position ?? .absent) }

  /// Appends the elements that a list has.
  mutating func append(elementsOf list: List) {
    for i in all[list.index].ifPresent?.range ?? 0..<0 { all.append(all[i]) }
  }
}
