extension Romanization {
  /// The usual Latin spellings of a given name in Hangul, its syllables joined: as the Revised Romanization
  /// spells syllables (without assimilation, as the rule of 2000 says of names), then as people do (k for g,
  /// u for eo, oo for u).
  ///
  /// - Parameter syllables: whole Hangul syllables.
  static func hangul(_ syllables: [Unicode.Scalar]) -> [String] {
    let parts = syllables.compactMap(HangulSyllable.init)
    guard !parts.isEmpty, parts.count == syllables.count else { return [] }
    let spellings = [
      parts.map(\.revised), parts.map(\.usual), parts.map(\.usualWithG), parts.map(\.revisedWithK),
    ]
    return unique(spellings.map { $0.joined() })
  }

  /// The usual spellings of a surname in Hangul.
  static func hangulSurname(_ syllables: [Unicode.Scalar]) -> [String] {
    return unique((hangulSurnames[syllables] ?? []) + hangul(syllables))
  }

  /// The number of syllables of the surname with which a whole name begins.
  static func hangulSurnameLength(_ syllables: [Unicode.Scalar]) -> Int {
    return syllables.count > 2 && hangulSurnames[Array(syllables.prefix(2))] != nil
      ? 2 : min(1, syllables.count)
  }

  private static let hangulSurnames = spellingTable(hangulSurnameSpellings)

  /// Written for this project, from how Koreans spell their surnames.
  private static let hangulSurnameSpellings = """
    김: kim gim
    이: lee yi rhee
    박: park pak bak
    최: choi choe
    정: jung jeong chung
    강: kang gang
    조: cho jo
    윤: yoon yun
    장: jang chang
    임: lim im rim
    한: han hahn
    오: oh o
    서: seo suh
    신: shin sin
    권: kwon gwon
    황: hwang
    안: ahn an
    송: song
    류: ryu yoo
    유: yoo yu
    홍: hong
    전: jeon jun chun
    고: ko go koh
    문: moon mun
    양: yang
    손: son sohn
    배: bae pae
    백: baek paik
    허: heo hur huh
    남: nam
    심: shim sim
    노: noh roh no
    하: ha
    곽: kwak gwak
    성: sung seong
    차: cha
    주: joo ju
    우: woo
    구: koo ku goo
    나: na ra
    라: ra na
    진: jin chin
    지: ji jee
    엄: um eom
    천: chun cheon
    방: bang pang
    공: kong gong
    현: hyun hyeon
    변: byun byeon
    염: yum yeom
    여: yeo yuh
    추: choo chu
    도: do doh
    소: so soh
    석: suk seok
    선: sun seon
    설: sul seol
    길: gil kil
    명: myung myeong
    기: ki gi
    금: keum geum
    육: yook yuk
    마: ma mah
    남궁: namgung namkoong
    황보: hwangbo
    제갈: jegal
    선우: sunwoo seonu
    독고: dokgo
    사공: sagong
    """
}

/// A syllable taken apart by the formula of The Unicode Standard, 3.12.
private struct HangulSyllable {
  private let initial: Int
  private let vowel: Int
  private let final: Int

  init?(_ scalar: Unicode.Scalar) {
    guard (0xAC00...0xD7A3).contains(scalar.value) else { return nil }
    let index = Int(scalar.value) - 0xAC00
    initial = index / 588
    vowel = index % 588 / 28
    final = index % 28
  }

  var revised: String { Self.initials[initial] + Self.vowels[vowel] + Self.finals[final] }
  var revisedWithK: String { usualInitial + Self.vowels[vowel] + Self.finals[final] }
  var usual: String { usualInitial + usualVowel + Self.finals[final] }
  var usualWithG: String { Self.initials[initial] + usualVowel + Self.finals[final] }

  private var usualInitial: String { Self.initials[initial] == "g" ? "k" : Self.initials[initial] }

  private var usualVowel: String {
    let begins = Self.initials[initial].isEmpty
    switch Self.vowels[vowel] {
    case "eo": return begins ? "eo" : "u"
    case "yeo": return begins ? (Self.finals[final] == "ng" ? "you" : "yeo") : "yu"
    case "u": return begins ? "woo" : "oo"
    case "yu": return begins ? "yoo" : "yu"
    case "ui": return begins ? "eui" : "ee"
    case let other: return other
    }
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: " ").map { $0 == "-" ? "" : String($0) }
  }

  private static let initials = list("g kk n d tt r m b pp s ss - j jj ch k t p h")
  private static let vowels = list("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
  private static let finals = list("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
}
