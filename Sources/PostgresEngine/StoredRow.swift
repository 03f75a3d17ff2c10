import CandidateModel
import CandidateSearch

/// A candidate's row with its record, as statements select it.
struct StoredRow {
  /// The columns, of `candidate c` and `record r`, after two others.
  static let columns = "c.docid, c.number, c.connector, c.modified_json, r.json"

  let docid: Docid
  let number: Int64
  let connector: Int64

  init(_ row: PostgresRow) {
    docid = Docid(value: row.integer(orZero: 2))
    number = row.integer(orZero: 3)
    connector = row.integer(orZero: 4)
  }

  /// The record of the row, with the value of `modified_at` as it was last received.
  static func candidate(_ row: PostgresRow, _ decoder: CandidateDecoder) throws -> Candidate {
    try decoder.decode(row.bytes(6), modifiedAt: row.isNull(5) ? nil : row.bytes(5))
  }
}
