extension Candidate {
  /// The names of the members that the API describes, and those of sibling APIs that are read in their place.
  public static let memberNames = CandidateMember.allCases.map(\.rawValue)

  /// The record with some of its members alone, by their names; they keep their bytes. Reads the record again: about two
  /// microseconds.
  /// - Throws: `RecordDefect` for a record that can no longer be read.
  public func jsonBytes(ofMembers names: Set<String>) throws(RecordDefect) -> [UInt8] {
    try CandidateDecoder(origin: .stored).json(of: self) { value in
      names.contains(String(decoding: value.key, as: UTF8.self)) ? .whole : .none
    }
  }
}

/// How much of a member's value is kept.
private enum Kept {
  case none, whole
  /// Of objects in it only these members.
  case reading([StaticString])
}

/// Records with some of their members.
extension CandidateDecoder {
  /// A candidate whose record has no other members than some, by their names, and whose objects in these have no other
  /// members than those that are read. What is kept keeps its bytes, also where a name is repeated; members and elements
  /// beyond `RecordLimits`, which are not read, are left out. Throws `RecordDefect`.
  package func decode(_ candidate: Candidate, keeping names: Set<String>) throws(RecordDefect) -> Candidate {
    try decode(
      bytes: json(of: candidate) { value in
        guard let member = CandidateMember(key: value.key), names.contains(member.rawValue) else {
          return .none
        }
        return .reading(member.objectMembers)
      })
  }

  /// The record of a candidate with some of its members.
  fileprivate func json(
    of candidate: Candidate, keeping: (JSONValue) -> Kept
  ) throws(RecordDefect) -> [UInt8] {
    let json = candidate.jsonBytes
    let remaining = json.withUnsafeBytes { record -> Result<[UInt8], RecordDefect> in
      Result { () throws(RecordDefect) in
        let root = try root(of: ReadRecord(record))
        var writer = MemberWriter(record)
        writer.append(object: root, in: record.indices, keeping: keeping)
        return writer.kept
      }
    }
    return try remaining.get()
  }
}

/// Writes the parts of a record that are kept, with the space between them. The parser reads three levels of lists and objects,
/// so that the recursion is as deep at most.
private struct MemberWriter {
  private let record: UnsafeRawBufferPointer
  private(set) var kept: [UInt8] = []

  init(_ record: UnsafeRawBufferPointer) { self.record = record }

  /// Appends an object. Each member is what follows the previous one: a comma, its name, its value, and the space between.
  mutating func append(
    object: JSONValue, in range: Range<Int>, keeping: (JSONValue) -> Kept
  ) {
    let comma = UInt8(ascii: ",")
    var end = (record[range].firstIndex(of: UInt8(ascii: "{")) ?? range.lowerBound) + 1
    kept += record[range.lowerBound..<end]
    var isFirst = true
    for value in object.children {
      let position = value.position.range
      let name = record[end..<position.lowerBound]
      end = position.upperBound
      let keeping = keeping(value)
      if case .none = keeping { continue }
      // The first member of an object has no comma before it.
      if isFirst, let i = name.firstIndex(of: comma), name[..<i].allSatisfy({ $0 <= 0x20 }) {
        kept += name[(i + 1)...]
      } else {
        kept += name
      }
      isFirst = false
      if case .reading(let names) = keeping {
        append(value, reading: names)
      } else {
        kept += record[position]
      }
    }
    if object.isCut { kept.append(UInt8(ascii: "}")) } else { kept += record[end..<range.upperBound] }
  }

  /// Appends a value; of an object in it only some members.
  private mutating func append(_ value: JSONValue, reading names: [StaticString]) {
    let range = value.position.range
    guard value.isObject || value.isList else {
      kept += record[range]
      return
    }
    guard value.isList else {
      return append(object: value, in: range) { member in
        names.contains(where: member.isKey) ? .reading(names) : .none
      }
    }
    var end = range.lowerBound + 1
    kept.append(UInt8(ascii: "["))
    for element in value.children {
      kept += record[end..<element.position.range.lowerBound]
      end = element.position.range.upperBound
      append(element, reading: names)
    }
    if value.isCut { kept.append(UInt8(ascii: "]")) } else { kept += record[end..<range.upperBound] }
  }
}
