// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that users of the library neither resolve nor build the benchmarks.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "benchmarks",
  products: [.executable(name: "bench", targets: ["bench"])],
  dependencies: [
    .package(name: "cand-search", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: [
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "PostgresEngine", package: "cand-search"),
        .product(name: "BenchmarkCorpus", package: "cand-search"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "bench",
      swiftSettings: strict),
    .testTarget(
      name: "BenchmarkTests",
      dependencies: [
        "bench",
        .product(name: "CandidateSearch", package: "cand-search"),
        .product(name: "BenchmarkCorpus", package: "cand-search"),
        .product(name: "TestSupport", package: "cand-search"),
        .product(name: "cand-search", package: "cand-search"),
      ],
      path: "Tests",
      swiftSettings: strict),
  ]
)
