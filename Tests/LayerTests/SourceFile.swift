import Foundation

/// A source file as the layer rules see it.
struct SourceFile {
  /// A name and the line where it occurs, from 1.
  struct Occurrence: Hashable {
    let name: String
    let line: Int
  }

  /// The path within its target.
  let path: String
  /// The modules that it imports.
  private(set) var imports: [Occurrence] = []
  /// The types that it declares at the top level and that other files may refer to.
  private(set) var types: Set<String> = []
  /// The types that it declares within others: they hide types of the same name.
  private(set) var nestedTypes: Set<String> = []
  /// The capitalised names that occur in its code and are no members, each once, where it occurs first.
  private(set) var references: [Occurrence] = []
  /// The string literals that contain SQL.
  private(set) var sql: [Occurrence] = []

  init(path: String, text: String) {
    self.path = path
    let swift = SwiftText(text)
    var seen: Set<String> = []
    for (i, line) in swift.lines.enumerated() {
      let words = Self.words(line)
      if let place = words.firstIndex(where: { $0.text == "import" }) {
        let module = words[(place + 1)...].first { !Self.kinds.contains($0.text) }
        imports.append(Occurrence(name: module?.text ?? "", line: i + 1))
        continue
      }
      noteTypes(words, isNested: line.first == UInt8(ascii: " "))
      for word in words where word.isCapitalised && !word.isMember && seen.insert(word.text).inserted {
        references.append(Occurrence(name: word.text, line: i + 1))
      }
    }
    sql = swift.literals.compactMap { literal in
      let text = String(decoding: literal.text, as: UTF8.self)
      return text.firstMatch(of: Self.sqlKeywords).map {
        Occurrence(name: String($0.output), line: literal.line)
      }
    }
  }

  private mutating func noteTypes(_ words: [Word], isNested: Bool) {
    for (i, word) in words.enumerated().dropLast() where Self.kinds.contains(word.text) {
      let name = words[i + 1]
      guard name.isCapitalised else { continue }
      if isNested {
        nestedTypes.insert(name.text)
      } else if !words[..<i].contains(where: { $0.text == "private" || $0.text == "fileprivate" }) {
        // Other files cannot refer to a private type.
        types.insert(name.text)
      }
    }
  }

  /// The folder that the rules know: the first part of the path, or the longest of `known` that contains the file.
  func folder(among known: some Sequence<String>) -> String {
    known.filter { path.hasPrefix($0 + "/") }.max { $0.count < $1.count }
      ?? String(path.prefix { $0 != "/" })
  }

  /// The Swift files of a folder and of those in it.
  static func files(in folder: URL) throws -> [SourceFile] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
      .sorted()
      .map { path in
        SourceFile(
          path: path, text: try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8))
      }
  }

  private static let kinds: Set<String> = ["struct", "class", "enum", "actor", "protocol", "typealias"]

  /// A name or a keyword.
  private struct Word {
    let text: String
    /// Whether it follows a dot, a number sign or an at sign.
    let isMember: Bool
    var isCapitalised: Bool { text.utf8.first.map { (0x41...0x5A).contains($0) } ?? false }
  }

  private static func words(_ line: [UInt8]) -> [Word] {
    var words: [Word] = []
    var position = 0
    while position < line.count {
      let start = position
      while position < line.count, isPartOfWord(line[position]) { position += 1 }
      guard position > start else {
        position += 1
        continue
      }
      let isMember = start > 0 && [UInt8](".#@".utf8).contains(line[start - 1])
      words.append(Word(text: String(decoding: line[start..<position], as: UTF8.self), isMember: isMember))
    }
    return words
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  // `Regex` is not `Sendable`, so that it cannot be stored.
  private static var sqlKeywords: Regex<Substring> {
    /\b(?:SELECT|INSERT (?:OR \w+ )?INTO|REPLACE INTO|UPDATE \w+ SET|DELETE FROM|(?:CREATE|DROP|ALTER) (?:TABLE|INDEX|VIRTUAL|TRIGGER|VIEW|TEMP)|PRAGMA|VACUUM|ATTACH|BEGIN IMMEDIATE|ROLLBACK|SAVEPOINT|COMMIT)\b/
  }
}
