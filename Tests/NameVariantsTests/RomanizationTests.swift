import Testing
import TextAnalysis

@testable import NameVariants

@Suite struct VariantsRomanizationTests {
  private static func folded(_ text: String) -> String {
    String(String.UnicodeScalarView(Folding.fold(text)))
  }

  /// A word and spellings that it must have.
  static let spellings: [(word: String, spellings: String)] = [
    ("Сергей", "sergey sergei"),
    ("Юлия", "yulia yuliya julia iuliia"),
    ("Юрий", "yuri yury iurii"),
    ("Наталья", "natalya natalia"),
    ("Екатерина", "ekaterina yekaterina"),
    ("Михайлов", "mikhailov mikhaylov"),
    ("Шевченко", "shevchenko schewtschenko"),
    ("Щербаков", "shcherbakov"),
    ("Чайковский", "tchaikovsky chaykovskiy"),
    ("Иванов", "ivanov iwanow"),
    ("Володимир", "volodymyr"),
    ("Зеленський", "zelensky"),
    ("Сергій", "serhii"),
    ("Богдан", "bogdan bohdan"),
    ("Милошевић", "milosevic"),
    ("Ђоковић", "djokovic"),
    ("Първанов", "parvanov"),
    ("Χρήστος", "christos hristos"),
    ("Γιάννης", "giannis yannis"),
    ("Παπαδόπουλος", "papadopoulos"),
    ("Ευάγγελος", "evangelos"),
    ("Οικονόμου", "oikonomou ikonomou"),
    ("Ζωή", "zoe zoi"),
    ("Μπάμπης", "bampis"),
  ]

