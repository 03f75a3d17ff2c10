// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that users of the library, and the two other programs, neither resolve nor build a server.
// (A package trait would compile every target of the library twice: with and without it.)

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "server",
  products: [.executable(name: "cand-search-server", targets: ["cand-search-server"])],
  dependencies: [
    .package(name: "cand-search", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // The page for people, as HTML. Assets and templates become a part of the program.
    .target(
      name: "CandidatePage",
      dependencies: [
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [.embedInCode("Assets"), .embedInCode("Templates")], swiftSettings: strict),
    // Debian's zlib: answers in gzip.
    .systemLibrary(name: "ZlibLibrary", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // What the allocator of C has beyond its standard.
    .target(name: "CProcessMemory"),
    .target(
      name: "CandidateServer",
      dependencies: [
        "CProcessMemory", "CandidatePage", "ZlibLibrary",
        .product(name: "AccessKeys", package: "cand-search"),
        .product(name: "BindbeeClient", package: "cand-search"),
        .product(name: "CandidateCSV", package: "cand-search"),
        .product(name: "CandidateJSON", package: "cand-search"),
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "CandidateSync", package: "cand-search"),
        .product(name: "PostgresEngine", package: "cand-search"),
        .product(name: "SearchLog", package: "cand-search"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "cand-search-server",
      dependencies: [
        "CandidateServer",
        .product(name: "AccessKeys", package: "cand-search"),
        .product(name: "BindbeeClient", package: "cand-search"),
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "CommandSupport", package: "cand-search"),
        .product(name: "CandidateConfiguration", package: "cand-search"),
        .product(name: "ConnectorAccess", package: "cand-search"),
        .product(name: "SearchLog", package: "cand-search"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // Servers, programs and connections for tests.
    .target(
      name: "ServerTestSupport",
      dependencies: [
        "CandidateServer",
        .product(name: "AccessKeys", package: "cand-search"),
        .product(name: "BenchmarkCorpus", package: "cand-search"),
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "TestSupport", package: "cand-search"),
      ],
      path: "Tests/ServerTestSupport", swiftSettings: strict),
    // The page for people: what it says, and what no text can make of it.
    .testTarget(
      name: "PageTests",
      dependencies: [
        "CandidatePage", "CandidateServer", "ServerTestSupport",
        .product(name: "AccessKeys", package: "cand-search"),
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "SearchLog", package: "cand-search"),
        .product(name: "TestSupport", package: "cand-search"),
      ],
      swiftSettings: strict),
    // What a key sees and may do, and what the search log tells of it.
    .testTarget(
      name: "ScopeTests",
      dependencies: [
        "CandidatePage", "CandidateServer", "ServerTestSupport",
        .product(name: "AccessKeys", package: "cand-search"),
        .product(name: "BenchmarkCorpus", package: "cand-search"),
        .product(name: "BindbeeClient", package: "cand-search"),
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "SearchLog", package: "cand-search"),
        .product(name: "TestSupport", package: "cand-search"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
    // The program, from its configuration to its end.
    .testTarget(
      name: "ProgramTests",
      dependencies: [
        "CandidateServer", "ServerTestSupport", "cand-search-server",
        .product(name: "AccessKeys", package: "cand-search"),
        .product(name: "BenchmarkCorpus", package: "cand-search"),
        .product(name: "cand-search", package: "cand-search"),
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "PostgresEngine", package: "cand-search"),
        .product(name: "SearchLog", package: "cand-search"),
        .product(name: "TestSupport", package: "cand-search"),
      ],
      swiftSettings: strict),
    // Webhooks, the scheduler of syncs, and the state of connectors.
    .testTarget(
      name: "WebhookTests",
      dependencies: [
        "CandidateServer",
        .product(name: "BindbeeClient", package: "cand-search"),
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "TestSupport", package: "cand-search"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "CandidateServer", "ServerTestSupport", "ZlibLibrary", "cand-search-server",
        .product(name: "AccessKeys", package: "cand-search"),
        .product(name: "BenchmarkCorpus", package: "cand-search"),
        .product(name: "cand-search", package: "cand-search"),
        .product(name: "cand-search-manual", package: "cand-search"),
        .product(name: "cand-search-sync", package: "cand-search"),
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "TestSupport", package: "cand-search"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
  ]
)
