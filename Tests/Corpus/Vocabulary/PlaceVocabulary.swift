/// Countries and cities.
struct PlaceVocabulary: Sendable {
  struct Country: Sendable {
    let phones: Words
    let firstCity: Int
    let cities: WeightedTable
  }

  private let countries: [Country]
  private let positions: [String: Int]
  private let everywhere: WeightedTable
  private let cities: TextTable
  /// The same with their state where they have one, else with their country.
  private let citiesWithState: TextTable
  private let citiesWithCountry: TextTable

  init() {
    var countries: [Country] = []
    var positions: [String: Int] = [:]
    var all: (short: [String], state: [String], country: [String], weights: [Int]) = ([], [], [], [])
    for country in CountryText.all {
      let entries = country.cities.weightedEntries
      positions[country.code] = countries.count
      countries.append(
        Country(
          phones: Words(country.phones), firstCity: all.weights.count,
          cities: WeightedTable(entries.map(\.weight))))
      for (city, weight) in entries {
        let (name, state) = city.contains(",") ? city.pair(separator: ",") : (city, "")
        all.short.append(name)
        all.country.append("\(name), \(country.name)")
        all.state.append(state.isEmpty ? "\(name), \(country.name)" : "\(name), \(state)")
        // The big Asian cities would crowd out the others.
        all.weights.append(min(weight, 4000))
      }
    }
    self.countries = countries
    self.positions = positions
    everywhere = WeightedTable(all.weights)
    cities = TextTable(all.short)
    citiesWithState = TextTable(all.state)
    citiesWithCountry = TextTable(all.country)
  }

  /// Where somebody of a culture is at home.
  func country(of culture: Culture, _ random: inout RandomStream) -> Country {
    // Most live in the first country, and so on.
    let code = culture.countries[random.lowBelow(culture.countries.count)]
    return countries[positions[code] ?? 0]
  }

  /// Appends the list of places.
  func append(home: Country, _ random: inout RandomStream, to buffer: inout [UInt8]) {
    let count: Int
    switch random.below(1000) {
    case 0..<20: return buffer.append("null")
    case 20..<120: count = 0
    case 120..<800: count = 1
    case 800..<960: count = 2
    default: count = 3
    }
    buffer.append("[")
    var drawn: [Int] = []
    while drawn.count < count {
      let isHome = random.chance(perMille: 700)
      let city = isHome ? home.firstCity + home.cities.draw(&random) : everywhere.draw(&random)
      let form = random.below(1000)
      if drawn.contains(city) { continue }
      if !drawn.isEmpty { buffer.append(",") }
      drawn.append(city)
      buffer.appendQuoted(
        form < 600 ? cities[city] : form < 820 ? citiesWithState[city] : citiesWithCountry[city])
    }
    buffer.append("]")
  }

  /// Appends a phone number as it is written in a country.
  func appendPhone(_ home: Country, _ random: inout RandomStream, to buffer: inout [UInt8]) {
    buffer.append("\"")
    for byte in home.phones.draw(&random) {
      switch byte {
      case UInt8(ascii: "#"): buffer.append(UInt8(ascii: "0") + UInt8(random.below(10)))
      case UInt8(ascii: "N"): buffer.append(UInt8(ascii: "2") + UInt8(random.below(8)))
      default: buffer.append(byte)
      }
    }
    buffer.append("\"")
  }
}
