/// Splits a text into words: the one rule for what is indexed and what is looked for.
///
/// - Letters, digits and the marks that belong to them make a token; a Chinese, Japanese, Korean or Thai character
///   is a token of its own, so that a part of a name finds it.
/// - An apostrophe, hyphen, full stop or `&` between letters joins the tokens of one word (`O'Brien`, `AT&T`).
/// - `+` and `#` stay with the letters before them (`C++`, `F#`), and `.NET` keeps its dot.
/// - Everything else separates words.
package enum WordSplitter {
  /// The words of what is indexed of a text, in order.
  package static func words(_ text: String) -> [Word] {
    var words = split(Folding.fold(text))
    if let alternatives = Folding.foldWithDigraphs(text).map({ split($0) }), alternatives.count == words.count
    {
      for (i, alternative) in alternatives.enumerated() { words[i].addForm(alternative.tokens) }
    }
    return words
  }

  /// The words of an e-mail address.
  package static func wordsOfAddress(_ address: String) -> [Word] {
    partsOfAddress(address).flatMap { words(String($0)) }
  }

  package static func partsOfAddress(_ address: String) -> [Substring] {
    IndexedText.prefix(of: address).split { !$0.isLetter && !$0.isNumber }
  }

  private static func split(_ scalars: [Unicode.Scalar]) -> [Word] {
    var trace = NoTrace()
    return split(scalars, &trace)
  }

  /// The words of folded scalars; the trace is told which scalars made them.
  package static func split<Trace: SplitTrace>(_ scalars: [Unicode.Scalar], _ trace: inout Trace) -> [Word] {
    var words: [Word] = []
    var chunk = WordChunk()
    var previous: Unicode.Scalar?
    for (i, scalar) in scalars.enumerated() {
      let next = i + 1 < scalars.count ? scalars[i + 1] : nil
      switch CharacterRole(scalar) {
      case .letter:
        if chunk.endsInSuffix { chunk.finish(into: &words) }
        chunk.append(scalar)
        trace.note(i, token: chunk.lastToken, word: words.count)
      case .mark:
        if chunk.appendMark(scalar) { trace.note(i, token: chunk.lastToken, word: words.count) }
      case .character:
        if chunk.isFull { chunk.finish(into: &words) }
        chunk.appendCharacter(scalar)
        trace.note(i, token: chunk.lastToken, word: words.count)
      case .joiner where joins(previous, next) && !chunk.isFull: chunk.join(scalar)
      case .suffix where chunk.takesSuffix(scalar, next: next):
        chunk.append(scalar)
        trace.note(i, token: chunk.lastToken, word: words.count)
      case .joiner where scalar == "." && beginsDotNet(scalars[(i + 1)...]) && chunk.isEmpty:
        chunk.append(scalar)
        trace.note(i, token: chunk.lastToken, word: words.count)
      default:
        chunk.finish(into: &words)
      }
      previous = scalar
    }
    chunk.finish(into: &words)
    return words
  }

  private static func joins(_ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
    guard let previous, let next else { return false }
    let before = CharacterRole(previous)
    return before != .separator && before != .joiner && CharacterRole(next).isWordCharacter
  }

  private static func beginsDotNet(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    guard rest.starts(with: "net".unicodeScalars) else { return false }
    return rest.dropFirst(3).first.map { !CharacterRole($0).isWordCharacter } ?? true
  }
}

/// Is told, as a text is split, which of its scalars belong to which token of which word.
package protocol SplitTrace {
  mutating func note(_ scalar: Int, token: Int, word: Int)
}

/// Nobody asks: the compiler leaves nothing of it.
private struct NoTrace: SplitTrace {
  mutating func note(_ scalar: Int, token: Int, word: Int) {}
}

/// What a folded character does to the words of a text.
package enum CharacterRole {
  /// Part of a token.
  case letter
  /// Belongs to the token before it.
  case mark
  /// A token of its own.
  case character
  /// Joins two tokens to one word where it stands between them.
  case joiner
  /// Stays with the letters before it.
  case suffix
  /// Ends a word.
  case separator

  package var isWordCharacter: Bool { self == .letter || self == .character || self == .mark }

  package init(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      switch scalar {
      case "a"..."z", "0"..."9": self = .letter
      case "'", "-", ".", "&": self = .joiner
      case "+", "#": self = .suffix
      default: self = .separator
      }
      return
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      self = Self.standsAlone(scalar) ? .character : .letter
    case .nonspacingMark, .spacingMark, .enclosingMark: self = .mark
    default: self = .separator
    }
  }

  /// The scripts that write no spaces between words (and Hangul, where a given name follows without one).
  private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true  // Thai, Lao, Burmese, Khmer
    case 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF: true  // kana
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true  // ideographs
    case 0xAC00...0xD7A3, 0x1100...0x11FF, 0x3130...0x318F: true  // Hangul
    default: false
    }
  }
}
