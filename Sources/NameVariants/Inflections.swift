import StemmerLibrary
import Synchronization

/// Forms of one word in job titles and tags: engineer, engineers and engineering; manager and management.
///
/// Two words are forms of one word if they have the same stem in a language (Snowball's stemmers), and if their endings
/// belong to one group. Stems alone are too coarse: `university` and `universal`, `organ` and `organization`, `product`
/// and `production` have the same.
///
/// A title does not say in which language it is. So two words need the same stem in one of the languages only, and
/// outside of English they need `minimumForeignLength` letters.
///
/// Cost: less than a microsecond for each word and language. Belongs to one thread, as the stemmers do, which are used
/// again by the next.
package final class Inflections {
  /// The minimum number of letters of a word that has other forms.
  static let minimumLength = 4
  /// In languages other than English: short words of different languages have the same stem by chance.
  static let minimumForeignLength = 6

  private let languages: [Stemmer]

  package init() { languages = Stemmer.takeAll() }

  deinit { Stemmer.release(languages) }

  /// The words of a list that are forms of a word, in their order, without the word itself.
  ///
  /// - Parameter word: a folded token. Words with other letters than a to z have no forms.
  package func forms(of word: String, among words: [String]) -> [String] {
    guard !words.isEmpty, let letters = Self.letters(word) else { return [] }
    let stems = self.stems(of: letters)
    return words.filter { other in
      guard other != word, let others = Self.letters(other), !Self.areFalseFriends(word, other) else {
        return false
      }
      return stems.contains { $0.stemmer.areForms(letters, others, stem: $0.stem) }
    }
  }

  /// The longest text that all forms of a word begin with, at least as far as stems show; nil for words without forms.
  package func commonBeginning(of word: String) -> String? {
    guard let letters = Self.letters(word) else { return nil }
    var length = Int.max
    for stemmer in languages where letters.count >= stemmer.language.minimumLength {
      guard let common = stemmer.withStem(of: letters, { Self.commonLength(letters, $0) }) else { continue }
      // `company` and `companies` have the stem `compani`.
      length = min(length, common > 0 && letters[common - 1] == UInt8(ascii: "i") ? common - 1 : common)
    }
    guard length >= Self.minimumLength - 1, length <= letters.count else { return nil }
    return String(decoding: letters[..<length], as: UTF8.self)
  }

  private func stems(of word: [UInt8]) -> [(stemmer: Stemmer, stem: [UInt8])] {
    languages.compactMap { stemmer in
      guard word.count >= stemmer.language.minimumLength, let stem = stemmer.stem(word) else { return nil }
      return (stemmer, stem)
    }
  }

  private static func letters(_ word: String) -> [UInt8]? {
    let letters = Array(word.utf8)
    guard letters.count >= minimumLength,
      letters.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
    else { return nil }
    return letters
  }

  fileprivate static func commonLength(_ a: [UInt8], _ b: some RandomAccessCollection<UInt8>) -> Int {
    var (length, i) = (0, b.startIndex)
    while length < a.count, i < b.endIndex, a[length] == b[i] {
      (length, i) = (length + 1, b.index(after: i))
    }
    return length
  }

  // MARK: - False friends

  private static func areFalseFriends(_ a: String, _ b: String) -> Bool {
    falseFriends.contains { parts in
      guard let part = parts.firstIndex(where: { $0.contains(a) }) else { return false }
      return parts.indices.contains { $0 != part && parts[$0].contains(b) }
    }
  }

  /// Words with one stem and different meanings in titles: an account manager is no accounting manager. The words of
  /// one part are forms of one another.
  private static let falseFriends: [[Set<String>]] = [
    [["account", "accounts"], ["accounting", "accountant", "accountants", "accountancy"]],
    [["custom", "customs"], ["customer", "customers"]],
    [["house", "houses"], ["housing"]],
    [["unit", "units"], ["united"]],
  ]
}

/// How words of a language end.
private struct Language {
  /// Its name in Snowball.
  let name: String
  let minimumLength: Int
  /// The endings that forms of one word have after what they have in common, in groups: two endings go together if a
  /// group contains both. Accents are folded.
  let endings: [Set<String>]

  private init(_ name: String, minimumLength: Int = Inflections.minimumForeignLength, _ endings: [String]) {
    self.name = name
    self.minimumLength = minimumLength
    // An underscore is no ending.
    self.endings = endings.map { Set($0.split(separator: " ").map { $0 == "_" ? "" : String($0) }) }
  }

  /// Whether two forms of one word can have these endings.
  func goTogether(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
    let (a, b) = (String(decoding: a, as: UTF8.self), String(decoding: b, as: UTF8.self))
    return endings.contains { $0.contains(a) && $0.contains(b) }
  }

  static let all = [
    Language(
      "english", minimumLength: Inflections.minimumLength,
      [
        "_ s es ed ing ings", "e es ed ing ings", "y ies ied",
        "_ s ing ings er ers or ors ment ments ement ements", "eer eers eering",
        "ing ant ants ancy",
      ]),
    Language("german", ["_ e en n s es", "er ern ers ung ungen"]),
    Language("french", ["_ e s es", "_ s ne nes", "_ s le les", "er ers ere eres", "eur eurs euse euses"]),
    Language("spanish", ["_ a o e as os es"]),
    Language("portuguese", ["_ a o e as os es"]),
    Language("italian", ["_ a o e i"]),
    Language("dutch", ["_ e en n s"]),
  ]
}

/// The stemmer of a language.
///
/// `@unchecked`: belongs to whoever took it.
private final class Stemmer: @unchecked Sendable {
  let language: Language
  private let stemmer: OpaquePointer

  /// Nil if the library does not have the language.
  init?(_ language: Language) {
    guard let stemmer = sb_stemmer_new(language.name, nil) else { return nil }
    self.language = language
    self.stemmer = stemmer
  }

  deinit { sb_stemmer_delete(stemmer) }

  // MARK: - The pool

  /// Sets of stemmers that are not in use.
  private static let unused = Mutex<[[Stemmer]]>([])
  /// The maximum number of sets that are kept.
  private static let maximumUnused = 16

  /// A stemmer for each language: making them takes some microseconds.
  static func takeAll() -> [Stemmer] {
    unused.withLock { $0.popLast() } ?? Language.all.compactMap(Stemmer.init)
  }

  static func release(_ stemmers: [Stemmer]) {
    unused.withLock { if $0.count < maximumUnused { $0.append(stemmers) } }
  }

  /// The stem of a word; nil without memory.
  func stem(_ word: [UInt8]) -> [UInt8]? { withStem(of: word) { Array($0) } }

  /// Calls `body` with the stem of a word; returns nil without memory.
  func withStem<T>(of word: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T? {
    guard let stem = sb_stemmer_stem(stemmer, word, Int32(word.count)) else { return nil }
    return body(UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer))))
  }

  /// Whether two words are forms of one word, the first of which has this stem.
  func areForms(_ a: [UInt8], _ b: [UInt8], stem: [UInt8]) -> Bool {
    guard b.count >= language.minimumLength else { return false }
    let common = Inflections.commonLength(a, b)
    // A stem can be shorter than what two forms have in common: `abog`, `abogado`, `abogados`.
    let lengths = [common, min(common, Inflections.commonLength(a, stem))]
    return lengths.contains { language.goTogether(a[$0...], b[$0...]) } && self.stem(b) == stem
  }
}
