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
/// the elements of the lists. Its memory is its own: an array would be checked at each of the hundred accesses of a record.
struct MemberPositions: ~Copyable {
  /// The members that are one text, or one value as it is spelled.
  enum Text: Int, CaseIterable {
    case id, remoteID, modifiedAt, firstName, lastName, company, title, lastInteractionAt
    case remoteCreatedAt, remoteUpdatedAt, avatar, customFields, rawData
  }

  /// The members that are lists. A link is a kind and an address, an unknown field a name and a value.
  enum List: Int, CaseIterable {
    case locations, phoneNumbers, emailAddresses, links, tags, applications, attachments, unknownFields

    /// All lists, made once.
    static let all = allCases

    /// Whether its elements are pairs, of which the first may be absent.
    var isOfPairs: Bool { self == .links || self == .unknownFields }

    /// The index of the list's range.
    var index: Int { MemberPositions.textCount + rawValue }
  }

  /// The number of texts, which come first, and that of texts and lists.
  static let textCount = 13
  static let headCount = textCount + 8

  private var memory: UnsafeMutablePointer<TextPosition>
  private var capacity = 4 * headCount
  private var count = 0

  init() { memory = .allocate(capacity: capacity) }
  deinit { memory.deallocate() }

  /// All positions, valid until the next change.
  var all: UnsafeBufferPointer<TextPosition> { UnsafeBufferPointer(start: memory, count: count) }

  /// Makes all members absent.
  mutating func removeAll() {
    memory.initialize(repeating: .absent, count: Self.headCount)
    count = Self.headCount
  }

  subscript(member: Text) -> TextPosition? {
    get { memory[member.rawValue].ifPresent }
    set { memory[member.rawValue] = newValue ?? .absent }
  }

  /// Sets the text with a raw value.
  mutating func setText(_ i: Int, _ position: TextPosition?) { memory[i] = position ?? .absent }

  /// Makes the positions that `body` appends the elements of a list.
  mutating func set(_ list: List, _ body: (inout MemberPositions) -> Void) {
    let start = count
    body(&self)
    memory[list.index] = TextPosition(offset: UInt32(start), length: UInt32(count - start))
  }

  mutating func append(_ position: TextPosition?) {
    if count == capacity { grow() }
    (memory + count).initialize(to: position ?? .absent)
    count += 1
  }

  /// Appends the elements that a list has.
  mutating func append(elementsOf list: List) {
    for i in memory[list.index].ifPresent?.range ?? 0..<0 { append(memory[i]) }
  }

  private mutating func grow() {
    capacity *= 2
    let larger = UnsafeMutablePointer<TextPosition>.allocate(capacity: capacity)
    larger.moveInitialize(from: memory, count: count)
    memory.deallocate()
    memory = larger
  }
}
