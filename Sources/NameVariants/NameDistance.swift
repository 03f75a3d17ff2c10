import TextAnalysis

/// How much two words differ in spelling. Words are compared by their scalars; of longer ones the first 64.
package enum NameDistance {
  package static let maximumLetters = 64

  /// The number of typing errors between two words (`EditDistance`); nil if it is more than the limit.
  ///
  /// Cost: the length times the limit.
  package static func edits(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost limit: Int) -> Int? {
    var distance = EditDistance(from: a.prefix(maximumLetters).map(\.value))
    return distance.to(b.prefix(maximumLetters).map(\.value)[...], atMost: limit)
  }

  /// The similarity of Jaro and Winkler, from 0 to 1: letters that both words have at about the same place,
  /// and a bonus for at most four equal letters at the beginning (Winkler 1990, with his factor 0.1).
  ///
  /// Cost: the product of the lengths.
  package static func jaroWinkler(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Double {
    let (n, m) = (min(a.count, maximumLetters), min(b.count, maximumLetters))
    guard n > 0, m > 0 else { return n == m ? 1 : 0 }
    let window = max(0, max(n, m) / 2 - 1)
    var (inA, inB): (UInt64, UInt64) = (0, 0)
    for i in 0..<n {
      let candidates = max(0, i - window)..<max(max(0, i - window), min(m, i + window + 1))
      guard let j = candidates.first(where: { inB & 1 << UInt64($0) == 0 && a[i] == b[$0] }) else { continue }
      inA |= 1 << UInt64(i)
      inB |= 1 << UInt64(j)
    }
    let common = Double(inA.nonzeroBitCount)
    guard common > 0 else { return 0 }
    let jaro =
      (common / Double(n) + common / Double(m)
        + (common - halfSwaps(CommonLetters(word: a, places: inA), CommonLetters(word: b, places: inB)))
          / common)
      / 3
    let prefix = zip(a.prefix(4), b.prefix(4)).prefix { $0 == $1 }.count
    return jaro + Double(prefix) * 0.1 * (1 - jaro)
  }

  /// Half the number of common letters that are in another order.
  private static func halfSwaps(_ a: CommonLetters, _ b: CommonLetters) -> Double {
    var (restA, restB, different) = (a.places, b.places, 0)
    while restA != 0, restB != 0 {
      if a.word[restA.trailingZeroBitCount] != b.word[restB.trailingZeroBitCount] { different += 1 }
      restA &= restA - 1
      restB &= restB - 1
    }
    return Double(different) / 2
  }

  /// A word and a bitset of its letters that the other word has too.
  private struct CommonLetters {
    let word: [Unicode.Scalar]
    let places: UInt64
  }
}
