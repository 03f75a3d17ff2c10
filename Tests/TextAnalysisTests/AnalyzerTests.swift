import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct AnalyzerTests {
  @Test(arguments: [
    "", "a", "a b", "\t", "a\r\n", "\u{B}", "\u{1C}", "\u{85}", "a\u{A0}b", "\u{3000}", "\u{200B}",
    " \u{301}", "é", "山",
  ])
  func whiteSpaceIsThatOfCharacters(_ text: String) {
    #expect(text.containsWhiteSpace == text.contains(where: \.isWhitespace))
  }

  /// Documents are made of the words of parts, highlights and queries of those of whole texts.
  @Test func noRuleLooksAcrossASpace() {
    let signs = [
      " ", " ", "a", "u", "É", "e\u{301}", "u\u{308}", "ø", "\u{308}", "\u{30A}", "ᄀ", "ᅡ", "ᆨ", "가", "山",
      "ｶ", "\u{FF9E}",
      "и\u{306}", "ς", "Σ", "ไ", "\u{E33}", "क\u{93F}", "م\u{64B}", ".", ".net", "net", "'", "’", "-", "&",
      "+", "#", "1", "٣", "/", "\t",
      "\u{A0}", "\u{B4}", "\u{200B}", "\u{0}", "😀",
    ]
    var random = SplitMix64(state: 5)
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        signs.randomElement(using: &random) ?? ""
      }
      .joined()
      let parts = text.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      #expect(
        Analyzer.words(of: text) == parts.flatMap { Analyzer.words(of: $0) }, "\(text.debugDescription)")
    }
  }

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

  @Test(arguments: words) func splits(_ text: String, _ words: [String]) {
    #expect(Analyzer.words(of: text).map(Self.describe) == words)
  }

  /// A text, and what of it each token of the usual forms comes from.
  static let sources: [(text: String, sources: [String])] = [
    ("Software ENGINEER", ["Software", "ENGINEER"]),
    ("O\u{AD}'Brien’s J.R.", ["O\u{AD}'Brien’s", "J", "R"]),
    ("C#.NET 3²", ["C#", "NET", "3²"]),
    ("Mu\u{308}ller Straße", ["Mu\u{308}ller", "Straße"]),
    ("ﬁne \u{1112}\u{1161}\u{11AB}김", ["ﬁne", "\u{1112}\u{1161}\u{11AB}", "김"]),
    ("山a", ["山", "a"]),
    ("  ", []),
  ]

  @Test(arguments: sources) func tokensHaveOffsets(_ text: String, _ sources: [String]) {
    let analyzed = Analyzer.analyze(text, withOffsets: true)
    let bytes = Array(text.utf8)
    #expect(analyzed.words == Analyzer.words(of: text))
    #expect(
      analyzed.offsets.flatMap(\.forms[0]).map { String(decoding: bytes[$0], as: UTF8.self) } == sources)
  }

  @Test(arguments: ["Müller", "Nguyễn Thị", "Παπαδόπουλος", "김민수", "İstanbul", "हिन्दी क़लम", "がぎぐ", "Å ﬁ", "ệ"])
  func normalFormsAreEqual(_ text: String) {
    let expected = Analyzer.words(of: text)
    #expect(Analyzer.words(of: text.decomposedStringWithCanonicalMapping) == expected)
    #expect(Analyzer.words(of: text.precomposedStringWithCanonicalMapping) == expected)
    #expect(Analyzer.words(of: text.decomposedStringWithCompatibilityMapping) == expected)
    #expect(Analyzer.words(of: text.precomposedStringWithCompatibilityMapping) == expected)
  }

  @Test func aMegabyteIsSplitAndItsTokensAreShort() {
    let text = String(repeating: "x", count: 500_000) + " " + String(repeating: "é-", count: 250_000)
    for word in Analyzer.words(of: text) {
      #expect(word.tokens.allSatisfy { $0.unicodeScalars.count <= Tokenizer.maximumTokenLength })
    }
  }

  /// The fast path writes the tokens and offsets of the plain one.
  @Test func theFastPathIsThePlainPath() {
    var random = SplitMix64(state: 5)
    let pieces = Array("aBz09 ,/-'.&+#@_()\t\u{0}\u{7F}é").map(String.init) + ["Jo", "jr", "smith", " ", " "]
    var plain = 0
    for _ in 0..<20_000 {
      let text = (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        .joined()
      for kind in [TextKind.prose, .address] {
        let bytes = ByteBuffer()
        let offsets = TokenOffsets()
        var utf8 = text
        let isPlain = utf8.withUTF8 { Analyzer.appendPlainTokens(of: $0, as: kind, to: bytes, offsets) }
        guard isPlain else {
          #expect(bytes.count == 0 && offsets.ranges.isEmpty)
          continue
        }
        plain += 1
        let analyzed = Analyzer.analyze(text, as: kind, withOffsets: true)
        #expect(analyzed.words.allSatisfy { $0.forms.count == 1 && $0.indexedForms.isEmpty }, "\(text)")
        #expect(Initials.runs(in: analyzed.words).isEmpty, "\(text)")
        #expect(
          String(decoding: bytes.all, as: UTF8.self)
            == analyzed.words.flatMap(\.tokens).map { $0 + " " }.joined(),
          "\(text)")
        #expect(offsets.ranges == analyzed.offsets.flatMap(\.forms[0]), "\(text)")
      }
      expectFoldsAlike(text)
    }
    #expect(plain > 5000)
  }

  /// Every scalar alone, and mixtures of those that interact: marks, Hangul in letters and syllables, half-width kana.
  @Test func foldingScalarByScalarIsFoldingTheWhole() throws {
    var remembered = 0
    for scalar in (0x80...0x2FFFF).compactMap(Unicode.Scalar.init) {
      remembered += try expectFoldsByScalar("a\(scalar)") ? 1 : 0
    }
    #expect(remembered > 50_000)
    let pieces =
      "aouAÖøØßŁéñç łđªﬁ½ⅷ①½中山ｱｶﾞカガ한ㅎㅏ가한ￂÀǅẞΆς́йґאבּ،لآ١ไทยोक्षि\u{308}\u{30A}\u{301}\u{327}\u{200D}\u{E000}\u{AD}"
      .unicodeScalars.map { String($0) }
    var random = SplitMix64(state: 11)
    for _ in 0..<20_000 {
      let text = (0..<Int(1 + random.next() % 8)).map { _ in
        pieces[Int(random.next() % UInt64(pieces.count))]
      }.joined()
      _ = try expectFoldsByScalar(text)
    }
  }

  /// Whether the fast path folds a text; then as the plain one does.
  private func expectFoldsByScalar(_ text: String) throws -> Bool {
    guard let folded = ScalarFoldings.fold(text) else { return false }
    let decomposed = DecomposedText(text, offset: nil)
    #expect(folded.usual == FoldedText(decomposed, by: .usual).scalars, "\(text.debugDescription)")
    let digraphs =
      Folding.containDigraphs(decomposed.scalars) ? FoldedText(decomposed, by: .digraphs).scalars : nil
    #expect(folded.digraphs == digraphs, "\(text.debugDescription)")
    return true
  }

  private func expectFoldsAlike(_ text: String) {
    var bytes: [UInt8] = []
    Folding.fold(text, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == String(String.UnicodeScalarView(Folding.fold(text))))
    guard let ascii = FoldedText(ascii: text, offset: 7) else { return }
    let plain = FoldedText(DecomposedText(text, offset: 7), by: .usual)
    #expect(ascii.scalars == plain.scalars && ascii.ranges == plain.ranges, "\(text.debugDescription)")
  }
}
