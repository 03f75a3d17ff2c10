/// The usual Mandarin reading of a Chinese character, in Pinyin without tones.
///
/// Cost: the tables are parsed once, on first use, into an array of 42 KB; then one look-up a character.
enum HanReadings {
  /// The syllable of a character; nil if the tables do not contain it.
  static func syllable(of character: Unicode.Scalar) -> String? {
    let index = Int(character.value) - firstCharacter
    guard numbers.indices.contains(index), numbers[index] > 0 else { return nil }
    return syllables[Int(numbers[index]) - 1]
  }

  /// The same syllable as Taiwan writes it in names: Wade and Giles without apostrophes.
  ///
  /// Source: the rules of the scheme; a table of its initials, then of its finals.
  static func wadeGiles(_ syllable: String) -> String {
    let initial = initials.first { syllable.hasPrefix($0.pinyin) }
    let final = String(syllable.dropFirst(initial?.pinyin.count ?? 0))
    let before = initial?.pinyin ?? ""
    let rule = finals.first { $0.final == final && ($0.initials.isEmpty || $0.initials.contains(before)) }
    return rule?.written ?? (initial?.wadeGiles ?? "") + (rule?.wadeGiles ?? final)
  }

  private static let firstCharacter = 0x4E00
  private static let lastCharacter = 0x9FFF

  private static let lines = [fromAToL, fromMToZ].flatMap { $0.split(separator: "\n") }

  private static let syllables = lines.map { String($0.prefix { $0 != ":" }) }

  /// The number of a character's line, from 1; 0 if it has none.
  private static let numbers: [UInt16] = {
    var numbers = [UInt16](repeating: 0, count: lastCharacter - firstCharacter + 1)
    for (i, line) in lines.enumerated() {
      for character in line.unicodeScalars {
        let index = Int(character.value) - firstCharacter
        if numbers.indices.contains(index) { numbers[index] = UInt16(i + 1) }
      }
    }
    return numbers
  }()

  private struct Initial {
    let pinyin: String
    let wadeGiles: String
  }

  private struct Final {
    let final: String
    let wadeGiles: String
    /// The initials after which it is written so; all if empty.
    let initials: Set<String>
    /// The whole syllable, if the initial changes too.
    let written: String?

    init(_ final: String, _ wadeGiles: String, after initials: Set<String> = [], written: String? = nil) {
      self.final = final
      self.wadeGiles = wadeGiles
      self.initials = initials
      self.written = written
    }
  }

  /// The longest first.
  private static let initials: [Initial] = [
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("p", "p"), ("m", "m"), ("f", "f"), ("d", "t"),
    ("t", "t"), ("n", "n"), ("l", "l"), ("g", "k"), ("k", "k"), ("h", "h"), ("j", "ch"), ("q", "ch"),
    ("x", "hs"), ("r", "j"), ("z", "ts"), ("c", "ts"), ("s", "s"), ("y", "y"), ("w", "w"),
  ].map { Initial(pinyin: $0.0, wadeGiles: $0.1) }

  private static let finals: [Final] = [
    Final("i", "", after: ["z", "c"], written: "tzu"),
    Final("i", "", after: ["s"], written: "ssu"),
    Final("i", "ih", after: ["zh", "ch", "sh", "r"]),
    Final("i", "", after: ["y"], written: "i"),
    Final("e", "o", after: ["g", "k", "h"]),
    Final("e", "eh", after: ["y"]),
    Final("an", "en", after: ["y"]),
    Final("ou", "u", after: ["y"]),
    Final("ui", "uei", after: ["g", "k"]),
    Final("uo", "o", after: ["d", "t", "n", "l", "z", "c", "s", "r", "zh", "ch"]),
    Final("ong", "ung"),
    Final("iong", "iung"),
    Final("ian", "ien"),
    Final("ie", "ieh"),
    Final("ue", "ueh"),
    Final("er", "erh"),
  ]
}
