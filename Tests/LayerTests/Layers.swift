/// The allowed dependencies: arrows point down only. A new folder or target must be added here first.
enum Layers {
  /// Modules of the system and of the toolchain, which every target may import.
  static let system: Set<String> = ["Dispatch", "Foundation", "Glibc", "Synchronization"]

  /// The modules that each target may import besides those of the system.
  static let targets: [String: Set<String>] = [
    "CandidateTime": [],
    "CandidateModel": ["CSimdJSON", "CandidateTime"],
    "CandidateQuery": ["CandidateTime", "TextAnalysis"],
    "TextAnalysis": [],
    "NameVariants": ["StemmerLibrary", "TextAnalysis"],
    "CandidateSearch": [
      "CandidateModel", "CandidateQuery", "CandidateTime", "NameVariants", "SodiumLibrary", "TextAnalysis",
      "CSQLiteSettings", "ZstdLibrary", "GRDB", "GRDBSQLite",
    ],
    "PostgresEngine": [
      "CPostgres", "CandidateModel", "CandidateQuery", "CandidateSearch", "SearchLog", "TextAnalysis",
    ],
    "SearchLog": ["CandidateTime", "GRDB", "SodiumLibrary", "TextAnalysis"],
    "BindbeeClient": ["CandidateTime", "CurlLibrary"],
    "CandidateSync": ["BindbeeClient", "CandidateSearch"],
    "AccessKeys": ["CandidateTime", "SodiumLibrary"],
    "CandidateConfiguration": ["CandidateTime"],
    "ConnectorAccess": ["BindbeeClient", "CandidateConfiguration"],
    "CandidateJSON": ["CandidateModel", "CandidateSearch", "SearchLog"],
    "CandidateCSV": ["CandidateModel", "CandidateSearch"],
    "CommandSupport": [
      "ArgumentParser", "CandidateConfiguration", "CandidateJSON", "CandidateModel", "CandidateQuery",
      "CandidateSearch",
      "PostgresEngine",
    ],
    "cand-search": [
      "AccessKeys", "ArgumentParser", "CandidateCSV", "CandidateConfiguration", "CandidateJSON",
      "CandidateModel", "CandidateSearch", "CommandSupport", "PostgresEngine", "SearchLog", "TextAnalysis",
    ],
    "cand-search-sync": [
      "ArgumentParser", "BindbeeClient", "CandidateJSON", "CandidateSearch", "CandidateSync",
      "CommandSupport", "CandidateConfiguration", "ConnectorAccess",
    ],
    "cand-search-manual": ["ArgumentParser", "CandidateSearch", "CommandSupport"],
    "CandidatePage": ["CandidateSearch", "Mustache", "SodiumLibrary"],
    "CandidateServer": [
      "AccessKeys", "BindbeeClient", "CProcessMemory", "CandidateCSV", "CandidateJSON", "CandidatePage",
      "CandidateSearch", "CandidateSync", "CoreMetrics", "GRDB", "HTTPTypes", "Hummingbird", "Logging",
      "Metrics", "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "NIOPosix",
      "PostgresEngine", "SearchLog",
      "ServiceLifecycle", "SodiumLibrary", "ZlibLibrary",
    ],
    "cand-search-server": [
      "AccessKeys", "ArgumentParser", "BindbeeClient", "CandidateConfiguration", "CandidateSearch",
      "CandidateServer", "CommandSupport", "ConnectorAccess", "Logging", "SearchLog",
    ],
  ]

  /// The folders of targets: those of the package and of the server's.
  static let sources = ["Sources", "server/Sources"]
  /// The targets in the second of them.
  static let serverTargets: Set<String> = [
    "CProcessMemory", "CandidatePage", "CandidateServer", "ZlibLibrary", "cand-search-server",
  ]

  /// The folder of a target.
  static func folder(of target: String) -> String {
    "\(sources[serverTargets.contains(target) ? 1 : 0])/\(target)"
  }

  /// The targets without Swift code.
  static let libraries: Set<String> = [
    "CPostgres", "CProcessMemory", "CSQLiteSettings", "CSimdJSON", "CurlLibrary", "PostgresLibrary",
    "SimdJSONLibrary", "SodiumLibrary",
    "StemmerLibrary", "ZlibLibrary", "ZstdLibrary",
  ]

  /// The folders of `CandidateSearch`, each with the folders whose types it may use besides its own.
  static let folders: [String: Set<String>] = [
    "IndexLanguage": [],
    "API/Values": ["IndexLanguage"],
    "Engine": ["IndexLanguage"],
    "SQLiteEngine": ["Engine", "IndexLanguage"],
    "Planning": ["Engine", "IndexLanguage"],
    "Execution": ["Engine", "IndexLanguage", "Planning"],
    "Ingest": ["Engine", "IndexLanguage"],
    "Maintenance": ["Engine", "IndexLanguage", "Ingest"],
    "Erasure": ["Engine", "Execution", "IndexLanguage", "Ingest", "Maintenance"],
    "API": [
      "Engine", "Erasure", "Execution", "IndexLanguage", "Ingest", "Maintenance", "Planning", "SQLiteEngine",
    ],
  ]

  /// The folder of values that every folder may use: options, results, errors.
  static let values = "API/Values"

  /// The folder that contains all SQL of the library.
  static let engine = "SQLiteEngine"

  /// The four places with SQL, by target: a folder or a file of it; all of it if empty.
  /// - The engine of the library.
  /// - The engine for indexes and search logs on a server, a target of its own: who links the library for files builds no
  ///   libpq.
  /// - `SearchLog`: a log in a file is a file of its own, without candidates and postings, and must be readable where there
  ///   is no index.
  /// - The events of webhooks: an event is on the disk before it is answered, and never waits for a writer of the index.
  static let placesWithSQL = [
    "CandidateSearch": engine, "PostgresEngine": "", "SearchLog": "SQLiteStore",
    "CandidateServer": "Webhooks/EventStore.swift",
  ]
  /// The modules that only these places may import.
  static let engineModules: Set<String> = ["CPostgres", "CSQLiteSettings", "GRDB", "GRDBSQLite"]
}
