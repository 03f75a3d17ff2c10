import TestSupport
import Testing

@testable import TextAnalysis

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

  @Test(arguments: words) func splits(text: String, words: [String]) {
    #expect(WordSplitter.words(text).map(Self.describe) == words)
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

  /// The way that most texts take must lead where the plain one does.
  @Test func theFastWayOfASCIILeadsWhereThePlainOneDoes() {
    var random = SplitMix64(state: 5)
    let pieces = Array("aBz09 ,/-'.&+#@_()\t\u{0}\u{7F}é").map(String.init) + ["Jo", "jr", "smith", " ", " "]
    var plain = 0
    for _ in 0..<20_000 {
      let text = (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        .joined()
      for isAddress in [false, true] {
        let bytes = ByteBuffer()
        guard ASCII.appendPlainTokens(of: text, splitsAtEverySign: isAddress, to: bytes) else {
          #expect(bytes.count == 0)
          continue
        }
        plain += 1
        let words = isAddress ? WordSplitter.wordsOfAddress(text) : WordSplitter.words(text)
        #expect(words.allSatisfy { $0.forms.count == 1 && $0.indexedForms.isEmpty }, "\(text)")
        #expect(Initials.runs(in: words).isEmpty, "\(text)")
        #expect(
          String(decoding: bytes.all, as: UTF8.self) == words.flatMap(\.tokens).map { $0 + " " }.joined(),
          "\(text)")
      }
      var folded: [UInt8] = []
      Folding.fold(text, to: &folded)
      #expect(String(decoding: folded, as: UTF8.self) == String(String.UnicodeScalarView(Folding.fold(text))))
    }
    #expect(plain > 5000)
  }
}
