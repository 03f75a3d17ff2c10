import Foundation
import Testing
import TextAnalysis

@testable import CandidateSearch

@Suite struct HighlightTests {
  /// A text as a candidate's company, what is asked, and the text with marks.
  static let texts: [(text: String, query: String, marked: String)] = [
    ("", "smith", ""),
    ("Senior Software Engineer", "software", "Senior [Software] Engineer"),
    ("Senior Software Engineer", "engineer senior", "[Senior] Software [Engineer]"),
    ("Senior Software Engineer", "\"software engineer\"", "Senior [Software] [Engineer]"),
    ("Engineer, Software", "\"software engineer\"", "Engineer, Software"),
    ("software software engineer", "\"software engineer\"", "software [software] [engineer]"),
    ("Senior Software Engineer", "soft*", "Senior [Software] Engineer"),
    ("Senior Software Engineer", "\"senior soft*\"", "Senior Software Engineer"),
    ("Senior Software Engineer", "soft", "Senior Software Engineer"),
    ("aaa aa a", "aa", "aaa [aa] a"),
    ("SMITH smith SmItH", "smith", "[SMITH] [smith] [SmItH]"),
    // One word of several tokens.
    ("Smith-Jones", "jones", "Smith-[Jones]"),
    ("Smith-Jones", "smith-jones", "[Smith-Jones]"),
    ("Smith-Jones", "smithjones", "[Smith-Jones]"),
    ("the O'Brien family", "obrien", "the [O'Brien] family"),
    ("the O’Brien family", "brien", "the O’[Brien] family"),
    ("the O’Brien family", "\"the obrien\"", "[the] [O’Brien] family"),
    ("O'Neill-Smith", "smith", "O'Neill-[Smith]"),
    ("O'Neill-Smith", "oneillsmith", "[O'Neill-Smith]"),
    ("Uses Node.js daily", "nodejs", "Uses [Node.js] daily"),
    ("Uses Node.js daily", "node", "Uses [Node].js daily"),
    ("Uses Node.js daily", "\"nodejs daily\"", "Uses [Node.js] [daily]"),
    ("Notepad++ and C++", "notepad", "[Notepad++] and C++"),
    ("Notepad++ and C++", "c++", "Notepad++ and [C++]"),
    (".NET ASP.NET", "dotnet", "[.NET] ASP.NET"),
    (".NET ASP.NET", "asp", ".NET [ASP].NET"),
    (".NET ASP.NET", ".net", "[.NET] [ASP.NET]"),
    ("J. R. Patel", "jr", "[J. R]. Patel"),
    ("J. R. Patel", "\"jr patel\"", "[J. R]. [Patel]"),
    ("J.R. Patel", "jr", "[J.R]. Patel"),
    ("a/b/c", "b", "a/[b]/c"),
    ("3.5 2020-2021", "2021", "3.5 2020-[2021]"),
    // Accents, ligatures, other spellings.
    ("Hans Müller GmbH", "muller", "Hans [Müller] GmbH"),
    ("Hans Müller GmbH", "mueller", "Hans [Müller] GmbH"),
    ("Hans Mu\u{308}ller GmbH", "mueller", "Hans [Mu\u{308}ller] GmbH"),
    ("Hans Müller GmbH", "\"mueller gmbh\"", "Hans [Müller] [GmbH]"),
    ("Søren-Åge", "soeren", "[Søren]-Åge"),
    ("Søren-Åge", "\"soren age\"", "[Søren]-[Åge]"),
    ("in der Straße 5", "strasse", "in der [Straße] 5"),
    ("in der Straße 5", "\"strasse 5\"", "in der [Straße] [5]"),
    ("ﬁne oﬃce", "fine", "[ﬁne] oﬃce"),
    ("ﬁne oﬃce", "office", "ﬁne [oﬃce]"),
    ("½ day", "1", "[½] day"),
    ("½ day", "\"1 2 day\"", "[½] [day]"),
    ("㎏ ㍿ ℡", "kg", "[㎏] ㍿ ℡"),
    ("㎏ ㍿ ℡", "株", "㎏ [㍿] ℡"),
    ("Ｅｎｇｉｎｅｅｒ x", "engineer", "[Ｅｎｇｉｎｅｅｒ] x"),
    ("İstanbul ısparta", "istanbul", "[İstanbul] ısparta"),
    ("İstanbul ısparta", "isparta", "İstanbul [ısparta]"),
    ("cafe\u{301}\u{323} x", "cafe", "[cafe\u{301}\u{323}] x"),
    ("xe\u{301}\u{300}\u{302}", "xe", "[xe\u{301}\u{300}\u{302}]"),
    ("\u{301}\u{301} a", "a", "\u{301}\u{301} [a]"),
    ("soft\u{AD}hyphen", "softhyphen", "[soft\u{AD}hyphen]"),
    ("a\u{0}b c\u{0} d", "ab", "[a\u{0}b] c\u{0} d"),
    ("a\u{0}b c\u{0} d", "c", "a\u{0}b [c]\u{0} d"),
    // Other scripts.
    ("Παπαδόπουλος", "παπαδοπουλος", "[Παπαδόπουλος]"),
    ("Ёлкин и Иванов", "елкин", "[Ёлкин] и Иванов"),
    ("مُحَمَّد علي", "محمد", "[مُحَمَّد] علي"),
    ("שָׁלוֹם עולם", "שלום", "[שָׁלוֹם] עולם"),
    ("a שלום b", "b", "a שלום [b]"),
    ("山田太郎", "山田", "[山田]太郎"),
    ("山田太郎", "郎", "山田太[郎]"),
    ("山田太郎", "太 山", "[山]田[太]郎"),
    ("山田太郎", "太山", "山田太郎"),
    ("김민수", "민수", "김[민수]"),
    ("김민수".decomposedStringWithCanonicalMapping, "민", "김[민]수".decomposedStringWithCanonicalMapping),
    ("ﾡￂ x", "가", "[ﾡￂ] x"),
    ("ｶﾞｷ", "ガ", "[ｶﾞ]ｷ"),
    ("हिन्दी भाषा", "हिन्दी", "[हिन्दी] भाषा"),
    ("हिन्दी भाषा", "भा*", "हिन्दी [भाषा]"),
    ("١٢٣ x", "123", "[١٢٣] x"),
    // What is no word.
    ("👩‍💻 dev 🇩🇪🇩🇪 ops", "dev", "👩‍💻 [dev] 🇩🇪🇩🇪 ops"),
    ("👩‍💻 dev 🇩🇪🇩🇪 ops", "ops", "👩‍💻 dev 🇩🇪🇩🇪 [ops]"),
    ("1️⃣ one", "1", "[1️⃣] one"),
    ("a\r\nb", "b", "a\r\n[b]"),
    ("🔥 !!! …", "x", "🔥 !!! …"),
    // What may not be there, and what need not be.
    ("red green blue", "red -green", "[red] green blue"),
    ("red green blue", "red OR black", "[red] green blue"),
    ("red green blue", "(red -(green OR blue)) OR black", "[red] green blue"),
    ("red green blue", "title:red", "red green blue"),
    ("red green blue", "company:red", "[red] green blue"),
    ("red green blue", "", "red green blue"),
    // Whole values.
    ("Blue Harbor", "company:=\"blue harbor\"", "[Blue Harbor]"),
    ("Blue Harbor", "company:=blue", "Blue Harbor"),
    ("Blue Harbor", "company:=\"Harbor Blue\"", "Blue Harbor"),
  ]

