import CandidateModel

/// A record on its way into the index.
struct IncomingRecord: Sendable {
  let id: String
  let modifiedAt: Timestamp?
  /// Where the value of `modified_at` stands in the record.
  let modifiedAtRange: Range<Int>?
  /// The record as it was received.
  let json: [UInt8]
  /// A hash of all of it but `modified_at`.
  let content: Hash128
  /// What the record's row holds besides.
  let times: Times
  /// What the record is ordered by where names order.
  let sortName: String?
  /// What FTS5 is given; nil where nobody expects it to be needed, since the index seems to hold this record.
  let document: Document?

  /// What the person is recognised by; nil as `document`.
  let identity: CandidateIdentity?

  struct Times: Sendable {
    var recency: Timestamp?
    var created: Timestamp?
    var updated: Timestamp?
  }

  /// The hash of a record without the value of `modified_at`: equal where nothing else has changed.
  private static func content(of json: UnsafeRawBufferPointer, without modifiedAt: Range<Int>?) -> Hash128 {
    guard let modifiedAt else { return Hash128(json) }
    let before = Hash128(UnsafeRawBufferPointer(rebasing: json[..<modifiedAt.lowerBound]))
    return Hash128(UnsafeRawBufferPointer(rebasing: json[modifiedAt.upperBound...]), after: before)
  }

  /// A record whose document is needed.
  init(_ candidate: Candidate, _ builder: DocumentBuilder) {
    id = candidate.id
    modifiedAt = candidate.modifiedAt
    modifiedAtRange = candidate.modifiedAtRange
    json = candidate.jsonBytes
    content = json.withUnsafeBytes { Self.content(of: $0, without: candidate.modifiedAtRange) }
    times = Times(
      recency: candidate.recency, created: candidate.remoteCreatedAt, updated: candidate.remoteUpdatedAt)
    sortName = SortName.key(of: candidate)
    document = builder.document(of: candidate)
    identity = CandidateIdentity(candidate)
  }

  /// A record that the index seems to hold already.
  init(_ head: RecordHead, json: UnsafeRawBufferPointer) {
    id = head.id
    modifiedAt = head.modifiedAt
    modifiedAtRange = head.modifiedAtRange
    self.json = Array(json)
    content = Self.content(of: json, without: head.modifiedAtRange)
    times = Times()
    sortName = nil
    document = nil
    identity = nil
  }
}
