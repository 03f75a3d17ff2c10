import CPostgres

/// The rows of a statement, kept.
final class PostgresResult {
  private let library: CPGFunctions
  private var result: OpaquePointer?
  private(set) var rows: [PostgresRow] = []

  init(_ library: CPGFunctions) { self.library = library }

  deinit { if let result { library.PQclear(result) } }

  /// Takes a result, which it clears at its end.
  func take(_ result: OpaquePointer) {
    self.result = result
    rows = (0..<library.PQntuples(result)).map { PostgresRow(library: library, result: result, row: $0) }
  }
}