  @Test(arguments: texts) func marks(text: String, query: String, marked: String) throws {
    #expect(try Self.marked(text, query) == marked)
  }

  /// A candidate, what is asked, and every value with marks.
  static let people: [(person: Person, query: String, marked: String)] = [
    (Person(first: "John", last: "Smith"), "\"john smith\"", "first_name [John] · last_name [Smith]"),
    (Person(first: "John", last: "Smith"), "\"smith john\"", ""),
    (Person(first: "John", last: "Smith"), "name:smith", "last_name [Smith]"),
    (Person(last: "Smith"), "smith", "last_name [Smith]"),
    (Person(first: "Smith"), "smith", "first_name [Smith]"),
    (Person(first: "  Jo ", last: " Smith"), "\"jo smith\"", "first_name   [Jo]  · last_name  [Smith]"),
    (Person(first: "太郎", last: "山田"), "\"山田太郎\"", "first_name [太郎] · last_name [山田]"),
    (Person(first: "太郎", last: "山田"), "太", "first_name [太]郎"),
    (Person(first: "太郎", last: "山田"), "田", "last_name 山[田]"),
    (Person(first: "J.", last: "R. Patel"), "jr", "first_name [J.] · last_name [R]. Patel"),
    (Person(first: "\u{301}x", last: "\u{301}y"), "y", "last_name \u{301}[y]"),
    (
      Person(first: "Anna", last: "O'Neil"), "first_name:anna last_name:oneil",
      "first_name [Anna] · last_name [O'Neil]"
    ),
    (Person(first: "Anna Maria", last: "Anna"), "first_name:anna", "first_name [Anna] Maria"),
    (Person(first: "Anna Maria", last: "Anna"), "first_name:an*", "first_name [Anna] Maria"),
    (Person(first: "Anna Maria", last: "x"), "first_name:=\"Anna Maria\"", "first_name [Anna Maria]"),
    (Person(first: "John", last: "Smith"), "name:=\"john smith\"", "first_name [John] · last_name [Smith]"),
    (Person(tags: ["Campus 2021", "JUNIOR"]), "tag:junior", "tag1 [JUNIOR]"),
    (Person(tags: ["Campus 2021", "JUNIOR"]), "tag:camp*", "tag0 [Campus 2021]"),
    (Person(tags: ["Campus 2021", "JUNIOR"]), "2021", "tag0 Campus [2021]"),
    (Person(tags: ["R&D", "", "R D"]), "tag:r&d", "tag0 [R&D]"),
    (Person(locations: ["Paris", "Port of Spain"]), "port spain", "location1 [Port] of [Spain]"),
    (Person(locations: ["Paris", "Spain"]), "\"paris spain\"", ""),
    (Person(emails: ["John@Doe.com", "a@b.org"]), "john@doe.com", "email0 [John@Doe.com]"),
    (Person(emails: ["John@Doe.com", "a@b.org"]), "email:@doe.com", "email0 John@[Doe.com]"),
    (Person(emails: ["John@Doe.com", "a@b.org"]), "email:john", "email0 [John]@Doe.com"),
    (Person(emails: ["John@Doe.com", "a@b.org"]), "org", "email1 a@b.[org]"),
    (Person(emails: ["jane.doe+jobs@acme.com"]), "jobs", "email0 jane.doe+[jobs]@acme.com"),
    (Person(emails: ["x@\u{301}acme.com"]), "email:@acme.com", "email0 [x@\u{301}acme.com]"),
    (Person(emails: ["müller@acme.net"]), "mueller", "email0 [müller]@acme.net"),
    (Person(title: "nurse", company: "Nurse Ltd"), "nurse", "company [Nurse] Ltd · title [nurse]"),
    (Person(title: "nurse"), "can_email:unknown missing:tag", ""),
    (Person(title: "nurse"), "has:title", ""),
  ]

