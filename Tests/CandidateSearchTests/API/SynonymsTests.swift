import Testing

@testable import CandidateSearch

/// What a text of synonyms may contain.
@Suite struct SynonymsTests {
  /// A text, and its rules as tokens: `js <> javascript`, `sdr > sales development representative`.
  struct Valid: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let rules: [String]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ rules: [String]) {
      (self.name, self.text, self.rules) = (name, text, rules)
    }
  }

  static let valid = [
    Valid("an empty text", "", []),
    Valid("both ways", "js = javascript", ["js <> javascript"]),
    Valid("several", "js = javascript = ecmascript", ["js <> javascript <> ecmascript"]),
    Valid("one way", "sdr => sales development representative", ["sdr > sales development representative"]),
    Valid(
      "one way to several", "pm => project manager | product manager",
      ["pm > project manager > product manager"]),
    Valid("phrases on both sides", "front end=user interface", ["front end <> user interface"]),
    Valid("case, accents and width", "ＪＳ = JavaScript = Évènement", ["js <> javascript <> evenement"]),
    Valid("comments and blank lines", "# a\n\n  \t\n a = b # c = d\n  # e\n#f", ["a <> b"]),
    Valid(
      "a sign of a language is no comment", "c# = csharp\nf# = fsharp #x", ["c# <> csharp", "f# <> fsharp"]),
    Valid("CR LF", "a = b\r\nc => d\r\n", ["a <> b", "c > d"]),
    Valid("a byte order mark", "\u{FEFF}a = b\nc = d", ["a <> b", "c <> d"]),
    Valid("only a byte order mark", "\u{FEFF}", []),
    Valid("a comment after a byte order mark", "\u{FEFF}# a\nc = d", ["c <> d"]),
    Valid("signs of languages", "c++ = cpp\n.net = dot net", ["c++ <> cpp", ".net <> dot net"]),
    Valid("commas and quotes separate words", "\"austin, tx\" = atx", ["austin tx <> atx"]),
    Valid("other scripts", "エンジニア = engineer", ["エ ン ジ ニ ア <> engineer"]),
    Valid("hyphens and slashes", "full-stack = ui/ux", ["full stack <> ui ux"]),
    Valid("a phrase in several rules", "a = b\nb = c\nc = a", ["a <> b", "b <> c", "c <> a"]),
    Valid("8 words", "a => b c d e f g h i", ["a > b c d e f g h i"]),
    Valid("a less-than sign", "a < b => c", ["a b > c"]),
  ]

  @Test(arguments: valid) func areParsed(_ valid: Valid) throws {
    let synonyms = try Synonyms(valid.text)
    #expect(Self.rules(synonyms) == valid.rules)
    #expect(synonyms.ruleCount == valid.rules.count)
    #expect(Array(synonyms.text.utf8) == Array(valid.text.utf8), "kept as it is")
    #expect(Synonyms(stored: synonyms.text) == synonyms)
  }

  private static func rules(_ synonyms: Synonyms) -> [String] {
    synonyms.rules.map { rule in
      rule.phrases.map { $0.flatMap(\.tokens).joined(separator: " ") }
        .joined(separator: rule.isOneWay ? " > " : " <> ")
    }
  }

  /// A text, and its problems: line, kind, and what is marked.
  struct Invalid: Sendable, CustomTestStringConvertible {
    let name: String
    let text: [UInt8]
    let problems: [String]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ problems: [String]) {
      self.init(name, bytes: Array(text.utf8), problems)
    }

    init(_ name: String, bytes: [UInt8], _ problems: [String]) {
      (self.name, text, self.problems) = (name, bytes, problems)
    }
  }

  static let invalid = [
    Invalid("no operator", "# a\n js javascript # c", ["2 noOperator js javascript"]),
    Invalid("nothing on the left", "= a", ["1 missingPhrase "]),
    Invalid("nothing on the right", "a =>", ["1 missingPhrase "]),
    Invalid("nothing between", "a = \t = b", ["1 missingPhrase  \t "]),
    Invalid("nothing between bars", "a => b | | c", ["1 missingPhrase  "]),
    Invalid("only an operator", "=", ["1 missingPhrase "]),
    Invalid("a comment in place of a side", "a = # b", ["1 missingPhrase  "]),
    Invalid("no word", "a = !!!", ["1 noWord !!!"]),
    Invalid("an emoji", "🔥 => hot", ["1 noWord 🔥"]),
    Invalid("two operators", "a = b => c", ["1 mixedOperators =>"]),
    Invalid("two operators the other way", "a => b = c", ["1 mixedOperators ="]),
    Invalid("two arrows", "a => b => c", ["1 repeatedArrow =>"]),
    Invalid(
      "an arrow of another kind", "a -> b\na → b\na ==> b",
      [
        "1 unknownOperator ->", "2 unknownOperator →", "3 unknownOperator ==>",
      ]),
    Invalid(
      "both ways written as in code", "a == b\na <=> b\na >= b\na <= b",
      [
        "1 unknownOperator ==", "2 unknownOperator <=>", "3 unknownOperator >=", "4 unknownOperator <=",
      ]),
    Invalid("a bar without an arrow", "a | b = c", ["1 misplacedBar |"]),
    Invalid("a bar on the left", "a | b => c", ["1 misplacedBar |"]),
    Invalid("the same phrase twice", "Café = cafe", ["1 repeatedPhrase cafe"]),
    Invalid("the same phrase on the right", "a => b | c | B!", ["1 repeatedPhrase B!"]),
    Invalid("the same phrase on both sides", "a b => b | A  b", ["1 repeatedPhrase A  b"]),
    Invalid("9 words", "a = b c d e f g h i j", ["1 tooManyWords b c d e f g h i j"]),
    Invalid("33 phrases", (0..<33).map { "a\($0)" }.joined(separator: " = "), ["1 tooManyPhrases  a32"]),
    Invalid(
      "33 others by two rules",
      "a => b\n" + "a => " + (0..<31).map { "c\($0)" }.joined(separator: "|") + "\na => d",
      ["3 tooManyReplacements a => d"]),
    Invalid(
      "a long line", "a = " + String(repeating: "b", count: 1_000) + "\na = a",
      ["1 lineTooLong ", "2 repeatedPhrase a"]),
    Invalid(
      "a control character", "a = b\u{0}\n\u{1B}[2J = c\nd\u{85} = e",
      [
        "1 controlCharacter \u{0}", "2 controlCharacter \u{1B}", "3 controlCharacter \u{85}",
      ]),
    Invalid("a lone CR", "a = b\rc = d", ["1 controlCharacter \r"]),
    Invalid("a control character in a comment", "# \u{7}", ["1 controlCharacter \u{7}"]),
    Invalid("a mark of direction", "a = \u{202E}b", ["1 controlCharacter \u{202E}"]),
    Invalid(
      "no UTF-8", bytes: Array("a = b\nc = ".utf8) + [0xE9, 0x0A] + Array("d".utf8),
      [
        "2 notUTF8 \u{FFFD}", "3 noOperator d",
      ]),
    Invalid("UTF-16", bytes: [0xFF, 0xFE, 0x61, 0, 0x3D, 0, 0x62, 0], ["1 notUTF8 \u{FFFD}"]),
    Invalid("surrogates", bytes: Array("a = ".utf8) + [0xED, 0xA0, 0x80], ["1 notUTF8 \u{FFFD}"]),
    Invalid(
      "every line", "a\nb = c\nd = d\n=\ne => f",
      ["1 noOperator a", "3 repeatedPhrase d", "4 missingPhrase "]),
    Invalid(
      "10,001 rules",
      (0...10_000).map { "a\($0) = b\($0)" }.joined(separator: "\n") + "\nx\n",
      ["10001 tooManyRules a10000 = b10000"]),
    Invalid(
      "a text beyond the limit", String(repeating: "# 345678901234\n", count: 70_000), ["69906 textTooLong "]),
  ]

  @Test(arguments: invalid) func areRefused(_ invalid: Invalid) throws {
    let error = try #require(throws: SynonymsError.self) { try Synonyms(bytes: invalid.text, file: "s.txt") }
    #expect(error.problems.map(Self.summary) == invalid.problems)
    #expect(error.problems.allSatisfy { $0.description.hasPrefix("s.txt:\($0.line): ") })
  }

  private static func summary(_ problem: SynonymProblem) -> String {
    let scalars = Array(problem.text.unicodeScalars)
    let place = (problem.place.start..<problem.place.end).clamped(to: 0..<scalars.count)
    return "\(problem.line) \(problem.kind) " + String(String.UnicodeScalarView(scalars[place]))
  }

  @Test func everyKindOfProblemHasACase() {
    let kinds = Set(Self.invalid.flatMap(\.problems).map { $0.split(separator: " ")[1] })
    #expect(kinds == Set(SynonymProblem.Kind.allCases.map { Substring("\($0)") }))
  }

  @Test func aCaretIsUnderThePlace() throws {
    let error = try #require(throws: SynonymsError.self) {
      try Synonyms("a = b\njs = javascript => ecma\n!!! => x", file: "team.txt")
    }
    #expect(
      error.description == """
        team.txt:2: = and => in one rule
          js = javascript => ecma
                          ^^
        team.txt:3: this phrase contains neither a letter nor a digit
          !!! => x
          ^^^
        """)
  }

  @Test func tenThousandRulesAreParsed() throws {
    let text = (0..<10_000).map { "a\($0) = b\($0)" }.joined(separator: "\n")
    #expect(try Synonyms(text).ruleCount == 10_000)
  }
}
