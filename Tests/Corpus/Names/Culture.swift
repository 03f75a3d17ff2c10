/// A culture's names as they stand in the source, the most frequent first (`a|b|c`).
///
/// Where the script is not Latin, an entry may give its Latin spelling (`王=Wang`); Cyrillic and Greek need
/// none.
struct CultureText {
  /// How many of a thousand candidates.
  var weight: Int
  /// How many of a thousand write their names in the culture's script; nil where that is Latin.
  var nativePerMille: Int?
  var men: String
  var women: String
  var surnames: String
  /// Given names put together from parts, and how many of a thousand there are.
  var rareGiven = RareText()
  /// Surnames put together from parts: the long tail.
  var rareSurnames = RareText()
  /// What a woman's surname ends in (`ski=ska`).
  var feminine = ""
  /// How many of a thousand have a second given name, and what joins the two.
  var secondGivenPerMille = 15
  var secondGivenJoiner = " "
  /// How many of a thousand have a second surname, and what joins the two.
  var secondSurnamePerMille = 15
  var secondSurnameJoiner = "-"
  /// Titles in the culture's language.
  var titles = ""
  /// Where its people live, by the codes of `CityText`.
  var countries: String
}

/// Names that are put together from parts.
struct RareText {
  var perMille = 0
  /// The lists whose entries follow one another; `_` is an empty part.
  var parts: [String] = []
}

/// A culture's names, ready to be drawn.
struct Culture: Sendable {
  let nativePerMille: Int?
  let men: Names
  let women: Names
  let surnames: Names
  let surnamesOfWomen: Names
  let secondGivenPerMille: Int
  let secondGivenJoiner: [UInt8]
  let secondSurnamePerMille: Int
  let secondSurnameJoiner: [UInt8]
  let titles: Words?
  let countries: [String]

  init(_ text: CultureText, romanizer: Romanizer) {
    let endings = text.feminine.entries.map { $0.pair(separator: "=") }
    func feminine(_ name: String) -> String {
      guard let (old, new) = endings.first(where: { name.hasSuffix($0.0) }) else { return name }
      return name.dropLast(old.count) + new
    }
    func same(_ name: String) -> String { name }
    nativePerMille = text.nativePerMille
    men = Names(text.men, text.rareGiven, romanizer, adapt: same)
    women = Names(text.women, text.rareGiven, romanizer, adapt: same)
    surnames = Names(text.surnames, text.rareSurnames, romanizer, adapt: same)
    surnamesOfWomen = Names(text.surnames, text.rareSurnames, romanizer, adapt: feminine)
    secondGivenPerMille = text.secondGivenPerMille
    secondGivenJoiner = Array(text.secondGivenJoiner.utf8)
    secondSurnamePerMille = text.secondSurnamePerMille
    secondSurnameJoiner = Array(text.secondSurnameJoiner.utf8)
    titles = text.titles.isEmpty ? nil : Words(text.titles)
    countries = text.countries.entries
  }
}

extension CultureText {
  /// All cultures; their weights come to a thousand.
  static let all: [CultureText] = [
    english, spanish, indian, german, french, chinese, polish, russian, scandinavian, vietnamese,
    turkish, korean, japanese, arabic, greek, hebrew,
  ]
}
