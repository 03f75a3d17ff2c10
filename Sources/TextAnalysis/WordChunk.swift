/// The word that is being read: its tokens and what joins them.
package struct WordChunk {
  /// Longer tokens are cut: FTS5 would keep them whole, and nobody types them.
  package static let maximumTokenLength = 64
  /// A text joined more often is a path or a list, not one word.
  private static let maximumJoins = 4
  /// A word ends after this many tokens, and another begins: a phrase of many tokens is slow to find.
  private static let maximumTokens = 64
  /// The first tokens of a word, which may have technical forms: each form is indexed with its neighbours, so that many
  /// would cost the square of a list's length.
  private static let maximumTechnicalTokens = 8

  private var tokens: [String] = []
  private var current = String.UnicodeScalarView()
  /// How many scalars `current` holds; counting them walks over all.
  private var length = 0
  /// For each token but the first, what joined it to the one before; nil between characters that stand alone.
  private var joiners: [Unicode.Scalar?] = []
  private var pendingJoiner: Unicode.Scalar?

  package var isEmpty: Bool { tokens.isEmpty && current.isEmpty }

  /// Whether no other token belongs to the word.
  package var isFull: Bool { tokens.count + (current.isEmpty ? 0 : 1) >= Self.maximumTokens }

  package mutating func append(_ scalar: Unicode.Scalar) {
    guard length < Self.maximumTokenLength else { return }
    current.append(scalar)
    length += 1
  }

  /// Whether there is a token that the mark belongs to.
  package mutating func appendMark(_ scalar: Unicode.Scalar) -> Bool {
    if !current.isEmpty {
      append(scalar)
      return true
    }
    guard let last = tokens.indices.last, pendingJoiner == nil else { return false }
    if tokens[last].unicodeScalars.count < Self.maximumTokenLength {
      tokens[last].unicodeScalars.append(scalar)
    }
    return true
  }

  /// The number of the token that was appended to last.
  package var lastToken: Int { current.isEmpty ? tokens.count - 1 : tokens.count }

  /// Whether the last token is complete, as `C++` is before `11`.
  package var endsInSuffix: Bool { current.last.map { CharacterRole($0) == .suffix } ?? false }

  package mutating func appendCharacter(_ scalar: Unicode.Scalar) {
    finishToken()
    append(scalar)
    finishToken()
  }

  package mutating func join(_ joiner: Unicode.Scalar) {
    finishToken()
    pendingJoiner = joiner
  }

  /// `+` and `#` end a token of letters, twice at the most; a `+` before a letter joins nothing (`jane+jobs`).
  package func takesSuffix(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) -> Bool {
    guard let last = current.last, current.contains(where: { $0 >= "a" && $0 <= "z" }) else { return false }
    let isFollowed = next.map { CharacterRole($0).isWordCharacter && !("0"..."9").contains($0) } ?? false
    if CharacterRole(last) == .suffix {
      return last == scalar && current.dropLast().last != scalar && !isFollowed
    }
    return !("0"..."9").contains(last) && !isFollowed
  }

  private mutating func finishToken() {
    guard !current.isEmpty else { return }
    if !tokens.isEmpty { joiners.append(pendingJoiner) }
    tokens.append(String(current))
    current = .init()
    length = 0
    pendingJoiner = nil
  }

  /// Hands over the word, if there is one, and begins the next.
  package mutating func finish(into words: inout [Word]) {
    finishToken()
    if !tokens.isEmpty { words.append(word()) }
    self = WordChunk()
  }

  private func word() -> Word {
    var word = Word(forms: [groups { $0 == "'" }])
    let joins = joiners.filter { $0 != nil }.count
    if joins > 0, joins <= Self.maximumJoins {
      word.addForm(tokens)
      if !joinsNumbers { word.addForm(groups { $0 != nil }) }
    }
    for token in tokens.prefix(Self.maximumTechnicalTokens) { addTechnicalForms(of: token, to: &word) }
    return word
  }

  /// The tokens, with those run together between which `runsTogether` says so.
  private func groups(_ runsTogether: (Unicode.Scalar?) -> Bool) -> [String] {
    var groups = [tokens[0]]
    for (joiner, token) in zip(joiners, tokens.dropFirst()) {
      if runsTogether(joiner) {
        groups[groups.count - 1] += token
      } else {
        groups.append(token)
      }
    }
    return groups
  }

  /// `2020-2021` and `3.5` are not one number.
  private var joinsNumbers: Bool {
    zip(tokens, tokens.dropFirst()).contains { $0.last?.isNumber == true && $1.first?.isNumber == true }
  }

  private func addTechnicalForms(of token: String, to word: inout Word) {
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
