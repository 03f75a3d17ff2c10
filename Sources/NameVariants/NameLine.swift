/// A line of a table of names: `spelling spelling: form form`.
package struct NameLine {
  /// The spellings of one name.
  package let names: [String]
  /// What else it is written or called, the most usual first.
  package let forms: [String]

  package static func lines(_ table: String) -> [NameLine] {
    table.split(separator: "\n").map { line in
      let sides = line.split(separator: ":").map { $0.split(separator: " ").map(String.init) }
      return NameLine(names: sides.first ?? [], forms: sides.dropFirst().first ?? [])
    }
  }
}
