import Foundation
import TestSupport
import Testing
import TextAnalysis

@testable import CandidateSearch

/// Texts of any length cost what their length says, and no more than a stated part of one is indexed.
@Suite struct TextLimitTests {
  struct Piece: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var first = ""

    var testDescription: String { name }

    func repeated(toBytes length: Int) -> String {
      first + String(repeating: text, count: max(1, length / text.utf8.count))
    }
  }

  static let hostile = [
    Piece(name: "letters with an accent", text: "é "),
    Piece(name: "combining marks", text: "\u{301}\u{316}", first: "a"),
    Piece(name: "umlauts", text: "ü "), Piece(name: "letters and ideographs", text: "é山 "),
    Piece(name: "ideographs", text: "山"), Piece(name: "jamo", text: "\u{1112}\u{1161}\u{11AB}"),
    Piece(name: "voicing marks of half width", text: "\u{FF9E}"),
    Piece(name: "vowel signs of Tibetan", text: "\u{F73}"),
    Piece(name: "joined", text: "é-"), Piece(name: "apostrophes", text: "é'"),
    Piece(name: "families", text: "👨‍👩‍👧"),
    Piece(name: "joined technical words", text: "éc#."), Piece(name: "initials", text: "É. "),
    Piece(name: "one ligature", text: "\u{FDFA}"), Piece(name: "spaces", text: "\u{3000}", first: "é"),
    Piece(name: "nothing to see", text: "\u{200B}", first: "é"),
    Piece(name: "a letter with 40 marks", text: "e" + String(repeating: "\u{323}\u{301}", count: 20)),
  ]

  /// What Foundation is given at once, since that costs the square of its length.
  private func parts(of text: String) -> [Int] {
    var lengths: [Int] = []
    let decomposed = Decomposition.scalars(of: text) {
      lengths.append($0.unicodeScalars.count)
      return $0
    }
    #expect(decomposed == Array(text.unicodeScalars), "all of it, in order")
    return lengths
  }

  @Test(arguments: hostile) func aTextIsDecomposedInPartsOfBoundedLength(_ piece: Piece) {
    let parts = parts(of: piece.repeated(toBytes: 100_000))
    #expect((parts.max() ?? 0) <= Decomposition.partLength + Decomposition.maximumMarks)
    let twice = self.parts(of: piece.repeated(toBytes: 200_000))
    #expect(twice.count <= 2 * parts.count + 1)
  }

  /// Taken apart, a text is decomposed to what the whole of it would be.
  @Test func thePartsMakeTheWhole() {
    var random = SplitMix64(state: 8)
    let pieces =
      [
        "a", "é", "e\u{301}", "\u{316}", "\u{301}", "\u{345}", "ﬁ", "가", "\u{1112}", "\u{1161}", "山", " ",
        "\u{FF76}", "\u{FF9E}",
      ]
      + [
        "\u{F71}", "\u{F73}", "\u{F74}", "\u{F81}", "Ω", "ᾂ", "\u{200D}", "👩", "क", "\u{93C}", "\u{94D}", "ـ",
        "\u{FE71}",
      ]
    for _ in 0..<2_000 {
      let text = (0..<Int(random.next() % 300)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        .joined()
      #expect(
        Decomposition.scalars(of: text) == Array(text.decomposedStringWithCompatibilityMapping.unicodeScalars)
      )
    }
  }

  /// What is put in canonical order belongs together: no scalar that a part begins with is decomposed to a mark, unless
  /// there are too many marks.
  @Test func onlyAStarterBeginsAPart() {
    for value in UInt32(0x80)..<0x3_0000 {
      guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .privateUse,
        let first = String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars.first,
        first.properties.canonicalCombiningClass != .notReordered
      else { continue }
      let parts = parts(of: String(repeating: "a", count: Decomposition.partLength) + String(scalar))
      #expect(parts == [Decomposition.partLength + 1], "U+\(String(value, radix: 16))")
    }
  }

  @Test(.slow, arguments: hostile) func aValueIsIndexedAsFarAsTheLimit(_ piece: Piece) throws {
    let builder = DocumentBuilder(connector: "", customFields: [])
    let lengths = try [1, 2, 20].map { times in
      let value = piece.repeated(toBytes: times * IndexedText.maximumLength + 100)
      let person = Person(
        first: value, last: value, title: value, company: value, locations: [value], tags: [value],
        emails: [value])
      let document = builder.document(of: try person.candidate())
      #expect(builder.cutFields == [.name, .company, .title, .location, .tag, .email])
      return document.bytes.count
    }
    #expect(lengths[1] == lengths[0] && lengths[2] == lengths[0])
    // The forms of a word are few, and so are the neighbours that each is indexed with.
    #expect(lengths[0] <= 40 * 7 * IndexedText.maximumLength, "\(lengths[0])")
  }

  @Test(arguments: hostile) func ofTwiceTheTextTwiceTheFormsAreIndexed(_ piece: Piece) {
    // One long word, or many short ones; and two, each the neighbour of the other.
    for neighbours in [1, 2] {
      let lengths = [2_000, 4_000].map { length in
        let text = Array(repeating: piece.repeated(toBytes: length), count: neighbours).joined(separator: " ")
        let forms = AnalyzedValue(text)
        return forms.usual.count + forms.others.count
      }
      #expect(lengths[1] <= 9 * lengths[0] / 4 + 200, "\(lengths)")
    }
  }

  /// Each technical token of a word has a form of its own, which is indexed with all of the word beside it.
  @Test(arguments: [250, 500, 1_000]) func technicalFormsAreBound(_ count: Int) {
    let letters = Array("abcdefghijklmnopqrstuvwxyzäöüßæø")
    let list = (0..<count).map { "\(letters[$0 / 32])\(letters[$0 % 32])#" }.joined(separator: ".")
    let forms = AnalyzedValue(list + " " + list)
    #expect(forms.usual.count + forms.others.count <= 20 * 2 * list.utf8.count)
  }

  /// A word of more tokens is several: their tokens stand side by side as before.
  @Test(arguments: ["a-", "山", "é'"]) func wordsHaveFewTokens(_ piece: String) {
    let words = Analyzer.words(of: String(repeating: piece, count: 1_000))
    #expect(words.allSatisfy { $0.forms.joined().count <= 3 * 64 })
    #expect(words.count == 16)
  }

  @Test func whatIsIndexedEndsWithAWholeCharacter() {
    let limit = IndexedText.maximumLength
    let texts: [(text: String, length: Int)] = [
      (String(repeating: "x", count: limit), limit), (String(repeating: "x", count: limit + 1), limit),
      (String(repeating: "x", count: limit - 1) + "é", limit - 1),
      (String(repeating: "x", count: limit - 1) + "\r\n", limit - 1),
      (String(repeating: "x", count: limit - 1) + "e" + String(repeating: "\u{301}", count: 9), limit - 1),
      ("a" + String(repeating: "\u{301}", count: limit), 0), ("", 0),
    ]
    for (text, length) in texts {
      let prefix = IndexedText.prefix(of: text)
      #expect(prefix.utf8.count == length && text.hasPrefix(prefix))
    }
  }

  /// Words within the limit are found and marked; those beyond it are neither, and the record has all.
  @Test(arguments: ["x", "é", "山"]) func whatIsBeyondTheLimitIsNeitherFoundNorMarked(_ filler: String) throws
  {
    let fill = String(repeating: filler + " ", count: IndexedText.maximumLength / (filler.utf8.count + 1) - 2)
    let value = "alpha " + fill + "omega"
    let index = try CandidateIndex.holding(
      #"{"id":"1","title":"\#(value)","locations":["\#(value)"],"email_addresses":["\#(value)"]}"#)
    for field in ["title", "location", "email"] {
      let hits = try index.search("\(field):alpha", .asTyped()).hits
      #expect(hits.first?.highlights.flatMap(\.ranges).first == 0..<5, "\(field)")
      #expect(try index.ids("\(field):omega").isEmpty, "\(field)")
    }
    #expect(Highlighter(.phrase(["omega"])).highlights(in: try Person(title: value).candidate()).isEmpty)
    #expect(try index.search("alpha").hits.first?.candidate.locations == [value])
  }
}
