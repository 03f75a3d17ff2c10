import TextAnalysis

/// The words of a value as FTS5 indexes them: tokens in UTF-8, each followed by a space.
package struct AnalyzedValue {
  /// The usual form of each word, in order; then the other forms, each with the neighbours of its word and a gap before.
  /// One array, since the references to each are counted whenever a value is copied.
  private var tokens: [UInt8] = []
  private var usualLength = 0
  /// Where each token comes from; empty where no offsets are wanted. A gap comes from nowhere.
  private var ranges: [Range<Int>] = []
  private var usualCount = 0

  /// The usual form of each word, in order.
  package var usual: ArraySlice<UInt8> { tokens[..<usualLength] }
  /// The other forms, each with the neighbours of its word and a gap before.
  package var others: ArraySlice<UInt8> { tokens[usualLength...] }
  /// Where each token of `usual` comes from; empty where no offsets are wanted.
  package var usualRanges: ArraySlice<Range<Int>> { ranges[..<usualCount] }
  /// Where each token of `others` comes from; a gap comes from nowhere.
  package var otherRanges: ArraySlice<Range<Int>> { ranges[usualCount...] }

  package init(_ value: String, as kind: TextKind = .prose, withOffsets: Bool = false) {
    self.init(Analyzer.analyze(value, as: kind, withOffsets: withOffsets))
  }

  package init(_ text: AnalyzedText) {
    for i in text.words.indices { add(i, of: text) }
    (usualLength, usualCount) = (tokens.count, ranges.count)
    for (i, word) in text.words.enumerated() {
      for j in word.forms.indices.dropFirst() {
        addOther(word.forms[j], text.offsets.isEmpty ? [] : text.offsets[i].forms[j], for: i...i, of: text)
      }
      for form in word.indexedForms { addOther(form, for: i...i, of: text) }
    }
    for run in Initials.runs(in: text.words) {
      addOther([Initials.joined(text.words[run])], for: run, of: text)
    }
  }

  /// The analysis of a text with these parts between its spaces.
  package init(_ parts: [AnalyzedPart]) {
    let haveOneForm = AnalyzedPart.haveOneForm(parts)
    self.init(AnalyzedText(words: haveOneForm ? [] : parts.flatMap(\.words)))
    guard haveOneForm else { return }
    tokens.reserveCapacity(parts.reduce(0) { $0 + $1.usual.count })
    for part in parts { tokens += part.usual }
    usualLength = tokens.count
  }

  /// Adds the usual form of a word.
  private mutating func add(_ i: Int, of text: AnalyzedText) {
    add(text.words[i].tokens)
    if !text.offsets.isEmpty { ranges += text.offsets[i].forms[0] }
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
    _ form: [String], _ formRanges: [Range<Int>], for words: ClosedRange<Int>, of text: AnalyzedText
  ) {
    tokens += ColumnText.gap
    if !text.offsets.isEmpty { ranges.append(0..<0) }
    addNeighbour(words.lowerBound - 1, of: text)
    add(form)
    ranges += formRanges
    addNeighbour(words.upperBound + 1, of: text)
  }

  private mutating func addNeighbour(_ i: Int, of text: AnalyzedText) {
    if text.words.indices.contains(i) { add(i, of: text) }
  }

  private mutating func add(_ form: [String]) {
    for var token in form {
      token.withUTF8 { tokens += $0 }
      tokens.append(0x20)
    }
  }
}

/// The analysis of a part of a text between spaces. An object, so that one reference is counted for each copy.
package final class AnalyzedPart: Sendable {
  fileprivate let words: [Word]
  /// The usual form of each word, in order: tokens in UTF-8, each followed by a space.
  fileprivate let usual: [UInt8]
  /// Whether the part has no other forms than the usual ones.
  private let hasOneForm: Bool
  private let beginsWithInitial: Bool
  private let endsWithInitial: Bool

  package init(_ words: [Word]) {
    let value = AnalyzedValue(AnalyzedText(words: words))
    self.words = words
    usual = Array(value.usual)
    hasOneForm = value.others.isEmpty
    beginsWithInitial = words.first.map(Initials.isInitial) ?? false
    endsWithInitial = words.last.map(Initials.isInitial) ?? false
  }

  /// Whether a text of these parts has no other forms than the usual ones: initials of parts that follow one another are
  /// also indexed as one token.
  fileprivate static func haveOneForm(_ parts: [AnalyzedPart]) -> Bool {
    var isAfterInitial = false
    for part in parts where !part.words.isEmpty {
      if !part.hasOneForm || isAfterInitial && part.beginsWithInitial { return false }
      isAfterInitial = part.endsWithInitial
    }
    return true
  }
}
