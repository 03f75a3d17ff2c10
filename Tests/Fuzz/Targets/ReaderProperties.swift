import CandidateModel

/// However records are laid out and whatever is beside them, the good ones are found, in one pass.
enum ReaderProperties {
  /// What a reader made of an input.
  private struct Reading: Equatable {
    var ids: [String] = []
    var refusals: [String] = []
  }

  static func check(_ bytes: [UInt8]) throws {
    let whole = try read(bytes)
    let pieceLength = 1 + Int(bytes.first ?? 0) % 9
    try hold(try read(bytes, pieceLength: pieceLength) == whole, "the reading does not depend on pieces")

    let lines = bytes.split(separator: 0x0A).map(Array.init)
    let records = lines.filter(isRecord)
    try checkLayouts(records)
    for line in lines.prefix(4) where !isRecord(line) { try checkNeighbours(of: line) }
  }

  private static func read(_ bytes: [UInt8], pieceLength: Int = .max) throws -> Reading {
    let reader = RecordReader(ByteSource(bytes: bytes, name: "fuzz", pieceLength: pieceLength))
    let decoder = CandidateDecoder()
    var reading = Reading()
    while let item = try reader.next() {
      switch item {
      case .refused(let defect, _, let line): reading.refusals.append("\(line): \(defect)")
      case .record(let record, let line):
        do {
          let candidate = try decoder.decode(record)
          try hold(candidate.jsonBytes.elementsEqual(record.bytes), "the record is kept byte for byte")
          reading.ids.append(candidate.id)
        } catch let defect as RecordDefect {
          reading.refusals.append("\(line): \(defect)")
        }
      }
    }
    try hold(reader.consumedBytes == bytes.count, "the input is read to its end")
    try hold(
      reader.examinedBytes <= (RecordLimits.maximumDepth + 2) * (bytes.count + 1),
      "bytes are examined a few times")
    return reading
  }

  /// Whether a line is a record on its own, and no page.
  private static func isRecord(_ line: [UInt8]) -> Bool {
    guard line.first == UInt8(ascii: "{"), line.last == UInt8(ascii: "}") else { return false }
    return (try? CandidateDecoder().decode(bytes: line))?.unknownFields.keys.contains {
      ["items", "results", "data"].contains($0)
    } == false
  }

  /// Records that are good are found in every layout, in order, and nothing is refused.
  private static func checkLayouts(_ records: [[UInt8]]) throws {
    guard !records.isEmpty else { return }
    let ids = try records.map { try CandidateDecoder().decode(bytes: $0).id }
    for (head, separator, tail) in [
      ("", "\n", "\n"), ("[", ",", "]"), ("[\n", ",\n", "\n]\n"), ("", "", ""),
      ("{\"items\":[", ",", "],\"cursor\":null}"),
      ("{\"data\":{\"results\":[", " , ", "],\"next\":\"]}\"},\"x\":[{}]}"),
    ] {
      let text = Array(head.utf8) + records.joined(separator: separator.utf8) + Array(tail.utf8)
      let reading = try read(text)
      try hold(
        reading.ids == ids && reading.refusals.isEmpty, "a plain split finds \(ids), the reader \(reading)")
    }
  }

  /// A line that is no record costs at most the record after it.
  private static func checkNeighbours(of line: [UInt8]) throws {
    let good = ["before", "next", "after"].map { Array("{\"id\":\"\($0)\",\"first_name\":\"A\"}\n".utf8) }
    let reading = try read(good[0] + line + [0x0A] + good[1] + good[2])
    try hold(reading.ids.first == "before", "the record before is found")
    try hold(reading.ids.contains("after"), "at most a neighbour is lost")
  }
}
