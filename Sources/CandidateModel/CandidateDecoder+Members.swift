extension Candidate {
  /// The names of the members that the API describes, and those of sibling APIs that are read in their place.
  public static let memberNames = CandidateMember.allCases.map(\.rawValue)

  /// The record with some of its members alone, by their names; they keep their bytes. Reads the record again: about two
  /// microseconds.
  /// - Throws: `RecordDefect` for a record that can no longer be read.
  public func jsonBytes(ofMembers names: Set<String>) throws(RecordDefect) -> [UInt8] {
    try CandidateDecoder(origin: .stored).json(of: self) { names.contains($0) }
  }
}

/// Records without some of their members.
extension CandidateDecoder {
  /// A candidate whose record lacks some members, by their names, wherever a name is repeated. The others keep their bytes;
  /// members beyond `RecordLimits`, whose names are not read, are left out. Throws `RecordDefect`.
  package func decode(_ candidate: Candidate, without names: Set<String>) throws(RecordDefect) -> Candidate {
    try decode(bytes: json(of: candidate) { !names.contains($0) })
  }

  /// The record of a candidate with the members whose names are included.
  fileprivate func json(
    of candidate: Candidate, where isIncluded: (String) -> Bool
  ) throws(RecordDefect) -> [UInt8] {
    let json = candidate.jsonBytes
    let remaining = json.withUnsafeBytes { record -> Result<[UInt8], RecordDefect> in
      Result { () throws(RecordDefect) in try kept(of: record, where: isIncluded) }
    }
    return try remaining.get()
  }

  /// Each member is what follows the previous one: a comma, its name, its value, and the space between.
  private func kept(
    of record: UnsafeRawBufferPointer, where isIncluded: (String) -> Bool
  ) throws(RecordDefect) -> [UInt8] {
    let root = try root(of: record)
    let brace = UInt8(ascii: "{"), comma = UInt8(ascii: ",")
    var end = (record.firstIndex(of: brace) ?? record.startIndex) + 1
    var kept = Array(record[..<end])
    var isFirst = true
    for value in root.children {
      let member = record[end..<value.position.range.upperBound]
      end = value.position.range.upperBound
      if !isIncluded(String(decoding: value.key, as: UTF8.self)) { continue }
      // The first member of an object has no comma before it.
      if isFirst, let i = member.firstIndex(of: comma), member[..<i].allSatisfy({ $0 <= 0x20 }) {
        kept += member[(i + 1)...]
      } else {
        kept += member
      }
      isFirst = false
    }
    kept += root.isCut ? Array("}".utf8) : Array(record[end...])
    return kept
  }
}
