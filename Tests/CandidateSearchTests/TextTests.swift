import Testing

@testable import CandidateSearch

@Suite struct TextTests {
  /// A text and the forms of its words: `|` between forms, `;` before those that are only indexed.
  static let words: [(text: String, words: [String])] = [
    ("", []),
    ("Software ENGINEER", ["software", "engineer"]),
    ("  a,b;c/d(e)f  ", ["a", "b", "c", "d", "e", "f"]),
    ("C++", ["c++"]),
    ("C#", ["c#"]),
    ("F#/C++", ["f#", "c++"]),
    ("C++11", ["c++", "11"]),
    ("Notepad++", ["notepad++;notepad"]),
    (".NET", [".net;net;dotnet"]),
    ("ASP.NET", ["asp net|aspnet;.net"]),
    ("C#.NET", ["c# net|c#net;.net"]),
    ("network .network", ["network", "network"]),
    ("node.js nodejs", ["node js|nodejs", "nodejs"]),
    ("R&D", ["r d|rd"]),
    ("O'Brien", ["obrien|o brien"]),
    ("O’Brien", ["obrien|o brien"]),
    ("Macy's", ["macys|macy s"]),
    ("'quoted'", ["quoted"]),
    ("Smith-Jones", ["smith jones|smithjones"]),
    ("O'Neill-Smith", ["oneill smith|o neill smith|oneillsmith"]),
    ("J.R.", ["j r|jr"]),
    ("3.5 2020-2021", ["3 5", "2020 2021"]),
    ("#JUNIOR", ["junior"]),
    ("5+ years", ["5", "years"]),
    ("jane.doe+jobs@acme.com", ["jane doe|janedoe", "jobs", "acme com|acmecom"]),
    ("Łukasz", ["lukasz"]),
    ("Müller", ["muller|mueller"]),
    ("Søren", ["soren|soeren"]),
    ("Straße", ["strasse"]),
    ("İstanbul", ["istanbul"]),
    ("ISPARTA ısparta", ["isparta", "isparta"]),
    ("José", ["jose"]),
    ("Nguyễn Thị Đức", ["nguyen", "thi", "duc"]),
    ("ŒUVRE Ægir Þór", ["oeuvre", "aegir", "thor"]),
    ("Ｅｎｇｉｎｅｅｒ ﬁne", ["engineer", "fine"]),
    ("Иванов Ёлкин", ["иванов", "елкин"]),
    ("Παπαδόπουλος", ["παπαδοπουλοσ"]),
    ("مُحَمَّد محمد", ["محمد", "محمد"]),
    ("שָׁלוֹם", ["שלום"]),
    ("山田太郎", ["山 田 太 郎"]),
    ("abc山田", ["abc 山 田"]),
    ("ソフト", ["ソ フ ト"]),
    ("김민수", ["김 민 수"]),
    ("हिन्दी", ["हिन्दी"]),
    ("١٢٣", ["123"]),
    ("🔥 !!! …", []),
    ("a\u{200D}b soft\u{AD}hyphen", ["ab", "softhyphen"]),
    ("a\u{0}b a\u{E000}b", ["ab", "ab"]),
  ]

  private static func describe(_ word: Word) -> String {
    word.forms.map { $0.joined(separator: " ") }.joined(separator: "|")
      + word.indexedForms.map { ";" + $0.joined(separator: " ") }.joined()
  }

  @Test(arguments: words.indices) func splits(_ i: Int) {
    let (text, words) = Self.words[i]
    #expect(WordSplitter.words(text).map(Self.describe) == words, "\(text)")
  }

  @Test(arguments: ["Müller", "Nguyễn Thị", "Παπαδόπουλος", "김민수", "İstanbul", "हिन्दी क़लम", "がぎぐ", "Å ﬁ", "ệ"])
  func normalFormsAreEqual(_ text: String) {
    let expected = WordSplitter.words(text)
    #expect(WordSplitter.words(text.decomposedStringWithCanonicalMapping) == expected)
    #expect(WordSplitter.words(text.precomposedStringWithCanonicalMapping) == expected)
    #expect(WordSplitter.words(text.decomposedStringWithCompatibilityMapping) == expected)
    #expect(WordSplitter.words(text.precomposedStringWithCompatibilityMapping) == expected)
  }

  @Test func aMegabyteIsSplitAndItsTokensAreShort() {
    let text = String(repeating: "x", count: 500_000) + " " + String(repeating: "é-", count: 250_000)
    for word in WordSplitter.words(text) {
      #expect(word.tokens.allSatisfy { $0.unicodeScalars.count <= WordChunk.maximumTokenLength })
    }
  }

  static let keys: [(a: String, b: String, areEqual: Bool)] = [
    ("JUNIOR", "junior", true),
    ("Campus  2021", "campus 2021", true),
    ("Développeur", "developpeur", true),
    ("R&D", "R D", false),
    ("C++", "C", false),
    ("🔥", "", false),
    ("driver’s", "driver's", true),
    ("campus_2021", "campus 2021", false),
  ]

  @Test(arguments: keys.indices) func tagsAreEqualOrNot(_ i: Int) {
    let (a, b, areEqual) = Self.keys[i]
    #expect((Key.tag(a) == Key.tag(b)) == areEqual, "\(a) and \(b)")
  }

  @Test func aDocumentIsAPureFunctionOfTheCandidate() throws {
    let candidate = try CandidateDecoder().decode(
      json: """
        {"id":"1","first_name":"J. R.","last_name":"O'Brien","company":"Node.js Ltd","title":"C++ Dev",
        "locations":["San Francisco","Paris"],"tags":["A b"],"email_addresses":["J@Doe.com"],
        "phone_numbers":["+1 415 555 0123","12"],"is_private":false}
        """)
    let document = Document(candidate, connector: "main")
    let separated = document.texts.map { $0.replacing("\u{E000}", with: "·") }
    #expect(
      separated == [
        "j r obrien · r o brien · jr obrien", "node js ltd · nodejs ltd", "c++ dev", "san francisco · paris",
        "a b · ab", "j doe com",
      ])
    #expect(
      document.keys.replacing("\u{E000}", with: "·").split(separator: " ") == [
        "·all·", "·connector·main", "·id·1", "·is_private·false", "·can_email·unknown", "·tag·a·b",
        "·email·j@doe.com", "·domain·doe.com", "·phone·32105555141",
        "·missing·url", "·missing·application", "·missing·attachment", "·missing·avatar",
        "·missing·interaction",
        "·name·j·r·obrien", "·company·node·js·ltd", "·title·c++·dev", "·location·san·francisco",
        "·location·paris",
      ])
    #expect(Document(candidate, connector: "main") == document)
  }
}
