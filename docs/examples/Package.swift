// swift-tools-version: 6.1
import PackageDescription

// Small programs that use the library. In a package of your own, replace the path with the URL of the repository.

let library: Target.Dependency = .product(name: "CandidateSearch", package: "cand-search")
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6)]

let package = Package(
  name: "examples",
  dependencies: [.package(name: "cand-search", path: "../..")],
  targets: [
    .executableTarget(
      name: "find-candidates", dependencies: [library], path: "find-candidates", swiftSettings: strict),
    .executableTarget(
      name: "load-records", dependencies: [library], path: "load-records", swiftSettings: strict),
    .executableTarget(
      name: "search-page", dependencies: [library], path: "search-page", swiftSettings: strict),
    .testTarget(
      name: "ExampleTests",
      dependencies: [
        "find-candidates", "load-records", "search-page",
        .product(name: "TestSupport", package: "cand-search"),
      ],
      path: "Tests", swiftSettings: strict),
  ]
)
