/// The tables that tags are drawn from.
struct TagVocabulary: Sendable {
  private let seniority: [[[UInt8]]]
  private let seniorityWeights: WeightedTable
  private let common = Words(TagText.common, offset: 6)
  private let beginnings = Words(TagText.beginnings, offset: 15)
  private let endings = Words(TagText.endings, offset: 15)

  init() {
    let entries = TagText.seniority.weightedEntries
    seniority = entries.map { $0.text.split(separator: "+").map { Array($0.utf8) } }
    seniorityWeights = WeightedTable(entries.map(\.weight))
  }

  /// Appends the list of tags, none of them twice.
  func append(_ random: inout RandomStream, to buffer: inout [UInt8]) {
    let first = seniority[seniorityWeights.draw(&random)]
    let count: Int
    switch random.below(1000) {
    case 0..<340: count = 0
    case 340..<680: count = 1
    case 680..<880: count = 2
    case 880..<970: count = 3
    default: count = 4
    }
    if first.isEmpty, count == 0, random.chance(perMille: 150) { return buffer.append("null") }
    buffer.append("[")
    let start = buffer.count
    for tag in first { appendTag(tag, from: start, to: &buffer) }
    var drawn: [Int] = []
    while drawn.count < count {
      let isRare = random.chance(perMille: 260)
      let beginning = beginnings.drawIndex(&random)
      let tag = isRare ? -1 - endings.drawIndex(&random) : common.drawIndex(&random)
      if drawn.contains(tag) { continue }
      drawn.append(tag)
      if tag >= 0 {
        appendTag(common.texts[tag], from: start, to: &buffer)
      } else {
        appendTag(beginnings.texts[beginning] + [0x20] + endings.texts[-1 - tag], from: start, to: &buffer)
      }
    }
    buffer.append("]")
  }

  private func appendTag(_ tag: some Collection<UInt8>, from start: Int, to buffer: inout [UInt8]) {
    if buffer.count > start { buffer.append(",") }
    buffer.appendQuoted(tag)
  }
}
