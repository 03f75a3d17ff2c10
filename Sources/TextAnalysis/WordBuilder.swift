/// The word that the tokenizer reads: its tokens and what joins them. Makes the word's forms of them.
struct WordBuilder {
  /// A text joined more often is a path or a list, not one word.
  private static let maximumJoins = 4
  /// A word ends after this many tokens, and another begins: a phrase of many tokens is slow to find.
  private static let maximumTokens = 64
  /// The first tokens of a word, which may have technical forms: each form is indexed with its neighbours, so
  /// that many would cost the square of a list's length.
  private static let maximumTechnicalTokens = 8

  private struct Token {
    var text: String
    /// Which scalars of the folded text it comes from, also those beyond its maximum length.
    var scalars: Range<Int>
  }

  private var tokens: [Token] = []
  private var current: [Unicode.Scalar] = []
  /// Which scalars of the folded text `current` comes from.
  private var scalars = 0..<0
  /// For each token but the first, what joined it to the one before; nil between characters that are tokens
  /// of their own.
  private var joiners: [Unicode.Scalar?] = []
  private var pendingJoiner: Unicode.Scalar?

  var isEmpty: Bool { tokens.isEmpty && current.isEmpty }

  /// Whether no other token belongs to the word.
  var isFull: Bool { tokens.count + (current.isEmpty ? 0 : 1) >= Self.maximumTokens }

  /// Whether the last token is complete, as `C++` is before `11`.
  var endsInSuffix: Bool { current.last.map { CharacterClass($0) == .suffix } ?? false }

  // MARK: - Reading

  /// Appends a scalar to the last token.
  mutating func append(_ scalar: Unicode.Scalar, at i: Int) {
    scalars = (current.isEmpty ? i : scalars.lowerBound)..<(i + 1)
    if current.count < Tokenizer.maximumTokenLength { current.append(scalar) }
  }

  /// Appends a mark to the token that it belongs to, if there is one.
  mutating func appendMark(_ scalar: Unicode.Scalar, at i: Int) {
    if !current.isEmpty { return append(scalar, at: i) }
    guard let last = tokens.indices.last, pendingJoiner == nil else { return }
    tokens[last].scalars = tokens[last].scalars.lowerBound..<(i + 1)
    if tokens[last].text.unicodeScalars.count < Tokenizer.maximumTokenLength {
      tokens[last].text.unicodeScalars.append(scalar)
    }
  }

  /// Appends a character that is a token of its own.
  mutating func appendCharacter(_ scalar: Unicode.Scalar, at i: Int) {
    finishToken()
    append(scalar, at: i)
    finishToken()
  }

  /// Ends a token; the next belongs to the same word.
  mutating func join(_ joiner: Unicode.Scalar) {
    finishToken()
    pendingJoiner = joiner
  }

  /// Whether `+` or `#` belongs to the last token: it ends a token of letters, at most twice. A `+` before a
  /// letter joins nothing (`jane+jobs`).
  func takesSuffix(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) -> Bool {
    guard let last = current.last, current.contains(where: { $0 >= "a" && $0 <= "z" }) else { return false }
    let isFollowed = next.map { CharacterClass($0).isWordCharacter && !("0"..."9").contains($0) } ?? false
    if CharacterClass(last) == .suffix {
      return last == scalar && current.dropLast().last != scalar && !isFollowed
    }
    return !("0"..."9").contains(last) && !isFollowed
  }

  private mutating func finishToken() {
    guard !current.isEmpty else { return }
    if !tokens.isEmpty { joiners.append(pendingJoiner) }
    tokens.append(Token(text: String(scalars: current), scalars: scalars))
    current.removeAll(keepingCapacity: true)
    pendingJoiner = nil
  }

  /// Appends the word, if there is one, and begins the next.
  mutating func finish(into result: inout AnalyzedText, of text: FoldedText) {
    finishToken()
    if !tokens.isEmpty { appendWord(to: &result, of: text) }
    tokens.removeAll(keepingCapacity: true)
    joiners.removeAll(keepingCapacity: true)
    pendingJoiner = nil
  }

  // MARK: - Forms

  private func appendWord(to result: inout AnalyzedText, of text: FoldedText) {
    var word = Word(forms: [texts(joining: .apostrophes)])
    var offsets: WordOffsets?
    if text.hasOffsets {
      offsets = WordOffsets(
        forms: [ranges(joining: .apostrophes, in: text)],
        word: text.range(of: tokens[0].scalars.lowerBound..<tokens[tokens.count - 1].scalars.upperBound))
    }
    let joins = joiners.filter { $0 != nil }.count
    if joins > 0, joins <= Self.maximumJoins {
      for rule in joinsNumbers ? [JoinRule.none] : [.none, .all] {
        let count = word.forms.count
        word.addForm(texts(joining: rule))
        if word.forms.count > count { offsets?.forms.append(ranges(joining: rule, in: text)) }
      }
    }
    for token in tokens.prefix(Self.maximumTechnicalTokens) { addTechnicalForms(of: token.text, to: &word) }
    result.append(word, offsets)
  }

  /// Which joiners run the tokens beside them together to one.
  private enum JoinRule {
    case none, apostrophes, all

    func holds(for joiner: Unicode.Scalar?) -> Bool {
      switch self {
      case .none: false
      case .apostrophes: joiner == "'"
      case .all: joiner != nil
      }
    }
  }

  /// The tokens of a form.
  private func texts(joining rule: JoinRule) -> [String] {
    var texts = [tokens[0].text]
    for (joiner, token) in zip(joiners, tokens.dropFirst()) {
      if rule.holds(for: joiner) {
        texts[texts.count - 1] += token.text
      } else {
        texts.append(token.text)
      }
    }
    return texts
  }

  /// Where the tokens of a form come from.
  private func ranges(joining rule: JoinRule, in text: FoldedText) -> [Range<Int>] {
    var ranges = [text.range(of: tokens[0].scalars)]
    for (joiner, token) in zip(joiners, tokens.dropFirst()) {
      let range = text.range(of: token.scalars)
      if rule.holds(for: joiner) {
        ranges[ranges.count - 1] = ranges[ranges.count - 1].lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    return ranges
  }

  /// `2020-2021` and `3.5` are not one number.
  private var joinsNumbers: Bool {
    zip(tokens, tokens.dropFirst()).contains {
      $0.text.last?.isNumber == true && $1.text.first?.isNumber == true
    }
  }

  private func addTechnicalForms(of token: String, to word: inout Word) {
    // Most tokens have none: their last byte tells.
    guard let last = token.utf8.last, "t+#".utf8.contains(last) else { return }
    if token == ".net" {
      word.addIndexedForm(["net"])
      word.addIndexedForm(["dotnet"])
    } else if token == "net", tokens.count > 1 {
      word.addIndexedForm([".net"])
    } else if token.last == "+" || token.last == "#" {
      let letters = String(token.drop { $0 == "." }.prefix { $0 != "+" && $0 != "#" })
      if letters.count > 1 { word.addIndexedForm([letters]) }
    }
  }
}

extension String {
  /// A text of these scalars. That of a `UnicodeScalarView` is made scalar by scalar, which takes several times as long.
  package init(scalars: [Unicode.Scalar]) {
    self.init(unsafeUninitializedCapacity: 4 * scalars.count) { bytes in
      var length = 0
      for scalar in scalars {
        for byte in UTF8.encode(scalar) ?? .init() {
          bytes[length] = byte
          length += 1
        }
      }
      return length
    }
  }
}
