import CPostgres

/// libpq, loaded at its first use.
enum PostgresLibrary {
  /// Why libpq cannot be loaded.
  struct Missing: Error { let reason: String }

  private struct Loaded: @unchecked Sendable { let functions: Result<CPGFunctions, Missing> }

  private static let loaded = Loaded(functions: load())

  private static func load() -> Result<CPGFunctions, Missing> {
    var functions = CPGFunctions()
    guard let problem = cpg_load(&functions) else { return .success(functions) }
    return .failure(Missing(reason: String(cString: problem)))
  }

  /// The functions of libpq.
  static func functions() throws(Missing) -> CPGFunctions { try loaded.functions.get() }
}
