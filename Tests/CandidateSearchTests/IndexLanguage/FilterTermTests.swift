import CandidateModel
import Foundation
import TestSupport
import Testing
import TextAnalysis

@testable import CandidateSearch

@Suite struct FilterTermTests {
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

  @Test(arguments: keys) func tagsAreEqualOrNot(a: String, b: String, areEqual: Bool) {
    #expect((FilterTerm(.tag, a) == FilterTerm(.tag, b)) == areEqual, "\(a) and \(b)")
  }

  @Test func aDocumentIsAPureFunctionOfTheCandidate() throws {
    let candidate = try CandidateDecoder().decode(
      json: """
        {"id":"1","first_name":"J. R.","last_name":"O'Brien","company":"Node.js Ltd","title":"C++ Dev",
        "locations":["San Francisco","Paris"],"tags":["A b"],"email_addresses":["J@Doe.com"],
        "phone_numbers":["+1 415 555 0123","12"],"is_private":false}
        """)
    let builder = DocumentBuilder(connector: "main", customFields: [])
    let document = builder.document(of: candidate)
    let separated = (0..<document.columnCount).map {
      document.text(ofColumn: $0).replacing("\u{E000}", with: "·")
    }
    #expect(
      separated.dropFirst() == [
        "j r obrien · r o brien · jr obrien", "node js ltd · nodejs ltd", "c++ dev", "san francisco · paris",
        "a b · ab", "j doe com",
      ])
    #expect(
      separated[0].split(separator: " ") == [
        "·a", "·cmain", "·sfalse", "·munknown", "·ta·b", "·xurl", "·xapplication", "·xattachment", "·xavatar",
        "·xinteraction", "·5j·r", "·fj", "·fr", "·", "·fjr", "·6obrien", "·lobrien", "·", "·lo", "·lbrien",
        "·ij·obrien", "·ijr·obrien", "·bs·j", "·br·r", "·baprn·obrn", "·ej@doe.com", "·ddoe.com",
        "·n32105555141", "·1j·r·obrien",
        "·2node·js·ltd", "·3c++·dev", "·gc++·dev",
        "·4san·francisco", "·4paris", "·ka·b",
      ])
    #expect(builder.document(of: candidate) == document)
  }

  /// The terms of sounds are memoised by name.
  @Test func whatWasIndexedBeforeChangesNothing() throws {
    var random = SplitMix64(state: 11)
    let names = [
      "Anna", "anna", "Wang", "王小明", "Ли", "Лі", "김", "민수", "Ana-Maria", "de la Cruz", "Šárka", "א", "J.", "",
    ]
    let shared = DocumentBuilder(connector: "main", customFields: [])
    func name() -> String {
      random.next() % 8 == 0 ? RandomPeople.value(&random) : names[Int(random.next() % UInt64(names.count))]
    }
    for i in 0..<1_000 {
      let object: [String: Any] = ["id": "\(i)", "first_name": name(), "last_name": name()]
      let json = String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
      guard let candidate = try? CandidateDecoder().decode(json: json) else { continue }
      let alone = DocumentBuilder(connector: "main", customFields: []).document(of: candidate)
      #expect(shared.document(of: candidate) == alone, "\(json)")
    }
  }

  /// The fast path of ASCII folds as the plain one does.
  @Test func asciiValuesMakeTheSameTermAsFoldedOnes() {
    var random = SplitMix64(state: 5)
    let pieces = Array("aBz09 ,/-'.&+#@_()\t\u{0}\u{7F}é").map(String.init) + ["Jo", "jr", "smith", " ", " "]
    for _ in 0..<5_000 {
      let text = (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        .joined()
      let folded = String(String.UnicodeScalarView(Folding.fold(text)))
      let words = folded.split(separator: " ")
      #expect(FilterTerm(.tag, text).token == "\u{E000}t" + words.joined(separator: "\u{E000}"), "\(text)")
    }
  }
}
