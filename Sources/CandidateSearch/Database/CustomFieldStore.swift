import CandidateQuery
import GRDB

/// The custom fields that an index holds.
struct CustomFieldStore {
  let db: Database

  func all() throws -> Set<CustomField> {
    let names = try String.fetchSet(db.cachedStatement(sql: "SELECT name FROM custom_field"))
    return Set(names.compactMap { CustomField($0) })
  }

  func replace(with fields: Set<CustomField>) throws {
    try db.execute(sql: "DELETE FROM custom_field")
    for field in fields.sorted() {
      try db.execute(sql: "INSERT INTO custom_field (name) VALUES (?)", arguments: [field.description])
    }
  }
}
