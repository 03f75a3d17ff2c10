import CandidateQuery
import GRDB

/// The rows of the searchable custom fields.
struct CustomFieldStore {
  let db: Database

  func all() throws -> Set<CustomField> {
    var fields: Set<CustomField> = []
    try RawStatement(cached: "SELECT name FROM custom_field", db).forEach { row in
      if let field = row.string(0).flatMap({ CustomField($0) }) { fields.insert(field) }
    }
    return fields
  }

  func replace(with fields: Set<CustomField>) throws {
    try db.execute(sql: "DELETE FROM custom_field")
    for field in fields.sorted() {
      try db.execute(sql: "INSERT INTO custom_field (name) VALUES (?)", arguments: [field.description])
    }
  }
}