  @Test(arguments: people) func marksPeople(person: Person, query: String, marked: String) throws {
    let candidate = try person.candidate()
    let found = try Self.highlights(candidate, query).map { highlight in
      let values = candidate.values(highlight.field)
      let number = values.count > 1 || !Self.single.contains(highlight.field) ? "\(highlight.value)" : ""
      return "\(highlight.field.rawValue)\(number) "
        + Self.mark(values[highlight.value], highlight.ranges)
    }
    #expect(found.joined(separator: " · ") == marked)
  }

  /// A match that no query gives today.
  @Test func phrasesTogether() throws {
    let candidate = try Person(title: "red green", company: "green blue red").candidate()
    func fields(_ match: IndexQuery) -> [Field.ID] {
      Highlighter(match).highlights(in: candidate).map(\.field)
    }
    #expect(fields(.together([["red"], ["green"]])) == [.company, .title])
    #expect(fields(.together([["red"], ["green", "blue"]])) == [.company])
    #expect(fields(.together([["red"], ["gr"]], isPrefix: true, in: [.title])) == [.title])
    #expect(fields(.together([["red"], ["black"]])) == [])
    #expect(fields(.together([["re"], ["green"]], isPrefix: true)) == [])
    #expect(fields(.not(.phrase(["red"]))) == [])
    #expect(fields(.phrase([])) == [])
    #expect(fields(.everything) == [])
  }

  @Test func longValuesAreMarkedToTheEnd() throws {
    let word = String(repeating: "x", count: Tokenizer.maximumTokenLength + 9)
    for (filler, query) in [("ab ", "end"), ("é-ö ", "end"), ("山", "end"), ("👩‍💻", "end"), ("x", word)] {
      let long = String(repeating: filler, count: (IndexedText.maximumLength - 100) / filler.utf8.count)
      let text = query == "end" ? long + " The End" : long + " " + word
      let marked = try Self.marked(text, query)
      #expect(marked.hasSuffix(query == "end" ? " The [End]" : "] [\(word)]"), "\(filler)")
    }
  }

  // MARK: - Support

  private static let single: [Field.ID] = [.firstName, .lastName, .company, .title]

  /// All that a query asks for as it was typed.
  private static func filtered(_ query: String) throws -> IndexQuery {
    try empty.get().withPlan(query) { .all([$0.typed, $0.filter]) }
  }

  private static let empty = Result { try CandidateIndex.empty() }

  private static func highlights(_ candidate: Candidate, _ query: String) throws -> [Highlight] {
    Highlighter(try filtered(query)).highlights(in: candidate)
  }

  /// A company's name with marks.
  private static func marked(_ text: String, _ query: String) throws -> String {
    let found = try highlights(Person(company: text).candidate(), query)
    return found.reduce(text) { mark($0, $1.ranges) }
  }

  /// The text with marks at ranges of its bytes.
  private static func mark(_ text: String, _ ranges: [Range<Int>]) -> String {
    var bytes = Array(text.utf8)
    for range in ranges.reversed() {
      bytes.insert(UInt8(ascii: "]"), at: range.upperBound)
      bytes.insert(UInt8(ascii: "["), at: range.lowerBound)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
