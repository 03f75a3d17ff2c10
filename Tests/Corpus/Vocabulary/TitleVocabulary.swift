/// The tables that titles are put together from.
struct TitleVocabulary: Sendable {
  struct Family: Sendable {
    let roles: Words
    let fields: Words
  }

  let families: [Family]
  let weights: WeightedTable
  let levels = Words(weighted: TitleText.levels)
  let suffixes = Words(TitleText.suffixes)
  let areas = Words(TitleText.areas, offset: 20)
  let aspects = Words(TitleText.aspects, offset: 20)

  init() {
    families = TitleText.families.map {
      Family(roles: Words(weighted: $0.roles), fields: Words($0.fields, offset: $0.offset))
    }
    weights = WeightedTable(TitleText.families.map(\.weight))
  }

  /// Appends a title as it stands between the quotes of JSON; nothing where it is null.
  func append(for name: PersonName, _ random: inout RandomStream, to buffer: inout [UInt8]) {
    if random.chance(perMille: 60) { return }
    let localShare = name.culture.nativePerMille == nil ? 120 : name.isNative ? 550 : 40
    if let titles = name.culture.titles, random.chance(perMille: localShare) {
      buffer.append(contentsOf: titles.draw(&random))
    } else {
      appendEnglish(&random, to: &buffer)
    }
  }

  private func appendEnglish(_ random: inout RandomStream, to buffer: inout [UInt8]) {
    let start = buffer.count
    let family = families[weights.draw(&random)]
    buffer.append(contentsOf: levels.draw(&random))
    let field = family.fields.drawIndex(&random)
    let role = family.roles.draw(&random)
    let order = random.below(1000)
    if order < 35, !role.isEmpty {
      appendWord(role, from: start, to: &buffer)
      buffer.append(UInt8(ascii: ","))
      appendWord(family.fields.texts[field], from: start, to: &buffer)
    } else {
      // Some roles stand alone.
      if order < 945 || role.isEmpty { appendWord(family.fields.texts[field], from: start, to: &buffer) }
      appendWord(role, from: start, to: &buffer)
    }
    appendEnd(&random, from: start, to: &buffer)
    let letters = random.below(1000)
    if letters < 110 { buffer.changeCase(from: start, toUpper: letters < 75) }
  }

  private func appendEnd(_ random: inout RandomStream, from start: Int, to buffer: inout [UInt8]) {
    switch random.below(1000) {
    case 0..<90:
      let suffix = suffixes.draw(&random)
      if suffix.first == UInt8(ascii: ",") {
        buffer.append(contentsOf: suffix)
      } else {
        appendWord(suffix, from: start, to: &buffer)
      }
    case 90..<160:
      buffer.append(random.chance(perMille: 500) ? ", " : " - ")
      buffer.append(contentsOf: areas.draw(&random))
      if random.chance(perMille: 450) { appendWord(aspects.draw(&random), from: start, to: &buffer) }
    case 160..<180:
      buffer.append(" (Req ")
      buffer.appendDecimal(10_000 + random.below(80_000))
      buffer.append(")")
    default: break
    }
  }

  private func appendWord(_ word: ArraySlice<UInt8>, from start: Int, to buffer: inout [UInt8]) {
    if word.isEmpty { return }
    if buffer.count > start { buffer.append(UInt8(ascii: " ")) }
    buffer.append(contentsOf: word)
  }
}
