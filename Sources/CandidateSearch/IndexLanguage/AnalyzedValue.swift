import TextAnalysis

/// The words of a value as FTS5 indexes them: tokens in UTF-8, each followed by a space.
package struct AnalyzedValue {
  /// The usual form of each word, in order.
  package private(set) var usual: [UInt8] = []
  /// The other forms, each with the neighbours of its word and a gap before.
  package private(set) var others: [UInt8] = []
  /// Where each token of `usual` comes from; empty where no offsets are wanted.
  package private(set) var usualRanges: [Range<Int>] = []
  /// Where each token of `others` comes from; a gap comes from nowhere.
  package private(set) var otherRanges: [Range<Int>] = []

  package init(_ value: String, as kind: TextKind = .prose, withOffsets: Bool = false) {
    self.init(Analyzer.analyze(value, as: kind, withOffsets: withOffsets))
  }

  package init(_ text: AnalyzedText) {
    for (i, word) in text.words.enumerated() {
      addUsual(i, of: text)
      for j in word.forms.indices.dropFirst() {
        addOther(word.forms[j], text.offsets.isEmpty ? [] : text.offsets[i].forms[j], for: i...i, of: text)
      }
      for form in word.indexedForms { addOther(form, for: i...i, of: text) }
    }
    for run in Initials.runs(in: text.words) {
      addOther([Initials.joined(text.words[run])], for: run, of: text)
    }
  }

  private mutating func addUsual(_ i: Int, of text: AnalyzedText) {
    Self.add(text.words[i].tokens, to: &usual)
    if !text.offsets.isEmpty { usualRanges += text.offsets[i].forms[0] }
  }

  /// Adds a form that replaces all of some words.
  private mutating func addOther(_ form: [String], for words: ClosedRange<Int>, of text: AnalyzedText) {
    var ranges: [Range<Int>] = []
    if !text.offsets.isEmpty {
      let (first, last) = (text.offsets[words.lowerBound].word, text.offsets[words.upperBound].word)
      ranges = form.map { _ in first.lowerBound..<last.upperBound }
    }
    addOther(form, ranges, for: words, of: text)
  }

  private mutating func addOther(
    _ form: [String], _ ranges: [Range<Int>], for words: ClosedRange<Int>, of text: AnalyzedText
  ) {
    others += ColumnText.gap
    if !text.offsets.isEmpty { otherRanges.append(0..<0) }
    addNeighbour(words.lowerBound - 1, of: text)
    Self.add(form, to: &others)
    otherRanges += ranges
    addNeighbour(words.upperBound + 1, of: text)
  }

  private mutating func addNeighbour(_ i: Int, of text: AnalyzedText) {
    guard text.words.indices.contains(i) else { return }
    Self.add(text.words[i].tokens, to: &others)
    if !text.offsets.isEmpty { otherRanges += text.offsets[i].forms[0] }
  }

  private static func add(_ tokens: [String], to bytes: inout [UInt8]) {
    for var token in tokens {
      token.withUTF8 { bytes += $0 }
      bytes.append(0x20)
    }
  }
}
