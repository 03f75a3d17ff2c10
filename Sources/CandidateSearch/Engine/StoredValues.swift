import CandidateModel
import Foundation

/// The stored record of a candidate. A class, since copying the members of a candidate is expensive.
package final class StoredRecord: Sendable {
  /// The candidate's number. Numbers ascend in the order in which candidates were added.
  package let number: Int64
  package let docid: Docid
  /// The name of the connector.
  package let connector: String
  package let candidate: Candidate

  package init(number: Int64, docid: Docid, connector: String, candidate: Candidate) {
    self.number = number
    self.docid = docid
    self.connector = connector
    self.candidate = candidate
  }
}

/// A candidate that is to be stored.
package struct NewCandidate: Sendable {
  /// A number that no candidate ever had.
  package let number: Int64
  package let docid: Docid
  package let record: PreparedRecord
}

/// The identity of a stored candidate.
package struct StoredIdentity {
  package let id: String
  /// The name of the connector.
  package let connector: String

  package init(id: String, connector: String) {
    self.id = id
    self.connector = connector
  }
}

/// The stored values of a candidate that show whether an incoming record is new, changed or stale.
package struct KnownRecord {
  package let number: Int64
  package let docid: Docid
  package let modifiedAt: Timestamp?
  /// Nil where the stored hash is not one of this version.
  package let contentHash: Hash128?

  package init(number: Int64, docid: Docid, modifiedAt: Timestamp?, contentHash: Hash128?) {
    self.number = number
    self.docid = docid
    self.modifiedAt = modifiedAt
    self.contentHash = contentHash
  }
}

/// The identity of a candidate, and the values that change with its record.
package struct CandidateState: Equatable {
  package let number: Int64
  package let id: String
  package let contentHash: Hash128?
  /// Microseconds since 1970.
  package let modifiedAt: Int64?

  package init(number: Int64, id: String, contentHash: Hash128?, modifiedAt: Int64?) {
    self.number = number
    self.id = id
    self.contentHash = contentHash
    self.modifiedAt = modifiedAt
  }
}

/// The values that are derived from a record and stored beside it.
package struct DerivedValues: Equatable {
  /// Nil where the stored hash is not one of this version.
  package let contentHash: Hash128?
  /// Microseconds since 1970, as `updated`.
  package let created: Int64?
  package let updated: Int64?
  package let sortName: String?
  /// Whether the stored outline (`RecordOutline`) is not that of the record. Storing derived values removes it.
  package var isOutlineWrong: Bool

  package init(
    contentHash: Hash128?, created: Int64?, updated: Int64?, sortName: String?, isOutlineWrong: Bool = false
  ) {
    self.contentHash = contentHash
    self.created = created
    self.updated = updated
    self.sortName = sortName
    self.isOutlineWrong = isOutlineWrong
  }
}

/// How an index compresses records.
package struct StoredCompression {
  package let isEnabled: Bool
  /// The size of the dictionary, in bytes; nil if there is none yet.
  package let dictionaryBytes: Int?

  package init(isEnabled: Bool, dictionaryBytes: Int?) {
    self.isEnabled = isEnabled
    self.dictionaryBytes = dictionaryBytes
  }
}

/// A hit of a sorted search.
package struct SortedHit {
  package let docid: Docid
  package let position: SortPosition

  package init(docid: Docid, position: SortPosition) {
    self.docid = docid
    self.position = position
  }
}

/// A term and the number of its candidates.
package struct CountedTerm: Equatable, Sendable {
  package let term: String
  package let count: Int

  package init(term: String, count: Int) {
    self.term = term
    self.count = count
  }
}

extension [CountedTerm] {
  /// The most frequent terms first; equally frequent ones in the order of their UTF-8.
  package var mostFrequentFirst: [CountedTerm] {
    sorted { a, b in
      a.count != b.count ? a.count > b.count : a.term.utf8.lexicographicallyPrecedes(b.term.utf8)
    }
  }
}

/// One occurrence of a term.
package struct Posting {
  /// Valid during the call that it is passed to.
  package let term: UnsafeRawBufferPointer
  package let docid: Docid
  /// 0 is the hidden column; the others follow in the order of `TextColumn.allCases`.
  package let column: Int
  /// The position of the token in its column, from 0.
  package let offset: Int

  package init(term: UnsafeRawBufferPointer, docid: Docid, column: Int, offset: Int) {
    self.term = term
    self.docid = docid
    self.column = column
    self.offset = offset
  }
}

/// A keyed hash of an identity whose records are kept out of the index.
package struct ForgottenHash: Equatable, Sendable {
  /// The kind of identity.
  package enum Kind: Int, CaseIterable, Sendable { case id, remoteID, email }

  package let hash: Data
  package let kind: Kind
  /// The hash of the request that this one follows from; nil for a request itself.
  package let origin: Data?

  package init(hash: Data, kind: Kind, origin: Data?) {
    self.hash = hash
    self.kind = kind
    self.origin = origin
  }
}

/// A change of the postings of one candidate.
package struct PostingChange: Comparable, Sendable {
  package var docid: Docid
  package let isInsertion: Bool
  package let document: Document

  /// The order in which engines apply changes: by docid; at one docid, the removal before the insertion.
  package static func < (a: Self, b: Self) -> Bool {
    a.docid == b.docid ? !a.isInsertion && b.isInsertion : a.docid < b.docid
  }
  package static func == (a: Self, b: Self) -> Bool { a.docid == b.docid && a.isInsertion == b.isInsertion }
}
