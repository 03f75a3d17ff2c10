/// A candidate's record in one block of memory: the positions of its members, its bytes, then the texts that are derived
/// from it. Texts are made when they are read.
struct CandidateRecord: @unchecked Sendable {
  /// What is known of a record besides its texts.
  struct Header: Sendable {
    var isPrivate: Bool?
    var canEmail: Bool?
    /// The range of the value of `modified_at` in the record.
    var modifiedAtRange: Range<Int>?
  }

  private struct Layout {
    let header: Header
    /// The number of bytes before the record.
    let start: Int
    /// The length of the record, in bytes.
    let length: Int
    /// The number of all bytes.
    let count: Int
  }

  /// Never written after `init`.
  private let block: ManagedBuffer<Layout, TextPosition>

  var header: Header { layout.header }
  /// The length of the record, in bytes.
  var length: Int { layout.length }
  private var start: Int { layout.start }
  /// The property `header` of the block would check for exclusive access, which takes longer than reading it.
  private var layout: Layout { block.withUnsafeMutablePointerToHeader(\.pointee) }

  /// Copies a record and what was found in it. The bytes from `offset` on are replaced by others.
  init(
    _ members: borrowing CandidateMembers, of record: UnsafeRawBufferPointer, replacing offset: Int = 0,
    by bytes: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  ) {
    let positions = members.positions.all
    let stride = MemoryLayout<TextPosition>.stride
    let start = positions.count * stride
    let layout = Layout(
      header: members.header, start: start, length: record.count,
      count: start + record.count + members.derived.count)
    block = .create(minimumCapacity: (layout.count + stride - 1) / stride) { _ in layout }
    let all = all
    _ = all.initializeMemory(as: TextPosition.self, fromContentsOf: positions)
    UnsafeMutableRawBufferPointer(rebasing: all[start...]).copyMemory(from: record)
    UnsafeMutableRawBufferPointer(rebasing: all[(start + offset)..<(start + record.count)]).copyMemory(
      from: bytes)
    UnsafeMutableRawBufferPointer(rebasing: all[(start + record.count)...]).copyBytes(from: members.derived)
  }

  /// Whether another record is the same one in memory.
  func isIdentical(to other: CandidateRecord) -> Bool { block === other.block }

  /// All bytes, valid as long as the block.
  private var all: UnsafeMutableRawBufferPointer {
    block.withUnsafeMutablePointers { layout, bytes in
      UnsafeMutableRawBufferPointer(start: bytes, count: layout.pointee.count)
    }
  }

  /// Calls `body` with the positions of the members.
  func withPositions<T>(_ body: (UnsafeBufferPointer<TextPosition>) throws -> T) rethrows -> T {
    try read { try body($0.positions) }
  }

  /// Whether the record spells the texts of all members.
  var isSpelled: Bool {
    let layout = layout
    if layout.count == layout.start + layout.length { return true }
    let lists = MemberPositions.textCount..<MemberPositions.headCount
    return withPositions { positions in
      positions.indices.allSatisfy { i in
        lists.contains(i) || positions[i].ifPresent.map { $0.range.upperBound <= layout.length } ?? true
      }
    }
  }

  /// Calls `body` with the record as it was received.
  func withRecord<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    try withExtendedLifetime(block) {
      try body(UnsafeRawBufferPointer(rebasing: all[start..<(start + length)]))
    }
  }

  func text(_ member: MemberPositions.Text) -> String? {
    read { parts in parts[member].map { String(decoding: parts[$0], as: UTF8.self) } }
  }

  /// Calls `body` with a text in UTF-8, if the record has it.
  func withUTF8(of member: MemberPositions.Text, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    read { parts in if let position = parts[member] { body(parts.utf8(position)) } }
  }

  func time(_ member: MemberPositions.Text) -> Timestamp? {
    read { parts in parts[member].flatMap { Timestamp(utf8: parts[$0]) } }
  }

  func json(_ member: MemberPositions.Text) -> JSONText? {
    read { parts in parts[member].map { JSONText(parts[$0]) } }
  }

  func texts(_ list: MemberPositions.List) -> [String] {
    read { parts in parts[list].map { String(decoding: parts[$0], as: UTF8.self) } }
  }

  /// Whether a list contains a text, in UTF-8, that satisfies a condition.
  func contains(_ list: TextList, where isIncluded: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    read { parts in
      let (positions, step) = parts.texts(of: list)
      var i = positions.startIndex + step - 1
      while i < positions.endIndex {
        if isIncluded(parts.utf8(positions[i])) { return true }
        i += step
      }
      return false
    }
  }

  var links: [Candidate.Link] {
    read { parts in
      parts.pairs(of: .links) { kind, address in
        Candidate.Link(
          kind: kind.map { String(decoding: parts[$0], as: UTF8.self) },
          address: String(decoding: parts[address], as: UTF8.self))
      }
    }
  }

  var unknownFields: [String: JSONText] {
    read { parts in
      let fields = parts.pairs(of: .unknownFields) { name, value in
        (name.map { String(decoding: parts[$0], as: UTF8.self) } ?? "", JSONText(parts[value]))
      }
      return Dictionary(fields, uniquingKeysWith: { $1 })
    }
  }

  private func read<T>(_ body: (Parts) throws -> T) rethrows -> T {
    try withExtendedLifetime(block) {
      let all = UnsafeRawBufferPointer(all)
      return try body(
        Parts(
          positions: UnsafeRawBufferPointer(rebasing: all[..<start]).assumingMemoryBound(
            to: TextPosition.self),
          bytes: UnsafeRawBufferPointer(rebasing: all[start...])))
    }
  }

  /// The parts of the block; valid while it is read.
  private struct Parts {
    let positions: UnsafeBufferPointer<TextPosition>
    /// The record, then the derived texts.
    let bytes: UnsafeRawBufferPointer

    subscript(member: MemberPositions.Text) -> TextPosition? { positions[member.rawValue].ifPresent }

    subscript(list: MemberPositions.List) -> Slice<UnsafeBufferPointer<TextPosition>> {
      positions[positions[list.index].ifPresent?.range ?? 0..<0]
    }

    subscript(position: TextPosition) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(rebasing: bytes[position.range])
    }

    func utf8(_ position: TextPosition) -> UnsafeBufferPointer<UInt8> {
      self[position].assumingMemoryBound(to: UInt8.self)
    }

    /// The elements of a list, and the number of positions that each takes; the last of them is that of its text.
    func texts(of list: TextList) -> (Slice<UnsafeBufferPointer<TextPosition>>, step: Int) {
      switch list {
      case .locations: (self[.locations], 1)
      case .phoneNumbers: (self[.phoneNumbers], 1)
      case .emailAddresses: (self[.emailAddresses], 1)
      case .tags: (self[.tags], 1)
      case .applications: (self[.applications], 1)
      case .attachments: (self[.attachments], 1)
      case .urls: (self[.links], 2)
      }
    }

    /// The elements of a list of pairs.
    func pairs<Pair>(
      of list: MemberPositions.List, _ make: (TextPosition?, TextPosition) -> Pair
    ) -> [Pair] {
      let elements = self[list]
      return stride(from: elements.startIndex, to: elements.endIndex, by: 2).map {
        make(elements[$0].ifPresent, elements[$0 + 1])
      }
    }
  }
}
