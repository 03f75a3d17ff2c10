/// The members of a record as they are found.
struct CandidateMembers: ~Copyable {
  var header = CandidateRecord.Header()
  var positions = MemberPositions()
  /// The texts that do not occur in the record as they are read: unescaped, or joined of several. Their positions follow
  /// those of the record.
  private(set) var derived: [UInt8] = []
  /// The length of the record.
  private var length = 0

  /// Forgets the members of the last record, for one of this length and with these texts that it does not spell.
  mutating func begin(length: Int, unescapedTexts: UnsafeRawBufferPointer? = nil) {
    header = CandidateRecord.Header()
    positions.removeAll()
    derived.removeAll(keepingCapacity: true)
    if let unescapedTexts { derived += unescapedTexts }
    self.length = length
  }

  /// Some texts of a value as one, with commas between; nil for none.
  mutating func join(_ texts: [TextPosition], of value: JSONValue) -> TextPosition? {
    if texts.count < 2 { return texts.first }
    let start = derived.count
    for (i, text) in texts.enumerated() {
      if i > 0 { derived += ", ".utf8 }
      derived += value.bytes(at: text)
    }
    return TextPosition(offset: UInt32(length + start), length: UInt32(derived.count - start))
  }

  /// Adds the members that the API does not describe.
  mutating func addUnknownFields(of root: JSONValue) {
    positions.set(.unknownFields) { positions in
      for value in root.children where CandidateMember(key: value.key) == nil {
        positions.append(value.keyPosition)
        positions.append(value.position)
      }
    }
  }
}
