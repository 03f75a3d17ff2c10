/// A token and where it comes from: bytes of UTF-8 in the text, from the beginning of a character to the end of one.
package struct PlacedToken: Equatable {
  package let text: String
  package let place: Range<Int>

  package init(text: String, place: Range<Int>) { (self.text, self.place) = (text, place) }
}

/// A word and where the tokens of each of its forms come from.
package struct PlacedWord {
  package private(set) var word: Word
  /// For each of `word.forms`, the places of its tokens.
  private var places: [[Range<Int>]]
  /// From the beginning of its first token to the end of its last.
  package let place: Range<Int>

  /// A word of these tokens, as they were before some were run together.
  fileprivate init(_ word: Word, tokens: [Range<Int>], in scalars: PlacedScalars) {
    self.word = word
    place = scalars.place(of: tokens[0].lowerBound..<tokens[tokens.count - 1].upperBound)
    places = word.forms.map { Self.places(of: $0, madeOf: tokens, in: scalars) }
  }

  /// The usual form.
  package var usual: [PlacedToken] { zip(word.tokens, places[0]).map(PlacedToken.init) }

  /// The other forms under which it is indexed, in the order of `WordForms`.
  package var others: [[PlacedToken]] {
    let looked = zip(word.forms, places).dropFirst().map { zip($0, $1).map(PlacedToken.init) }
    // These say less than the word does, or more: all of it stands for them.
    return looked + word.indexedForms.map { $0.map { PlacedToken(text: $0, place: place) } }
  }

  /// Adds the usual form of another spelling of the same word.
  fileprivate mutating func addForm(of other: PlacedWord) {
    let count = word.forms.count
    word.addForm(other.word.tokens)
    if word.forms.count > count { places.append(other.places[0]) }
  }

  fileprivate func moved(by offset: Int) -> PlacedWord {
    PlacedWord(
      word: word, places: places.map { $0.map { $0.moved(by: offset) } }, place: place.moved(by: offset))
  }

  private init(word: Word, places: [[Range<Int>]], place: Range<Int>) {
    (self.word, self.places, self.place) = (word, places, place)
  }

  /// Every form is made of all tokens in order, some of them run together.
  private static func places(
    of form: [String], madeOf tokens: [Range<Int>], in scalars: PlacedScalars
  ) -> [Range<Int>] {
    var next = 0
    return form.map { text in
      var missing = text.unicodeScalars.count
      let first = next
      while next < tokens.count, missing > 0 || next == first {
        missing -= min(tokens[next].count, WordChunk.maximumTokenLength)
        next += 1
      }
      return scalars.place(of: tokens[first].lowerBound..<tokens[next - 1].upperBound)
    }
  }
}

extension WordSplitter {
  /// What `words` gives, with places.
  package static func placedWords(_ text: String) -> [PlacedWord] {
    let text = DecomposedText(text)
    var words = placed(PlacedScalars(text, Folding.append))
    guard Folding.holdDigraphs(text.scalars) else { return words }
    let alternatives = placed(PlacedScalars(text, Folding.appendWithDigraphs))
    guard alternatives.count == words.count else { return words }
    for (i, alternative) in alternatives.enumerated() { words[i].addForm(of: alternative) }
    return words
  }

  /// What `wordsOfAddress` gives, with places.
  package static func placedWordsOfAddress(_ address: String) -> [PlacedWord] {
    partsOfAddress(address).flatMap { part in
      let offset = part.base.utf8.distance(from: part.base.startIndex, to: part.startIndex)
      return placedWords(String(part)).map { $0.moved(by: offset) }
    }
  }

  private static func placed(_ scalars: PlacedScalars) -> [PlacedWord] {
    var spans = TokenSpans()
    let words = split(scalars.scalars, &spans)
    return zip(words, spans.words).map { PlacedWord($0, tokens: $1, in: scalars) }
  }
}

/// Which scalars each token of each word is made of.
private struct TokenSpans: SplitTrace {
  private(set) var words: [[Range<Int>]] = []

  mutating func note(_ scalar: Int, token: Int, word: Int) {
    if word == words.count { words.append([]) }
    if token == words[word].count {
      words[word].append(scalar..<(scalar + 1))
    } else {
      words[word][token] = words[word][token].lowerBound..<(scalar + 1)
    }
  }
}

extension Range<Int> {
  package func moved(by offset: Int) -> Range<Int> { (lowerBound + offset)..<(upperBound + offset) }
}
