/// The names that people go by: Robert is found as Bob, and Bob as Robert.
///
/// The tables are our own, written from what is common in each language. A line is `robert: bob rob`: spellings of
/// one name, then its short and pet forms, the most usual first. A form may belong to several names (Alex), and a
/// name may be the form of another (Jack, John). Names are not translated (Juan is not John), and two forms of one
/// name are no alternatives of each other: a Bob and a Rob are seldom the same person.
///
/// Cost: the tables are read once, on first use; a look-up is one in a dictionary.
package enum Nicknames {
  /// The names behind a form, then the forms of a name, each the most usual first; empty for other words. At most
  /// 12, and never the word itself.
  ///
  /// - Parameter word: a folded token.
  package static func alternatives(of word: String) -> [String] {
    table[word] ?? []
  }

  /// What the words of all tables can stand for.
  package static let table: [String: [String]] = {
    let lines = languages.flatMap(NameLine.lines)
    var table: [String: [String]] = [:]
    for line in lines {
      for form in line.forms { append(line.names, to: &table[form, default: []]) }
    }
    for line in lines {
      for name in line.names { append(line.forms, to: &table[name, default: []]) }
    }
    return table
  }()

  /// Where a form belongs to names of several languages, those of the first come first.
  package static let languages = [
    englishMen, englishWomen, spanish, german, french, russian, russianInCyrillic, italian, portuguese,
    polish,
    dutch,
  ]

  private static func append(_ words: [String], to list: inout [String]) {
    for word in words where !list.contains(word) { list.append(word) }
  }
}
