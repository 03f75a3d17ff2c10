/// What a text is: an address is split by simpler rules.
package enum TextKind: Sendable {
  /// Names, titles, and whatever else people write or type.
  case prose
  /// An e-mail address. Only letters and digits make words: `example.net` is not about .NET.
  case address
}

/// Turns a text into words and their tokens. Documents, queries and highlights are made of its result, so
/// that whatever is indexed can be found, and whatever is found can be marked.
///
/// 1. `IndexedText` cuts a text that is longer than what is indexed.
/// 2. `Folding` removes case, accents and other differences between spellings.
/// 3. `Tokenizer` splits the folded text into words.
/// 4. Letters that may be written as digraphs (`ü`, `ø`, `å`) add a second form to their words.
///
/// No rule looks across U+0020: the words of a text are those of its parts between spaces.
package enum Analyzer {
  /// The words of a text, in order.
  package static func words(of text: String, as kind: TextKind = .prose) -> [Word] {
    analyze(text, as: kind).words
  }

  /// The words of a text, in order, and the offsets of their tokens if they are wanted.
  package static func analyze(
    _ text: String, as kind: TextKind = .prose, withOffsets: Bool = false
  ) -> AnalyzedText {
    let text = IndexedText.prefix(of: text)
    switch kind {
    case .prose: return prose(text, offset: withOffsets ? 0 : nil)
    case .address:
      return text.split { !$0.isLetter && !$0.isNumber }.reduce(into: AnalyzedText()) { whole, part in
        let offset = withOffsets ? text.utf8.distance(from: text.startIndex, to: part.startIndex) : nil
        whole.append(prose(String(part), offset: offset))
      }
    }
  }

  /// The words of a text that begins at an offset; without an offset, their tokens have none.
  private static func prose(_ text: String, offset: Int?) -> AnalyzedText {
    if let folded = FoldedText(ascii: text, offset: offset) { return Tokenizer.split(folded) }
    if offset == nil, let folded = ScalarFoldings.fold(text) {
      var analyzed = Tokenizer.split(FoldedText(folded: folded.usual))
      if let digraphs = folded.digraphs {
        analyzed.addForms(of: Tokenizer.split(FoldedText(folded: digraphs)))
      }
      return analyzed
    }
    let decomposed = DecomposedText(text, offset: offset)
    var analyzed = Tokenizer.split(FoldedText(decomposed, by: .usual))
    if Folding.containDigraphs(decomposed.scalars) {
      analyzed.addForms(of: Tokenizer.split(FoldedText(decomposed, by: .digraphs)))
    }
    return analyzed
  }
}

/// The words of a text, and where their tokens come from.
package struct AnalyzedText {
  package private(set) var words: [Word] = []
  /// One for each word; empty where no offsets were wanted.
  package private(set) var offsets: [WordOffsets] = []

  package init(words: [Word] = []) { self.words = words }

  mutating func append(_ word: Word, _ offsets: WordOffsets?) {
    words.append(word)
    if let offsets { self.offsets.append(offsets) }
  }

  fileprivate mutating func append(_ other: AnalyzedText) {
    words += other.words
    offsets += other.offsets
  }

  /// Adds to each word its usual form in another spelling of the text, unless that has other words.
  fileprivate mutating func addForms(of other: AnalyzedText) {
    guard other.words.count == words.count else { return }
    for i in words.indices {
      let count = words[i].forms.count
      words[i].addForm(other.words[i].tokens)
      if !offsets.isEmpty, words[i].forms.count > count {
        offsets[i].forms.append(other.offsets[i].forms[0])
      }
    }
  }
}

/// Where the tokens of a word come from: ranges of bytes (UTF-8) in the text, from the beginning of a
/// character to the end of one.
package struct WordOffsets {
  /// For each of `Word.forms`, the ranges of its tokens.
  package internal(set) var forms: [[Range<Int>]]
  /// All of the word. The tokens of `Word.indexedForms` come from all of it.
  package let word: Range<Int>

  init(forms: [[Range<Int>]], word: Range<Int>) {
    self.forms = forms
    self.word = word
  }
}