  @Test(arguments: spellings) func hasUsualSpellings(_ word: String, _ expected: String) {
    let found = Romanization.latin(Self.folded(word))
    #expect(Set(expected.split(separator: " ").map(String.init)).isSubset(of: found))
    #expect(found.first == expected.split(separator: " ").first.map(String.init))
    #expect(found.count <= 6 && Set(found).count == found.count)
    for spelling in found { #expect(Self.folded(spelling) == spelling) }
  }

  /// Not folded, of other alphabets or of several, or no words.
  static let foreign: [String] = [
    "", " ", "sergey", "сергeй", "sергей", "Сергей", "сергей", "сергеи1", "сергеи ", "αбв", "ь", "ъ", "🔥",
    "山田", "محمد", "ქართ",
    "\u{0}", "\u{301}", "\u{E000}", "ѡ", "0",
  ]

  @Test(arguments: foreign) func otherWordsHaveNoSpellings(_ word: String) {
    #expect(Romanization.latin(word).isEmpty)
  }

  /// Spellings of one name, its own alphabet first.
  static let same: [String] = [
    "Сергей sergey sergei sergej serguei sergueï sergii serhii",
    "Юлия yulia yuliya julia iuliia iulia yuliia julija",
    "Чайковский tchaikovsky chaykovskiy tschaikowski tchaikovski chaikovskii tchaïkovski czajkowski",
    "Юрий yuri iurii juri yury yuriy jurij iouri",
    "Хрущёв khrushchev khrushchyov chruschtschow khrouchtchev khruschev",
    "Горбачёв gorbachev gorbachov gorbatschow gorbatchev gorbachyov",
    "Дмитрий dmitry dmitri dmitriy dmitrii dmitrij dimitri",
    "Пётр petr pyotr piotr pjotr",
    "Фёдор fedor fyodor fjodor fiodor",
    "Алёна alena alyona aljona",
    "Михаил mikhail michail mihail mikhaïl",
    "Александр alexander aleksandr alexandr aleksander",
    "Евгений evgeny yevgeny evgenii yevgeniy jewgeni evgueni",
    "Людмила lyudmila liudmila ljudmila ludmila",
    "Ксения ksenia kseniya xenia",
    "Соловьёв solovyov solovyev soloviev solovev",
    "Зайцев zaitsev zaytsev zajcev zaitzev",
    "Шостакович shostakovich chostakovitch schostakowitsch",
    "Марковић markovich markovic маркович",
    "Григорій hryhorii hryhoriy",
    "Дмитриев dmitriev dmitriyev",
    "Χρήστος christos hristos khristos Христос",
    "Γιώργος giorgos yorgos yiorgos",
    "Γιάννης giannis yannis yiannis",
    "Μιχάλης michalis mihalis",
    "Χαράλαμπος charalampos haralambos",
    "Ευάγγελος evangelos evaggelos euangelos",
    "Ειρήνη eirini irini",
    "Κώστας kostas costas",
    "Θεόδωρος theodoros teodoros",
    "Φώτης fotis photis",
    "Μπάμπης bampis bambis",
  ]

  @Test(arguments: same) func spellingsShareASkeleton(_ names: String) {
    let skeletons = names.split(separator: " ").map { Romanization.skeleton(Self.folded(String($0))) }
    #expect(skeletons[0] != nil)
    #expect(Set(skeletons).count == 1, "\(names): \(skeletons)")
  }

  @Test(arguments: [
    "Сергей Сергеев Григорий", "Анна Инна Нина", "Юлия Юрий Ульяна", "Марина Марианна Мария",
    "Елена Алёна Ольга",
    "smith schmidt", "maria mario marie", "wei vi", "zhou zhu zou", "chen shen sen", "hanna channa",
    "jiang yang", "han chan", "martin marvin", "peter petra", "eric erich", "lee le", "meyer mer",
    "bjorn bern",
    "marion maren", "liu lu", "Γεωργία Γιώργος", "carlos charles", "jan john", "ivan ian",
  ])
  func otherNamesKeepTheirs(_ names: String) {
    let skeletons = names.split(separator: " ").map { Romanization.skeleton(Self.folded(String($0))) }
    #expect(Set(skeletons).count == skeletons.count, "\(names): \(skeletons)")
  }

  /// The schemes whose letters tell the sounds apart.
  @Test(
    arguments: spellings.map(\.word) + same.compactMap { $0.split(separator: " ").first.map(String.init) })
  func aWordAndItsRomanizationsShareASkeleton(_ word: String) {
    let word = Self.folded(word)
    let letters = Array(word.unicodeScalars)
    let schemes =
      Alphabet(of: word.unicodeScalars) == .greek
      ? [RomanizationScheme.elot, .heard] : [RomanizationScheme.press, .passport, .geographic]
    for scheme in schemes {
      let latin = scheme.rules.rewrite(letters).map { String(String.UnicodeScalarView($0)) }
      #expect(latin.flatMap(Romanization.skeleton) == Romanization.skeleton(word), "\(word): \(latin ?? "")")
    }
  }

  @Test(arguments: [
    "", " ", "ь", "c++", "a1", "o'brien", "sергеи", "🔥", "山", "محمد", "\u{0}", "\u{E000}", "Smith",
  ])
  func noNameHasNoSkeleton(_ word: String) {
    #expect(Romanization.skeleton(word) == nil)
  }

  @Test func aLongWordIsNoTrouble() {
    for letter in ["щ", "ї", "χ", "x", "t", "ae", "y", "schtsch", "и"] {
      let word = String(repeating: letter, count: 20_000)
      #expect(Romanization.latin(word).count <= 6)
      #expect(Romanization.skeleton(word)?.isEmpty != true)
      #expect(Romanization.umlautSpellings(word).count <= 4)
    }
  }

  static let umlauts: [(word: String, spellings: [String])] = [
    ("mueller", ["muller"]),
    ("muller", ["mueller"]),
    ("schroeder", ["schroder"]),
    ("schroder", ["schroeder"]),
    ("jaeger", ["jager"]),
    ("oezil", ["ozil"]),
    ("ozil", ["oezil"]),
    ("koenigsmueller", ["konigsmuller", "konigsmueller", "koenigsmuller"]),
    ("hofmann", ["hoefmann", "hofmaenn"]),
    ("abacadafaga", ["aebacadafaga", "abaecadafaga", "abacaedafaga", "abacadaefaga"]),
    ("bauer", []),
    ("neue", []),
    ("quelle", []),
    ("joe", []),
    ("smith", []),
    ("anna", ["aenna"]),
    ("", []),
    ("u", []),
    ("ue", []),
    ("müller", []),
    ("мюллер", []),
    ("γιωργοσ", []),
    ("c++", []),
    ("🔥", []),
  ]

  @Test(arguments: umlauts) func exchangesUmlautsAndDigraphs(_ word: String, _ spellings: [String]) {
    #expect(Romanization.umlautSpellings(word) == spellings)
  }
}
