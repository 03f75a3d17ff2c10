/// Short and pet forms of given names: Robert is found as Bob, and Bob as Robert.
///
/// The tables were written for this project, from what is common in each language, but for one that names its
/// source. A line is `robert: bob rob`: spellings of one name, then its short and pet forms, the most usual first. A form may belong to
/// several names (Alex), and a name may be a form of another (Jack, John). Names are not translated (Juan is
/// not John), and two forms of one name are no alternatives of each other: a Bob and a Rob are seldom the
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
    let lines = index.places(of: word).map { place in
      (place: place, line: index.entry(around: place) { $0 == UInt8(ascii: "\n") })
    }
    if lines.isEmpty { return [] }
    let parsed = lines.compactMap { place, line in
      NameLine.lines(String(decoding: line, as: UTF8.self)).first.map { parsed in
        (isForm: line[..<place].contains(UInt8(ascii: ":")), line: parsed)
      }
    }
    var alternatives: [String] = []
    for (isForm, line) in parsed where isForm { append(line.names, to: &alternatives) }
    for (isForm, line) in parsed where !isForm { append(line.forms, to: &alternatives) }
    return alternatives
  }

  private static let index = WordIndex(languages, slotCount: 1 << 15) { byte in
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\n")
  }

  /// All tables. If a form belongs to names of several languages, those of the first table come first.
  package static let languages = [
    englishMen, englishWomen, spanish, german, french, russian, russianInCyrillic, italian, portuguese,
    polish, dutch, englishSpellings, englishDiminutives,
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
