import TextAnalysis

/// The words of a value as FTS5 is given them: tokens in UTF-8, each with a space behind it.
struct WordForms {
  /// The usual form of each word, in order.
  private(set) var usual: [UInt8] = []
  /// The other forms, each with the neighbours of its word and a gap before.
  private(set) var others: [UInt8] = []

  init(_ words: [Word]) {
    for (i, word) in words.enumerated() {
      Self.add(word.tokens, to: &usual)
      for form in word.forms.dropFirst() { addOther(form, for: i...i, of: words) }
      for form in word.indexedForms { addOther(form, for: i...i, of: words) }
    }
    for run in Initials.runs(in: words) { addOther([Initials.joined(words[run])], for: run, of: words) }
  }

  private mutating func addOther(_ form: [String], for place: ClosedRange<Int>, of words: [Word]) {
    Self.addGap(to: &others)
    if place.lowerBound > 0 { Self.add(words[place.lowerBound - 1].tokens, to: &others) }
    Self.add(form, to: &others)
    if place.upperBound + 1 < words.count { Self.add(words[place.upperBound + 1].tokens, to: &others) }
  }

  private static func add(_ tokens: [String], to bytes: inout [UInt8]) {
    for token in tokens {
      bytes += token.utf8
      bytes.append(0x20)
    }
  }

  private static let gap = FilterTerm.separatorBytes + [0x20]

  private static func addGap(to bytes: inout [UInt8]) { bytes += gap }

  static func addGap(to bytes: ByteBuffer) { bytes.append(gap) }
}

/// Remembers the forms of values that need more than a look: cities, titles and first names come again and again.
final class WordFormsCache {
  /// Forgets everything when it holds so many values.
  private static let capacity = 20_000
  /// Longer values hardly come again.
  private static let longestValue = 60

  private var forms: [String: WordForms] = [:]

  func forms(of value: String, isAddress: Bool) -> WordForms {
    // No two people share an address.
    if isAddress { return WordForms(WordSplitter.wordsOfAddress(value)) }
    // Swift hashes a text with many marks in a row at the square of their number.
    guard value.utf8.count <= Self.longestValue else { return WordForms(WordSplitter.words(value)) }
    if let known = forms[value] { return known }
    let new = WordForms(WordSplitter.words(value))
    if forms.count == Self.capacity { forms.removeAll(keepingCapacity: true) }
    forms[value] = new
    return new
  }
}
