/// Records without some of their members.
extension CandidateDecoder {
  /// A candidate whose record lacks some members, by their names, wherever a name is repeated. The others keep their bytes;
  /// members beyond `RecordLimits`, whose names are not read, are left out. Throws `RecordDefect`.
  package func decode(_ candidate: Candidate, without names: Set<String>) throws(RecordDefect) -> Candidate {
    let json = candidate.jsonBytes
    let remaining = json.withUnsafeBytes { record -> Result<[UInt8], RecordDefect> in
      Result { () throws(RecordDefect) in try kept(of: record, without: names) }
    }
    return try decode(bytes: remaining.get())
  }

  /// Each member is what follows the previous one: a comma, its name, its value, and the space between.
  private func kept(
    of record: UnsafeRawBufferPointer, without names: Set<String>
  ) throws(RecordDefect) -> [UInt8] {
    let root = try root(of: record)
    let brace = UInt8(ascii: "{"), comma = UInt8(ascii: ",")
    var end = (record.firstIndex(of: brace) ?? record.startIndex) + 1
    var kept = Array(record[..<end])
    var isFirst = true
    for value in root.children {
      let member = record[end..<value.position.range.upperBound]
      end = value.position.range.upperBound
      if names.contains(String(decoding: value.key, as: UTF8.self)) { continue }
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
