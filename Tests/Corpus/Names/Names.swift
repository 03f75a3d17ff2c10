/// Given names or surnames of a culture: the frequent ones and the long tail.
struct Names: Sendable {
  private let frequent: NameList
  private let parts: [NameList]
  private let rarePerMille: Int

  init(_ list: String, _ rare: RareText, _ romanizer: Romanizer, adapt: (String) -> String) {
    frequent = NameList(list, offset: 4, romanizer, adapt: adapt)
    rarePerMille = rare.perMille
    let last = rare.parts.count - 1
    parts = rare.parts.enumerated().map { position, part in
      NameList(part, offset: 25, romanizer, adapt: position == last ? adapt : { $0 })
    }
  }

  /// Appends a name as its bearer writes it, and as an e-mail address holds it.
  func draw(_ random: inout RandomStream, isNative: Bool, to text: inout [UInt8], address: inout [UInt8]) {
    if random.chance(perMille: rarePerMille) {
      for part in parts { part.draw(&random, isNative: isNative, to: &text, address: &address) }
    } else {
      frequent.draw(&random, isNative: isNative, to: &text, address: &address)
    }
  }
}

/// Names, or parts of names, in the three spellings that records need.
struct NameList: Sendable {
  private let native: TextTable
  private let latin: TextTable
  private let address: TextTable
  private let weights: WeightedTable

  init(_ list: String, offset: Int, _ romanizer: Romanizer, adapt: (String) -> String) {
    let pairs = list.entries.map { entry in
      let (native, latin) = entry.pair(separator: "=")
      return (native: adapt(native), latin: entry.contains("=") ? latin : romanizer.name(adapt(native)))
    }
    native = TextTable(pairs.map(\.native))
    latin = TextTable(pairs.map(\.latin))
    address = TextTable(pairs.map { romanizer.address($0.latin) })
    weights = .zipf(count: pairs.count, offset: offset)
  }

  func draw(_ random: inout RandomStream, isNative: Bool, to text: inout [UInt8], address: inout [UInt8]) {
    let index = weights.draw(&random)
    text.append(contentsOf: isNative ? native[index] : latin[index])
    address.append(contentsOf: self.address[index])
  }
}
