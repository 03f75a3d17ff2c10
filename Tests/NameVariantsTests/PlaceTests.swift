import Testing
import TextAnalysis

@testable import NameVariants

@Suite struct VariantsPlaceTests {
  static let aliases: [(query: String, includes: [String])] = [
    ("münchen", ["0..<1 munich"]),
    ("munich engineer", ["0..<1 munchen", "0..<1 monaco di baviera"]),
    ("bombay", ["0..<1 mumbai"]),
    ("nurse nyc", ["1..<2 new york", "1..<2 new york city"]),
    ("new york", ["0..<2 nyc"]),
    ("sf", ["0..<1 san francisco"]),
    ("la", ["0..<1 los angeles"]),
    ("dc", ["0..<1 washington"]),
    ("cologne", ["0..<1 koln", "0..<1 koeln"]),
    ("東京", ["0..<2 tokyo"]),
    ("shenzhen", ["0..<1 深 圳"]),
    ("Київ", ["0..<1 kyiv", "0..<1 kiev"]),
    ("Saint-Pétersbourg", ["0..<2 saint petersburg"]),
    ("zebra", []),
    ("", []),
  ]

  @Test(arguments: aliases) func findsOtherNames(_ query: String, _ rewrites: [String]) {
    let found = PlaceAliases.rewrites(of: Self.tokens(query)).map {
      "\($0.range) \($0.replacement.joined(separator: " "))"
    }
    #expect(Set(rewrites).isSubset(of: found), "\(found)")
    if rewrites.isEmpty { #expect(found.isEmpty) }
  }

  @Test func keysAreFoldedTokens() {
    for name in PlaceAliases.cities.joined() {
      #expect(Self.tokens(name.joined(separator: " ")) == name)
    }
  }

  @Test func everyCityHasOtherNamesAndNoneTwice() {
    #expect(PlaceAliases.cities.count > 800)
    for city in PlaceAliases.cities {
      #expect(city.allSatisfy { $0.count <= PlaceAliases.maximumWords }, "\(city)")
      #expect(city.count > 1 && Set(city).count == city.count, "\(city)")
    }
  }

  @Test func alternativesAreFewAndNeverTheNameItself() {
    for name in PlaceAliases.cities.joined() {
      let found = PlaceAliases.rewrites(of: name).filter { $0.range == 0..<name.count }
      #expect((1...PlaceAliases.maximumAlternatives).contains(found.count), "\(name)")
      #expect(!found.contains { $0.replacement == name })
    }
  }

  static func tokens(_ text: String) -> [String] { Analyzer.words(of: text).flatMap(\.tokens) }
}
