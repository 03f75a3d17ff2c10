import Foundation
import Testing

/// The engine that tests run on: SQLite, or with CAND_SEARCH_TEST_ENGINE=postgresql a PostgreSQL server of the tests, or with
/// CAND_SEARCH_TEST_ENGINE=cluster three of them, over which each index is divided.
public enum TestedEngine {
  private static let name = ProcessInfo.processInfo.environment["CAND_SEARCH_TEST_ENGINE"]
  /// Whether it is PostgreSQL, on one server or on several.
  public static let isPostgres = name == "postgresql" || isCluster
  /// Whether it is PostgreSQL on several servers.
  public static let isCluster = name == "cluster"
}

extension Trait where Self == ConditionTrait {
  /// A test with a PostgreSQL server.
  public static var postgres: Self {
    .enabled(if: TestedEngine.isPostgres, "a test with a PostgreSQL server")
  }
  /// A test of the SQLite engine alone.
  public static var sqlite: Self { .disabled(if: TestedEngine.isPostgres, "a test of the SQLite engine") }
}
