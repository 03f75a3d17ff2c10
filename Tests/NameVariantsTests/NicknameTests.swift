import Testing
import TextAnalysis

@testable import NameVariants

@Suite struct VariantsNicknameTests {
  /// What a word stands for must contain, and must not.
  static let words: [(word: String, has: [String], hasNot: [String])] = [
    ("robert", ["bob", "bobby", "rob", "robbie", "bert"], ["roberta", "robert"]),
    ("bob", ["robert"], ["rob", "bobby"]),
    ("jose", ["pepe"], ["joseph"]),
    ("pepe", ["jose"], ["francisco"]),
    ("alex", ["alexander", "alexandra", "alexis"], ["alec"]),
    ("sasha", ["aleksandr", "aleksandra", "alexander", "alexandra"], ["shura"]),
    ("jack", ["john", "jackson"], []),
    ("john", ["jack", "johnny"], ["juan", "jean", "johannes"]),
    ("paco", ["francisco"], []),
    ("tono", ["antonio"], []),
    ("sepp", ["josef"], []),
    ("baerbel", [], ["barbara"]),
    ("barbel", ["barbara"], []),
    ("manu", ["emmanuel", "manuel"], []),
    ("dima", ["dmitry", "dmitri", "vadim"], []),
    ("саша", ["александр", "александра"], ["шура"]),
    ("сергеи", ["сережа"], []),
    ("beppe", ["giuseppe"], []),
    ("kasia", ["katarzyna"], []),
    ("ze", ["jose"], []),
    ("kees", ["cornelis"], []),
  ]

  @Test(arguments: words) func namesAndNicknames(word: String, has: [String], hasNot: [String]) {
    let found = Nicknames.alternatives(of: word)
    #expect(Set(has).isSubset(of: found), "\(found)")
    #expect(Set(hasNot).isDisjoint(with: found), "\(found)")
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
    let pairs = Nicknames.table.reduce(into: Set<Set<String>>()) { pairs, entry in
      for other in entry.value { pairs.insert([entry.key, other]) }
    }
    #expect(pairs.count >= 400)
    #expect(pairs.allSatisfy { $0.count == 2 }, "a word is an alternative of itself")
  }

  @Test func everyPairHoldsBothWays() {
    for (word, alternatives) in Nicknames.table {
      for alternative in alternatives {
        #expect(Nicknames.alternatives(of: alternative).contains(word), "\(alternative) lacks \(word)")
      }
    }
  }

  @Test func everyEntryIsAFoldedTokenGivenOnce() {
    for (word, alternatives) in Nicknames.table {
      #expect(Analyzer.words(of: word).map(\.tokens) == [[word]], "\(word)")
      #expect(!alternatives.isEmpty && alternatives.count <= 12, "\(word): \(alternatives)")
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
