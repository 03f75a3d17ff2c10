import CandidateModel

/// A record as it was received: its identity and its bytes.
package struct ReceivedRecord: Sendable {
  package let id: String
  package let modifiedAt: Timestamp?
  /// The range of the value of `modified_at` in `json`.
  package let modifiedAtRange: Range<Int>?
  /// The record's bytes, unchanged.
  package let json: RecordBytes
  /// A hash of `json` without the value of `modified_at`: equal if nothing else has changed.
  package let contentHash: Hash128

  package init(_ candidate: Candidate) {
    id = candidate.id
    modifiedAt = candidate.modifiedAt
    modifiedAtRange = candidate.modifiedAtRange
    json = .candidate(candidate)
    contentHash = candidate.withJSON { Self.contentHash(of: $0, without: candidate.modifiedAtRange) }
  }

  package init(_ head: RecordHead, json: UnsafeRawBufferPointer) {
    id = head.id
    modifiedAt = head.modifiedAt
    modifiedAtRange = head.modifiedAtRange
    self.json = .copy(Array(json))
    contentHash = Self.contentHash(of: json, without: head.modifiedAtRange)
  }

  private static func contentHash(of json: UnsafeRawBufferPointer, without modifiedAt: Range<Int>?) -> Hash128
  {
    guard let modifiedAt else { return Hash128(json) }
    let before = Hash128(UnsafeRawBufferPointer(rebasing: json[..<modifiedAt.lowerBound]))
    return Hash128(UnsafeRawBufferPointer(rebasing: json[modifiedAt.upperBound...]), after: before)
  }
}

/// The bytes of a record.
package enum RecordBytes: Sendable {
  case copy([UInt8])
  /// Those that a candidate was decoded from.
  case candidate(Candidate)

  package func withUnsafeBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    switch self {
    case .copy(let bytes): try bytes.withUnsafeBytes(body)
    case .candidate(let candidate): try candidate.withJSON(body)
    }
  }

  package var all: [UInt8] { withUnsafeBytes { Array($0) } }
}

/// A record with everything that the index stores of it. It is handed on many times on its way, so that it is one object.
package final class PreparedRecord: Sendable {
  /// The times of a candidate's row.
  package struct Times: Sendable {
    package let recency: Timestamp?
    package let created: Timestamp?
    package let updated: Timestamp?
  }

  package let received: ReceivedRecord
  package let times: Times
  /// The sort key of the candidate's name; nil for a candidate without a name.
  package let sortName: String?
  package let document: Document
  /// The outline of the record (`RecordOutline`); nil for a record that has none.
  package let outline: [UInt8]?
  private let candidate: Candidate

  package init(_ candidate: Candidate, _ builder: DocumentBuilder) {
    received = ReceivedRecord(candidate)
    times = Times(
      recency: candidate.recency, created: candidate.remoteCreatedAt, updated: candidate.remoteUpdatedAt)
    sortName = SortName.key(of: candidate)
    document = builder.document(of: candidate)
    outline = candidate.outline
    self.candidate = candidate
  }

  /// What a forgotten person is recognised by.
  package var identity: CandidateIdentity { CandidateIdentity(candidate) }
}

/// What a candidate is recognised by, whatever else changes.
package struct CandidateIdentity: Hashable, Sendable {
  package let id: String
  package let remoteID: String?
  package let emailAddresses: [String]

  package init(_ candidate: Candidate) {
    id = candidate.id
    remoteID = candidate.remoteID
    var addresses = candidate.emailAddresses
    addresses.removeAll(where: \.isBlank)
    emailAddresses = addresses
  }
}
