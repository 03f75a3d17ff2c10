/// The tables that addresses on the net are drawn from.
struct ContactVocabulary: Sendable {
  private let domains = Words(ContactText.domains, offset: 2)
  private let linkKinds = Words(ContactText.linkKinds, offset: 2)
  private let linkPrefixes = Words(ContactText.linkPrefixes, offset: 2)

  /// Appends the list of e-mail addresses; `company` is the domain of the employer, where it has one.
  func appendEmails(
    _ name: PersonName, company: ArraySlice<UInt8>, _ random: inout RandomStream, to buffer: inout [UInt8]
  ) {
    let count: Int
    switch random.below(1000) {
    case 0..<40: return buffer.append("null")
    case 40..<150: count = 0
    case 150..<880: count = 1
    default: count = 2
    }
    buffer.append("[\"")
    if count == 0 { buffer.removeLast() }
    for number in 0..<count {
      if number > 0 { buffer.append("\",\"") }
      appendLocalPart(name, &random, to: &buffer)
      buffer.append("@")
      if number > 0 || random.chance(perMille: 80), !company.isEmpty {
        buffer.append(contentsOf: company)
        buffer.append(".example")
      } else {
        buffer.append(contentsOf: domains.draw(&random))
      }
    }
    buffer.append(count == 0 ? "]" : "\"]")
  }

  private func appendLocalPart(_ name: PersonName, _ random: inout RandomStream, to buffer: inout [UInt8]) {
    let (first, last) = (name.firstAddress, name.lastAddress)
    switch random.below(1000) {
    case 0..<420: join(first[...], ".", last[...], to: &buffer)
    case 420..<570: join(first[...], "", last[...], to: &buffer)
    case 570..<680: join(first.prefix(1), "", last[...], to: &buffer)
    case 680..<760: join(first.prefix(1), ".", last[...], to: &buffer)
    case 760..<830: join(first[...], "_", last[...], to: &buffer)
    case 830..<890: join(last[...], ".", first[...], to: &buffer)
    case 890..<950: join(last[...], "", first.prefix(1), to: &buffer)
    default: buffer.append(contentsOf: first)
    }
    if random.chance(perMille: 330) {
      buffer.appendDecimal(random.chance(perMille: 300) ? 1960 + random.below(48) : 1 + random.below(99))
    }
  }

  private func join(
    _ a: ArraySlice<UInt8>, _ joiner: StaticString, _ b: ArraySlice<UInt8>, to buffer: inout [UInt8]
  ) {
    buffer.append(contentsOf: a)
    buffer.append(joiner)
    buffer.append(contentsOf: b)
  }

  /// Appends the list of links, with the member `type` or `url_type`.
  func appendLinks(_ name: PersonName, _ random: inout RandomStream, to buffer: inout [UInt8]) {
    let hasProfile = random.chance(perMille: 700)
    let hasOther = random.chance(perMille: 200)
    if !hasProfile, !hasOther, random.chance(perMille: 200) { return buffer.append("null") }
    let key: StaticString = random.chance(perMille: 650) ? "{\"type\":\"" : "{\"url_type\":\""
    buffer.append("[")
    if hasProfile {
      buffer.append(key)
      buffer.append("LINKEDIN\",\"value\":\"https://www.linkedin.com/in/")
      join(
        name.firstAddress[...], random.chance(perMille: 700) ? "-" : "", name.lastAddress[...], to: &buffer)
      if random.chance(perMille: 450) {
        buffer.append("-")
        buffer.appendHex(random.next(), digits: 7)
      }
      buffer.append("\"}")
    }
    if hasOther {
      if hasProfile { buffer.append(",") }
      let kind = linkKinds.drawIndex(&random)
      buffer.append(key)
      buffer.append(contentsOf: linkKinds.texts[kind])
      buffer.append("\",\"value\":\"")
      buffer.append(contentsOf: linkPrefixes.texts[kind])
      join(name.firstAddress.prefix(1), "", name.lastAddress[...], to: &buffer)
      buffer.appendDecimal(random.below(1000))
      buffer.append("\"}")
    }
    buffer.append("]")
  }
}
