import CandidateModel

/// A record that is read keeps its bytes, and is read the same by whoever reads it.
enum DecoderProperties {
  static func check(_ bytes: [UInt8]) throws {
    let decoder = CandidateDecoder()
    let candidate: Candidate
    do throws(RecordDefect) {
      candidate = try decoder.decode(bytes: bytes)
    } catch {
      try hold(!error.description.isEmpty, "a refusal has a reason")
      return
    }
    let defects = decoder.memberDefects
    try hold(candidate.jsonBytes == bytes, "the record is kept byte for byte")
    try hold(!candidate.id.isEmpty, "a candidate has an id")
    try hold(
      !candidate.id.unicodeScalars.contains(where: \.isControlOrBidi), "an id has no control characters")
    try hold(defects.allSatisfy { $0.count > 0 }, "a defect occurs")
    try hold(Set(defects.map(\.defect)).count == defects.count, "a kind of defect is noted once")
    try hold(try decoder.decode(bytes: bytes) == candidate, "a record is read the same twice")
    try hold(
      try CandidateDecoder(origin: .stored).decode(bytes: bytes) == candidate,
      "a stored record is read as it was when it came")
    try checkHead(bytes, candidate, decoder)
    let lists = [candidate.tags, candidate.locations, candidate.applications, candidate.attachments]
    try hold(
      lists.allSatisfy { $0.count <= RecordLimits.maximumElements + 1 }, "lists are no longer than the limit")
    _ = candidate.customFields?.members
  }

  private static func checkHead(
    _ bytes: [UInt8], _ candidate: Candidate, _ decoder: CandidateDecoder
  ) throws {
    let head = try bytes.withUnsafeBytes { try decoder.head(of: $0) }
    try hold(head.id == candidate.id, "the head has the record's id")
    try hold(head.modifiedAt == candidate.modifiedAt, "the head has the record's time")
    try hold(head.modifiedAtRange == candidate.modifiedAtRange, "the head has the time's place")
  }
}
