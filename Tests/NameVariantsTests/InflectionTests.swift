import Testing

@testable import NameVariants

@Suite struct InflectionTests {
  /// Words that are forms of one word, each of any other.
  static let forms = [
    "engineer engineers engineering",
    "manager managers management managing",
    "developer developers development developing",
    "nurse nurses nursing",
    "designer designers design designing",
    "consultant consultants consulting consultancy",
    "accountant accountants accounting",
    "account accounts",
    "customer customers",
    "recruiter recruiters recruitment recruiting",
    "researcher research researchers",
    "secretary secretaries",
    "technology technologies",
    "company companies",
    "clerk clerks",
    "sale sales",
    "investment investments investing", "investor investors",
    "entwickler entwicklern entwicklung",
    "ingenieur ingenieure ingenieuren",
    "infirmier infirmiere infirmiers",
    "technicien technicienne techniciens",
    "professionnel professionnelle",
    "ingeniero ingenieros", "ingeniero ingeniera",
    "abogado abogada abogados abogadas",
    "profesor profesora profesores",
    "engenheiro engenheira engenheiros",
    "impiegato impiegata impiegati",
    "direttore direttori",
    "verpleegkundige verpleegkundigen",
    "medewerker medewerkers",
  ]

  /// Pairs of words of different meaning; many have one stem.
  static let falseFriends = [
    "university universal", "organ organization", "organ organic", "product production", "product producer",
    "intern international", "intern internal", "import important", "customs customer", "custom customer",
    "office officer", "officers office", "account accountant", "account accounting", "operations operator",
    "general generation", "policy police", "physics physical", "human humane", "united units",
    "execution executive",
    "personal personnel", "relations relative", "community communication", "news new", "spring spr",
    "port porter",
    "house housing", "data date", "care cara", "aws aw", "author authority", "local locale",
    "science scientist",
    "c cs", "2nd 2nds", "münchen munchener", "engineer", " ", "",
  ]

  private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  @Test(arguments: forms) func formsOfOneWord(_ text: String) throws {
    let words = Self.words(text)
    let inflections = Inflections()
    for word in words {
      #expect(inflections.forms(of: word, among: words) == words.filter { $0 != word }, "\(word)")
      let beginning = try #require(inflections.commonBeginning(of: word))
      #expect(words.allSatisfy { $0.hasPrefix(beginning) }, "\(word): \(beginning)")
    }
  }

  @Test(arguments: falseFriends) func wordsOfDifferentMeaning(_ text: String) {
    let words = Self.words(text)
    for word in words { #expect(Inflections().forms(of: word, among: words) == [], "\(word)") }
  }

  @Test func hostileWordsHaveNoForms() {
    let inflections = Inflections()
    for word in [
      "", "a", "\u{0}\u{0}\u{0}\u{0}", "🔥🔥🔥🔥", String(repeating: "s", count: 100_000), "....", "ing",
    ] {
      #expect(inflections.forms(of: word, among: ["", "s", "engineer", word]) == [], "\(word.prefix(9))")
    }
  }
}
