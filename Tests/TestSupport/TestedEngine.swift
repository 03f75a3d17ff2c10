import Foundation
import Testing

/// The engine that tests run on: SQLite, or with CAND_SEARCH_TEST_ENGINE=postgresql a PostgreSQL server of the tests.
public enum TestedEngine {
  /// Whether it is PostgreSQL.
  public static let isPostgres =
    ProcessInfo.processInfo.environment["CAND_SEARCH_TEST_ENGINE"] == "postgresql"
}

extension Trait where Self == ConditionTrait {
  /// A test with a PostgreSQL server.
  public static var postgres: Self {
    .enabled(if: TestedEngine.isPostgres, "a test with a PostgreSQL server")
  }
  /// A test of the SQLite engine alone.
  public static var sqlite: Self { .disabled(if: TestedEngine.isPostgres, "a test of the SQLite engine") }
}
