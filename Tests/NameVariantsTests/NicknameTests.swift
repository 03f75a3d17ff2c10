import Testing
import TextAnalysis

@testable import NameVariants

@Suite struct VariantsNicknameTests {
  /// The alternatives of all words of all tables, by parsing the tables.
  private static let table: [String: [String]] = {
    let lines = Nicknames.languages.flatMap(NameLine.lines)
    var table: [String: [String]] = [:]
    for line in lines {
      for form in line.forms { append(line.names, to: &table[form, default: []]) }
    }
    for line in lines {
      for name in line.names { append(line.forms, to: &table[name, default: []]) }
    }
    return table
  }()

  private static func append(_ words: [String], to list: inout [String]) {
    for word in words where !list.contains(word) { list.append(word) }
  }

  @Test func everyWordIsFoundByItsHash() {
    for (word, alternatives) in Self.table {
      #expect(Nicknames.alternatives(of: word) == alternatives, "\(word)")
    }
    #expect(Nicknames.alternatives(of: "") == [] && Nicknames.alternatives(of: "bob robert") == [])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let word: String
    /// Words that its alternatives must contain.
    let has: [String]
    /// Words that they must not contain.
    let hasNot: [String]

    init(_ word: String, has: [String], hasNot: [String]) {
      self.word = word
      self.has = has
      self.hasNot = hasNot
    }

    var testDescription: String { word }
  }

  static let rows = [
    Row("robert", has: ["bob", "bobby", "rob", "robbie", "bert"], hasNot: ["roberta", "robert"]),
    Row("bob", has: ["robert"], hasNot: ["rob", "bobby"]),
    Row("jose", has: ["pepe"], hasNot: ["joseph"]),
    Row("pepe", has: ["jose"], hasNot: ["francisco"]),
    Row("alex", has: ["alexander", "alexandra", "alexis"], hasNot: ["alec"]),
    Row("sasha", has: ["aleksandr", "aleksandra", "alexander", "alexandra"], hasNot: ["shura"]),
    Row("jack", has: ["john", "jackson"], hasNot: []),
    Row("john", has: ["jack", "johnny"], hasNot: ["juan", "jean", "johannes"]),
    Row("paco", has: ["francisco"], hasNot: []),
    Row("tono", has: ["antonio"], hasNot: []),
    Row("sepp", has: ["josef"], hasNot: []),
    Row("baerbel", has: [], hasNot: ["barbara"]),
    Row("barbel", has: ["barbara"], hasNot: []),
    Row("manu", has: ["emmanuel", "manuel"], hasNot: []),
    Row("dima", has: ["dmitry", "dmitri", "vadim"], hasNot: []),
    Row("саша", has: ["александр", "александра"], hasNot: ["шура"]),
    Row("сергеи", has: ["сережа"], hasNot: []),
    Row("beppe", has: ["giuseppe"], hasNot: []),
    Row("kasia", has: ["katarzyna"], hasNot: []),
    Row("ze", has: ["jose"], hasNot: []),
    Row("nic", has: ["nicholas", "nicole"], hasNot: []),
    Row("kev", has: ["kevin"], hasNot: []),
    Row("cait", has: ["caitlin", "kaitlyn"], hasNot: []),
    Row("jock", has: ["john"], hasNot: []),
    Row("cal", has: ["callum", "calvin"], hasNot: []),
    Row("jenni", has: ["jennifer"], hasNot: []),
    Row("ash", has: ["ashley"], hasNot: []),
    Row("clare", has: ["claire"], hasNot: ["clair"]),
    Row("bryan", has: ["brian"], hasNot: []),
    Row("tash", has: ["natasha"], hasNot: []),
    Row("kathryn", has: ["catherine", "kathy"], hasNot: []),
    Row("catherine", has: ["kathryn", "katherine", "cathi"], hasNot: ["kathleen"]),
    Row("jonty", has: ["jonathan"], hasNot: ["john"]),
    Row("vikki", has: ["victoria"], hasNot: ["victor"]),
    Row("milly", has: ["emily", "camilla"], hasNot: ["emma"]),
    Row("russel", has: ["russell"], hasNot: []),
    Row("kees", has: ["cornelis"], hasNot: []),
    Row("mohamed", has: ["mohammed", "muhammad", "mohammad"], hasNot: ["ahmed"]),
    Row("sergei", has: ["sergey", "seryozha"], hasNot: ["seryogin"]),
    Row("hasan", has: ["hassan"], hasNot: ["hussein"]),
  ]

  @Test(arguments: rows) func namesAndNicknames(_ row: Row) {
    let found = Nicknames.alternatives(of: row.word)
    #expect(Set(row.has).isSubset(of: found))
    #expect(Set(row.hasNot).isDisjoint(with: found))
  }

  @Test func theMostUsualComesFirst() {
    #expect(Nicknames.alternatives(of: "robert").first == "bob")
    #expect(Nicknames.alternatives(of: "bob") == ["robert"])
    #expect(Nicknames.alternatives(of: "bill").first == "william")
    #expect(Nicknames.alternatives(of: "александр").first == "саша")
  }

  @Test(arguments: [
    "", " ", ":", "Bob", "bob robert", "robert:", "🔥", "👨‍👩‍👧", "\u{0}", "\u{E000}", "山", "zzz",
    String(repeating: "bob", count: 100_000),
  ])
  func otherWordsHaveNone(_ word: String) {
    #expect(Nicknames.alternatives(of: word).isEmpty)
  }

  @Test func thereAreEnoughPairs() {
    let pairs = Self.table.reduce(into: Set<Set<String>>()) { pairs, entry in
      for other in entry.value { pairs.insert([entry.key, other]) }
    }
    #expect(pairs.count >= 400)
    #expect(pairs.allSatisfy { $0.count == 2 }, "a word is an alternative of itself")
  }

  @Test func everyPairHoldsBothWays() {
    for (word, alternatives) in Self.table {
      for alternative in alternatives {
        #expect(Nicknames.alternatives(of: alternative).contains(word), "\(alternative) lacks \(word)")
      }
    }
  }

  @Test func everyEntryIsAFoldedTokenGivenOnce() {
    for (word, alternatives) in Self.table {
      #expect(Analyzer.words(of: word).map(\.tokens) == [[word]], "\(word)")
      #expect(!alternatives.isEmpty && alternatives.count <= 16, "\(word): \(alternatives)")
      #expect(Set(alternatives).count == alternatives.count, "\(word): \(alternatives)")
    }
  }

  @Test func noTableGivesANameTwice() {
    for table in Nicknames.languages {
      let lines = NameLine.lines(table)
      let names = lines.flatMap(\.names)
      #expect(Set(names).count == names.count)
      for line in lines { #expect(Set(line.forms).count == line.forms.count, "\(line)") }
    }
  }
}
