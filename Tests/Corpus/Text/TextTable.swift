/// Texts, one after the other in memory, escaped once for JSON so that a record copies bytes and no more.
struct TextTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]

  init(_ texts: [String]) {
    for text in texts {
      bytes.appendEscaped(text.utf8)
      ends.append(bytes.count)
    }
  }

  var count: Int { ends.count - 1 }

  /// The bytes of a text, as they stand between the quotes of JSON.
  subscript(index: Int) -> ArraySlice<UInt8> { bytes[ends[index]..<ends[index + 1]] }
}

/// Texts with weights.
struct Words: Sendable {
  let texts: TextTable
  private let weights: WeightedTable

  /// A list (`a|b|c`), the most frequent first.
  init(_ list: String, offset: Int = 5) {
    let entries = list.entries
    texts = TextTable(entries)
    weights = .zipf(count: entries.count, offset: offset)
  }

  /// A list with weights of its own (`a*70|b*30`).
  init(weighted list: String) {
    let entries = list.weightedEntries
    texts = TextTable(entries.map(\.text))
    weights = WeightedTable(entries.map(\.weight))
  }

  func drawIndex(_ random: inout RandomStream) -> Int { weights.draw(&random) }

  func draw(_ random: inout RandomStream) -> ArraySlice<UInt8> { texts[weights.draw(&random)] }
}

extension String {
  /// The parts of a list, which bars and line breaks divide; `_` stands for an empty one.
  var entries: [String] {
    utf8.split { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "\n") }
      .map { String(Substring($0)) }
      .map { $0 == "_" ? "" : $0 }
  }

  /// The parts of a list, each with its weight (`a*70|b*30`).
  var weightedEntries: [(text: String, weight: Int)] {
    entries.map { entry in
      let (text, weight) = entry.pair(separator: "*")
      return (text == "_" ? "" : text, Int(weight) ?? 1)
    }
  }

  /// What stands before and after the last separator; twice the whole where there is none.
  func pair(separator: Character) -> (String, String) {
    guard let position = lastIndex(of: separator) else { return (self, self) }
    return (String(self[..<position]), String(self[index(after: position)...]))
  }
}
