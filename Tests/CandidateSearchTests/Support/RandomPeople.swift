import TestSupport

@testable import CandidateSearch

/// Candidates whose values are made of pieces that are hard to tell apart, to join and to place.
enum RandomPeople {
  private static let pieces = [
    "a", "b", "jo", "Smith", "smith", "O'Brien", "node.js", ".NET", "C++", "C#", "J.", "R.", "x-ray", "2021",
    "ü", "ø", "Å", "ß", "ﬁ", "½", "é", "e\u{301}", "u\u{308}", "a\u{323}\u{308}", "\u{301}", "\u{308}", "İ",
    "山",
    "田", "太郎", "김", "\u{1100}", "\u{1161}", "\u{11A8}", "ﾡ", "ￂ", "ｶ", "ﾞ", "が", "हिन्दी", "ि", "ไทย", "שָׁ",
    "محمد", "ـ", "👩‍💻", "🇩🇪", "1️⃣", "\u{600}", "\u{D4E}", "\u{200D}", "\u{AD}", "\u{0}", "\u{E000}", "\r\n", "\t",
    " ", " ", " ", " ", " ", "-", ".", "'", "’", "&", "+", "#", "@", "/", ",", "_", "net", "…",
  ]

  static func value(_ random: inout SplitMix64) -> String {
    (0..<Int(random.next() % 9)).map { _ in
      if random.next() % 60 == 0, let scalar = Unicode.Scalar(UInt32(random.next() % 0x3_0000)) {
        return String(scalar)
      }
      return pieces[Int(random.next() % UInt64(pieces.count))]
    }.joined()
  }

  static func person(_ random: inout SplitMix64) -> Person {
    func values(_ random: inout SplitMix64) -> [String] {
      (0..<Int(random.next() % 3)).map { _ in value(&random) }
    }
    return Person(
      first: value(&random), last: value(&random), title: value(&random), company: value(&random),
      locations: values(&random), tags: values(&random), emails: values(&random))
  }
}

/// Matches on what a document holds, and on what it may not hold.
struct RandomMatch {
  private let columns: [[String]]
  private let others: [String]

  init(_ document: Document, others: [String]) {
    columns = (0..<document.columnCount).map {
      document.text(ofColumn: $0).unicodeScalars.split(separator: " ").map { String($0) }
    }
    self.others = others
  }

  /// One or two words, no keys.
  func words(_ random: inout SplitMix64) -> IndexQuery {
    switch random.next() % 4 {
    case 0: .or([phrase(&random, keys: false), phrase(&random, keys: false)])
    case 1: together(&random)
    default: phrase(&random, keys: false)
    }
  }

  /// Anything that FTS5 answers.
  func tree(_ random: inout SplitMix64, height: Int) -> IndexQuery {
    let parts = (0..<Int(1 + random.next() % 3)).map { _ in
      height == 0 ? leaf(&random) : tree(&random, height: height - 1)
    }
    switch random.next() % 5 {
    case 0: return .and(parts)
    case 1: return .or(parts)
    case 2: return .not(parts[0])
    default: return leaf(&random)
    }
  }

  private func leaf(_ random: inout SplitMix64) -> IndexQuery {
    random.next() % 3 == 0 ? together(&random) : phrase(&random, keys: true)
  }

  private func phrase(_ random: inout SplitMix64, keys: Bool) -> IndexQuery {
    let (tokens, isPrefix) = tokens(&random, keys: keys)
    return .phrase(tokens, isPrefix: isPrefix, in: places(&random))
  }

  private func together(_ random: inout SplitMix64) -> IndexQuery {
    let column = 1 + Int(random.next() % UInt64(columns.count - 1))
    let phrases = (0..<Int(1 + random.next() % 3)).map { _ in
      tokens(&random, keys: false, column: random.next() % 4 == 0 ? nil : column)
    }
    return .together(
      phrases.map(\.tokens), isPrefix: phrases[phrases.count - 1].isPrefix, in: places(&random))
  }

  private func places(_ random: inout SplitMix64) -> [TextColumn] {
    random.next() % 2 == 0 ? [] : TextColumn.allCases.filter { _ in random.next() % 2 == 0 }
  }

  /// Tokens that follow one another in a column, or almost.
  private func tokens(
    _ random: inout SplitMix64, keys: Bool, column: Int? = nil
  ) -> (tokens: [String], isPrefix: Bool) {
    let first = keys ? 0 : 1
    let column = column ?? first + Int(random.next() % UInt64(columns.count - first))
    var tokens = columns[column].isEmpty ? others : columns[column]
    tokens.removeFirst(Int(random.next() % UInt64(tokens.count)))
    tokens = Array(tokens.prefix(1 + Int(random.next() % 2)))
    if random.next() % 6 == 0 { tokens.append(others[Int(random.next() % UInt64(others.count))]) }
    if column > 0 { tokens.removeAll { $0 == String(FilterTerm.separator) } }
    if tokens.isEmpty { tokens = [others[0]] }
    let isPrefix = random.next() % 3 == 0
    if isPrefix, let last = tokens.indices.last, let scalar = tokens[last].unicodeScalars.first, column > 0 {
      tokens[last] = random.next() % 2 == 0 ? String(scalar) : tokens[last]
    }
    return (tokens, isPrefix)
  }
}
