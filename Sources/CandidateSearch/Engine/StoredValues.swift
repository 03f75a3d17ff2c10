import CandidateModel
import Foundation

/// The stored record of a candidate. A class, since copying the members of a candidate is expensive.
final class StoredRecord: Sendable {
  /// The candidate's number. Numbers ascend in the order in which candidates were added.
  let number: Int64
  let docid: Docid
  /// The name of the connector.
  let connector: String
  let candidate: Candidate

  init(number: Int64, docid: Docid, connector: String, candidate: Candidate) {
    self.number = number
    self.docid = docid
    self.connector = connector
    self.candidate = candidate
  }
}

/// A candidate that is to be stored.
struct NewCandidate: Sendable {
  /// A number that no candidate ever had.
  let number: Int64
  let docid: Docid
  let record: PreparedRecord
}

/// The identity of a stored candidate.
struct StoredIdentity {
  let id: String
  /// The name of the connector.
  let connector: String
}

/// The stored values of a candidate that show whether an incoming record is new, changed or stale.
struct KnownRecord {
  let number: Int64
  let docid: Docid
  let modifiedAt: Timestamp?
  /// Nil where the stored hash is not one of this version.
  let content: Hash128?
}

/// The identity of a candidate, and the values that change with its record.
struct CandidateState: Equatable {
  let number: Int64
  let id: String
  let content: Hash128?
  /// Microseconds since 1970.
  let modifiedAt: Int64?
}

/// The values that are derived from a record and stored beside it.
struct DerivedValues: Equatable {
  /// Nil where the stored hash is not one of this version.
  let content: Hash128?
  /// Microseconds since 1970, as `updated`.
  let created: Int64?
  let updated: Int64?
  let sortName: String?
}

/// How an index compresses records.
struct StoredCompression {
  let isEnabled: Bool
  /// The size of the dictionary, in bytes; nil if there is none yet.
  let dictionaryBytes: Int?
}

/// A hit of a sorted search.
struct SortedHit {
  let docid: Docid
  let position: SortPosition
}

/// A term and the number of its candidates.
struct CountedTerm: Equatable, Sendable {
  let term: String
  let count: Int
}

extension [CountedTerm] {
  /// The most frequent terms first; equally frequent ones in the order of their UTF-8.
  var mostFrequentFirst: [CountedTerm] {
    sorted { a, b in
      a.count != b.count ? a.count > b.count : a.term.utf8.lexicographicallyPrecedes(b.term.utf8)
    }
  }
}

/// One occurrence of a term.
struct Posting {
  /// Valid during the call that it is passed to.
  let term: UnsafeRawBufferPointer
  let docid: Docid
  /// 0 is the hidden column; the others follow in the order of `TextColumn.allCases`.
  let column: Int
  /// The position of the token in its column, from 0.
  let offset: Int
}

/// A keyed hash of an identity whose records are kept out of the index.
struct ForgottenHash: Equatable, Sendable {
  /// The kind of identity.
  enum Kind: Int, CaseIterable, Sendable { case id, remoteID, email }

  let hash: Data
  let kind: Kind
  /// The hash of the request that this one follows from; nil for a request itself.
  let origin: Data?
}

/// A change of the postings of one candidate.
struct PostingChange: Comparable {
  let docid: Docid
  let isInsertion: Bool
  let document: Document

  /// The order in which engines apply changes: by docid; at one docid, the removal before the insertion.
  static func < (a: Self, b: Self) -> Bool {
    a.docid == b.docid ? !a.isInsertion && b.isInsertion : a.docid < b.docid
  }
  static func == (a: Self, b: Self) -> Bool { a.docid == b.docid && a.isInsertion == b.isInsertion }
}
