/// Short and pet forms of given names: Robert is found as Bob, and Bob as Robert.
///
/// The tables were written for this project, from what is common in each language, but for one that names its
/// source. A line is `robert: bob rob`: spellings of one name, then its short and pet forms, the most usual first. A form may belong to
/// several names (Alex), and a name may be a form of another (Jack, John). Names are not translated (Juan is
/// not John); those of other scripts are found in each of their usual Latin spellings (Mohammed, Muhammad). Two forms of one name are no alternatives of each other: a Bob and a Rob are seldom the
/// same person.
///
/// Cost: the words of the tables are hashed once, on first use, in about one million instructions; then a look-up a
/// word, and parsing the lines that contain it.
package enum Nicknames {
  /// The names of which a word is a form, then the forms of the word, each the most usual first; empty for
  /// other words. At most 16, without the word itself.
  ///
  /// - Parameter word: a folded token.
  package static func alternatives(of word: String) -> [String] {
    let parsed = lines(with: word)
    var alternatives: [String] = []
    for (isForm, line) in parsed where isForm { append(line.names, to: &alternatives) }
    for (isForm, line) in parsed where !isForm { append(line.forms, to: &alternatives) }
    return alternatives
  }

  /// Whether a word is a short or pet form of a name.
  package static func isForm(_ word: String, of name: String) -> Bool {
    lines(with: word).contains { $0.isForm && $0.line.names.contains(name) }
  }

  /// Whether two words are spellings of one name.
  package static func areSpellings(_ a: String, _ b: String) -> Bool {
    spellings.contains { line in
      (line.names.contains(a) && line.forms.contains(b)) || (line.names.contains(b) && line.forms.contains(a))
    }
  }

  private static let spellings = [englishSpellings, romanizedSpellings].flatMap(NameLine.lines)

  /// The lines that contain a word, in the order of the tables.
  private static func lines(with word: String) -> [(isForm: Bool, line: NameLine)] {
    index.places(of: word).compactMap { place in
      let line = index.entry(around: place) { $0 == UInt8(ascii: "\n") }
      return NameLine.lines(String(decoding: line, as: UTF8.self)).first.map { parsed in
        (isForm: line[..<place].contains(UInt8(ascii: ":")), line: parsed)
      }
    }
  }

  private static let index = WordIndex(languages, slotCount: 1 << 15) { byte in
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\n")
  }

  /// All tables. If a form belongs to names of several languages, those of the first table come first.
  package static let languages = [
    englishMen, englishWomen, spanish, german, french, russian, russianInCyrillic, italian, portuguese,
    polish, dutch, englishSpellings, englishDiminutives, romanizedSpellings,
  ]

  private static func append(_ words: [String], to list: inout [String]) {
    for word in words where !list.contains(word) { list.append(word) }
  }
}

/// A line of a table of names: `spelling spelling: form form`.
package struct NameLine {
  /// The spellings of one name.
  package let names: [String]
  /// Other spellings or forms of the name, the most usual first.
  package let forms: [String]

  package static func lines(_ table: String) -> [NameLine] {
    table.split(separator: "\n").map { line in
      let sides = line.split(separator: ":").map { $0.split(separator: " ").map(String.init) }
      return NameLine(names: sides.first ?? [], forms: sides.dropFirst().first ?? [])
    }
  }
}
