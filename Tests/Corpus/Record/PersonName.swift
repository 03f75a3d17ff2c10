/// A candidate's name: as it is written, and in the plain letters of an e-mail address.
struct PersonName {
  /// JSON text; empty stands for null.
  var first: [UInt8] = []
  var last: [UInt8] = []
  var firstAddress: [UInt8] = []
  var lastAddress: [UInt8] = []
  let culture: Culture
  let isNative: Bool

  private static let initials: [UInt8] = Array("JRMACDSTPLEKBGNHWJMAS".utf8)

  init(_ people: PeopleVocabulary, _ random: inout RandomStream) {
    culture = people.cultures[people.weights.draw(&random)]
    isNative = random.chance(perMille: culture.nativePerMille ?? 1000)
    let isWoman = random.chance(perMille: 480)
    drawFirst(isWoman ? culture.women : culture.men, &random)
    // Few have their name from elsewhere.
    let isMixed = random.chance(perMille: 35)
    let family = isMixed ? people.cultures[people.weights.draw(&random)] : culture
    drawLast(isWoman ? family.surnamesOfWomen : family.surnames, &random)
    varyCase(&random)
    if random.chance(perMille: 4) { first.removeAll() }
    if random.chance(perMille: 5) { last.removeAll() }
  }

  private mutating func drawFirst(_ names: Names, _ random: inout RandomStream) {
    let kind = random.below(1000)
    if culture.nativePerMille == nil, kind < 12 {
      appendInitial(&random)
      first.append(UInt8(ascii: " "))
      appendInitial(&random)
      return
    }
    names.draw(&random, isNative: isNative, to: &first, address: &firstAddress)
    if culture.nativePerMille == nil, kind < 42 {
      first.append(UInt8(ascii: " "))
      appendInitial(&random)
    } else if random.chance(perMille: culture.secondGivenPerMille) {
      first.append(contentsOf: culture.secondGivenJoiner)
      names.draw(&random, isNative: isNative, to: &first, address: &firstAddress)
    }
  }

  private mutating func appendInitial(_ random: inout RandomStream) {
    let letter = Self.initials[random.below(Self.initials.count)]
    first.append(letter)
    first.append(UInt8(ascii: "."))
    firstAddress.append(letter | 0x20)
  }

  private mutating func drawLast(_ names: Names, _ random: inout RandomStream) {
    names.draw(&random, isNative: isNative, to: &last, address: &lastAddress)
    if random.chance(perMille: culture.secondSurnamePerMille) {
      last.append(contentsOf: culture.secondSurnameJoiner)
      // The address keeps the first surname alone.
      var ignored: [UInt8] = []
      names.draw(&random, isNative: isNative, to: &last, address: &ignored)
    }
  }

  /// Some type their names in capitals or without any.
  private mutating func varyCase(_ random: inout RandomStream) {
    let kind = random.below(1000)
    guard kind < 24, first.allSatisfy({ $0 < 0x80 }), last.allSatisfy({ $0 < 0x80 }) else { return }
    last.changeCase(from: 0, toUpper: kind < 16)
    if kind >= 8 { first.changeCase(from: 0, toUpper: kind < 16) }
  }
}
