// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "cand-search",
  products: [
    .library(name: "CandidateSearch", targets: ["CandidateSearch"]),
    .library(name: "CandidateJSON", targets: ["CandidateJSON"]),
    .library(name: "CandidateCSV", targets: ["CandidateCSV"]),
    // Indexes on a PostgreSQL server. Needs Debian's libpq-dev to be built, and libpq5 to be used.
    .library(name: "PostgresEngine", targets: ["PostgresEngine"]),
    // For the package in server/.
    .library(name: "CommandSupport", targets: ["CommandSupport"]),
    .library(name: "BindbeeClient", targets: ["BindbeeClient"]),
    .library(name: "CandidateSync", targets: ["CandidateSync"]),
    .library(name: "AccessKeys", targets: ["AccessKeys"]),
    .library(name: "CandidateConfiguration", targets: ["CandidateConfiguration"]),
    .library(name: "ConnectorAccess", targets: ["ConnectorAccess"]),
    .library(name: "SearchLog", targets: ["SearchLog"]),
    .executable(name: "cand-search", targets: ["cand-search"]),
    .executable(name: "cand-search-sync", targets: ["cand-search-sync"]),
    .executable(name: "cand-search-manual", targets: ["cand-search-manual"]),
    // For the package in benchmarks/. A package that uses other products builds neither.
    .library(name: "BenchmarkCorpus", targets: ["BenchmarkCorpus"]),
    .library(name: "TestSupport", targets: ["TestSupport"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // Debian's libsimdjson, found by pkg-config, behind a shim with a plain C header.
    .systemLibrary(
      name: "SimdJSONLibrary",
      pkgConfig: "simdjson",
      providers: [.apt(["libsimdjson-dev"])]),
    .target(name: "CSimdJSON", dependencies: ["SimdJSONLibrary"]),

    // Debian's libsodium: hashes and keys.
    .systemLibrary(
      name: "SodiumLibrary",
      pkgConfig: "libsodium",
      providers: [.apt(["libsodium-dev"])]),

    // Debian's libstemmer: the stems of Snowball. It has no file for pkg-config. Linked statically by the target that
    // uses it: loading one more library would start the program later.
    .systemLibrary(name: "StemmerLibrary", providers: [.apt(["libstemmer-dev"])]),

    // Debian's libzstd: the compression of records. Linked statically, as libstemmer is.
    .systemLibrary(name: "ZstdLibrary", providers: [.apt(["libzstd-dev"])]),

    // Debian's libcurl, which Foundation's own HTTP client uses too.
    .systemLibrary(
      name: "CurlLibrary",
      pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]),

    // Moments and days; the record and its JSON; the query language. None knows SQLite.
    .target(name: "CandidateTime", swiftSettings: strict),
    .target(name: "CandidateModel", dependencies: ["CSimdJSON", "CandidateTime"], swiftSettings: strict),
    .target(name: "CandidateQuery", dependencies: ["CandidateTime", "TextAnalysis"], swiftSettings: strict),

    // Text to tokens; other forms of names and titles. Neither knows candidates nor an index.
    .target(name: "TextAnalysis", swiftSettings: strict),
    .target(
      name: "NameVariants", dependencies: ["StemmerLibrary", "TextAnalysis"], swiftSettings: strict,
      linkerSettings: [.linkedLibrary(":libstemmer.a")]),

    // A setting of SQLite that only C can call.
    .target(name: "CSQLiteSettings", linkerSettings: [.linkedLibrary("sqlite3")]),

    // The library that internal tools link. SearchLog is the only other target that touches SQLite.
    .target(
      name: "CandidateSearch",
      dependencies: [
        "CSQLiteSettings", "CandidateModel", "CandidateQuery", "NameVariants", "SodiumLibrary",
        "TextAnalysis",
        "ZstdLibrary",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict,
      linkerSettings: [.linkedLibrary(":libzstd.a")]),
    // Debian's libpq: its header only. The engine loads the library when the first index on a server is opened.
    .systemLibrary(name: "PostgresLibrary", providers: [.apt(["libpq-dev"])]),
    .target(name: "CPostgres", dependencies: ["PostgresLibrary"]),
    // Indexes on a PostgreSQL server, and search logs beside them. The other place with SQL.
    .target(
      name: "PostgresEngine",
      dependencies: [
        "CPostgres", "CandidateModel", "CandidateQuery", "CandidateSearch", "SearchLog", "TextAnalysis",
      ],
      swiftSettings: strict),
    // Who searched for what and was shown whom, in a file of its own or a store of another target. Knows no index.
    .target(
      name: "SearchLog",
      dependencies: [
        "CandidateTime", "SodiumLibrary", "TextAnalysis",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    // Results as JSON: of the command line and of the server.
    .target(
      name: "CandidateJSON", dependencies: ["CandidateModel", "CandidateSearch", "SearchLog"],
      swiftSettings: strict),
    // Results as CSV, for spreadsheets.
    .target(
      name: "CandidateCSV", dependencies: ["CandidateModel", "CandidateSearch"], swiftSettings: strict),
    // The Bindbee API, and from there into an index.
    .target(
      name: "BindbeeClient", dependencies: ["CandidateTime", "CurlLibrary"], swiftSettings: strict),
    .target(
      name: "CandidateSync", dependencies: ["BindbeeClient", "CandidateSearch"], swiftSettings: strict),

    // Who may use a server; how all programs are configured.
    .target(name: "AccessKeys", dependencies: ["CandidateTime", "SodiumLibrary"], swiftSettings: strict),
    .target(
      name: "CandidateConfiguration", dependencies: ["CandidateTime"], swiftSettings: strict),
    // What a configured connector sends to the API. Apart, since the configuration of a search needs no HTTP client.
    .target(
      name: "ConnectorAccess", dependencies: ["BindbeeClient", "CandidateConfiguration"],
      swiftSettings: strict),

    // What the two programs have in common. The first links no HTTP client: it would start half as fast.
    .target(
      name: "CommandSupport",
      dependencies: [
        "CandidateConfiguration", "CandidateJSON", "CandidateSearch", "PostgresEngine",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "cand-search",
      dependencies: [
        "AccessKeys", "CandidateConfiguration", "CandidateCSV", "CandidateJSON", "CandidateSearch",
        "CommandSupport", "PostgresEngine", "SearchLog",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "cand-search-sync",
      dependencies: [
        "CandidateJSON", "CandidateSync", "CommandSupport", "CandidateConfiguration", "ConnectorAccess",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Writes the manual pages of the programs; a tool of the build.
    .executableTarget(
      name: "cand-search-manual",
      dependencies: [
        "CandidateSearch", "CommandSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Made-up candidates, the same on every machine; the tests and the benchmarks read them.
    .target(
      name: "BenchmarkCorpus", dependencies: ["CandidateTime"], path: "Tests/Corpus", swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    // What must hold for every input; the corpus is replayed by a test, libFuzzer searches further (make fuzz).
    .target(
      name: "FuzzTargets",
      dependencies: ["BindbeeClient", "CandidateModel", "CandidateQuery", "CandidateTime"],
      path: "Tests/Fuzz/Targets", swiftSettings: strict),
    .testTarget(
      name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"], path: "Tests/FuzzTests",
      swiftSettings: strict),
    // Reads the sources and finds upward dependencies.
    .testTarget(name: "LayerTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CandidateModelTests", dependencies: ["CandidateModel", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CandidateQueryTests", dependencies: ["CandidateQuery", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TextAnalysisTests", dependencies: ["TextAnalysis", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "NameVariantsTests", dependencies: ["NameVariants", "TextAnalysis"], swiftSettings: strict),
    .testTarget(
      name: "CandidateSearchTests",
      dependencies: [
        "CandidateSearch", "NameVariants", "PostgresEngine", "TextAnalysis", "BenchmarkCorpus", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CandidateCSVTests", dependencies: ["CandidateCSV", "CandidateSearch"], swiftSettings: strict),
    .testTarget(
      name: "AccessKeysTests", dependencies: ["AccessKeys", "CandidateTime", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CandidateConfigurationTests", dependencies: ["CandidateConfiguration", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SearchLogTests",
      dependencies: [
        "CandidateSearch", "PostgresEngine", "SearchLog", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "AccessKeys", "CandidateJSON", "CandidateSearch", "BenchmarkCorpus", "TestSupport", "cand-search",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ManualTests",
      dependencies: [
        "CandidateSearch", "TestSupport", "cand-search", "cand-search-manual", "cand-search-sync",
      ],
      swiftSettings: strict),
    // What only a server does: erasure, failures, several writers, passwords, addresses.
    .testTarget(
      name: "PostgresTests",
      dependencies: [
        "BenchmarkCorpus", "CandidateSearch", "PostgresEngine", "SearchLog", "TestSupport", "cand-search",
        "cand-search-sync",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SyncTests",
      dependencies: [
        "BindbeeClient", "CandidateConfiguration", "CandidateSync", "CandidateSearch", "ConnectorAccess",
        "TestSupport", "cand-search", "cand-search-sync",
      ],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)

// libFuzzer brings the main function, so that this can be linked by `make fuzz` only.
if Context.environment["FUZZ_TARGET"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Entry", swiftSettings: strict))
}
