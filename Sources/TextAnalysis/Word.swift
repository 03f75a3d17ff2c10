/// A word of a text, and the forms in which it is indexed and searched.
///
/// `O'Brien` has the forms `obrien` and `o brien`; `node.js` has `node js` and `nodejs`. Each form is a run
/// of tokens. A token contains no white space.
package struct Word: Hashable, Sendable {
  /// The forms in which the word is indexed and searched, the usual one first. Never empty.
  package var forms: [[String]]
  /// Forms in which the word is only indexed: `net` finds `.NET`, `.NET` does not find `net`.
  package var indexedForms: [[String]] = []

  package init(forms: [[String]], indexedForms: [[String]] = []) {
    self.forms = forms
    self.indexedForms = indexedForms
  }

  /// The tokens of the usual form.
  package var tokens: [String] { forms[0] }

  /// Adds a form, unless the word has it.
  package mutating func addForm(_ form: [String]) {
    if !form.isEmpty, !forms.contains(form) { forms.append(form) }
  }

  /// Adds a form that is only indexed, unless the word has it.
  package mutating func addIndexedForm(_ form: [String]) {
    if !forms.contains(form), !indexedForms.contains(form) { indexedForms.append(form) }
  }
}

/// Single letters in a row, which are also indexed and searched as one token: `J. R. Patel` is found as `JR
/// Patel`.
package enum Initials {
  /// More single letters in a row are no initials.
  private static let maximumLength = 4

  /// The runs of at least two words that are single letters.
  package static func runs(in words: [Word]) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    var start = 0
    for end in 0...words.count where end == words.count || !isInitial(words[end]) {
      if (2...maximumLength).contains(end - start) { runs.append(start...(end - 1)) }
      start = end + 1
    }
    return runs
  }

  /// The token of a run.
  package static func joined(_ words: ArraySlice<Word>) -> String {
    words.map { $0.tokens[0] }.joined()
  }

  /// Whether a word is a single letter.
  package static func isInitial(_ word: Word) -> Bool {
    // One scalar has at most four bytes.
    guard word.tokens.count == 1, word.tokens[0].utf8.count <= 4, word.tokens[0].unicodeScalars.count == 1,
      let scalar = word.tokens[0].unicodeScalars.first
    else { return false }
    return CharacterClass(scalar) == .letter && scalar.properties.isAlphabetic
  }
}
