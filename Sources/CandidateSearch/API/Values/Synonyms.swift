import CandidateQuery
import TextAnalysis

/// Rules by which typed words are also searched as others. An index stores them as a setting (see
/// `CandidateIndex.setSynonyms`).
///
/// ```
/// # one rule a line
/// js = javascript = ecmascript
/// sdr => sales development representative | sales development rep
/// ```
/// With `=`, each phrase stands for all others of the line. With `=>`, the phrase on the left stands for each on the
/// right, and not the reverse; `|` separates those on the right. Case and accents make no difference: phrases are
/// analysed as candidates and queries are. A `#` at the beginning of a line or after white space begins a comment.
public struct Synonyms: Sendable, Hashable {
  /// The text that was parsed, with its comments.
  public let text: String
  let rules: [SynonymRule]

  /// The number of rules.
  public var ruleCount: Int { rules.count }

  /// The maximum length of a text, in bytes of UTF-8.
  public static let maximumLength = 1 << 20
  /// The maximum length of a line, in bytes of UTF-8.
  public static let maximumLineLength = 1_000
  /// The maximum number of rules.
  public static let maximumRules = 10_000
  /// The maximum number of phrases of a rule.
  public static let maximumPhrases = 32
  /// The maximum number of words of a phrase.
  public static let maximumWords = 8
  /// The maximum number of phrases that a phrase stands for, by all rules together.
  public static let maximumReplacements = 32

  /// No rules.
  public init() {
    text = ""
    rules = []
  }

  /// Parses a text. `file` is its name in errors.
  /// - Throws: `SynonymsError` with the problems of all lines.
  public init(_ text: String, file: String = "synonyms") throws(SynonymsError) {
    try self.init(bytes: Array(text.utf8), file: file)
  }

  /// Parses the contents of a file in UTF-8, with or without a byte order mark.
  /// - Throws: `SynonymsError` with the problems of all lines.
  public init(bytes: [UInt8], file: String = "synonyms") throws(SynonymsError) {
    let parser = SynonymParser(bytes, file: file)
    guard parser.problems.isEmpty else { throw SynonymsError(problems: parser.problems) }
    text = String(decoding: bytes, as: UTF8.self)
    rules = parser.rules
  }

  /// Reads a text that an index stores. A line that another version accepted, and this one does not, is no rule.
  init(stored text: String) {
    self.text = text
    rules = text.isEmpty ? [] : SynonymParser(Array(text.utf8), file: "").rules
  }
}

/// A rule: phrases that stand for one another.
struct SynonymRule: Hashable, Sendable {
  /// The phrases, in the order of the line.
  let phrases: [[Word]]
  /// Whether only the first phrase stands for the others.
  let isOneWay: Bool

  /// The phrases that one of them stands for.
  func replacements(of number: Int) -> [[Word]] {
    if isOneWay { return number == 0 ? Array(phrases.dropFirst()) : [] }
    return phrases.indices.filter { $0 != number }.map { phrases[$0] }
  }
}

/// All problems of a text of synonyms. Nothing is changed by such a text.
public struct SynonymsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problems, at most one a line, in the order of lines. Never empty.
  public let problems: [SynonymProblem]

  /// The problems, each as `SynonymProblem` describes it.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// A line of a text of synonyms that is no rule.
public struct SynonymProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with a line.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// The text is not UTF-8.
    case notUTF8
    /// A control character other than a tab, or one that reverses the direction of text, is in the line.
    case controlCharacter
    /// Neither `=` nor `=>` is in the line.
    case noOperator
    /// A sign such as `->` or `==` in place of `=` or `=>`.
    case unknownOperator
    /// Both `=` and `=>` are in the line.
    case mixedOperators
    /// `=>` is in the line more than once.
    case repeatedArrow
    /// A `|` that is not on the right side of `=>`.
    case misplacedBar
    /// Nothing is on a side.
    case missingPhrase
    /// A side contains neither a letter nor a digit.
    case noWord
    /// A phrase is in the rule twice.
    case repeatedPhrase
    /// Beyond `Synonyms.maximumWords`.
    case tooManyWords
    /// Beyond `Synonyms.maximumPhrases`.
    case tooManyPhrases
    /// Beyond `Synonyms.maximumReplacements`.
    case tooManyReplacements
    /// Beyond `Synonyms.maximumRules`. Later lines are not checked.
    case tooManyRules
    /// Beyond `Synonyms.maximumLineLength`.
    case lineTooLong
    /// Beyond `Synonyms.maximumLength`. No line is checked.
    case textTooLong
  }

  /// What is wrong.
  public let kind: Kind
  /// The name of the file.
  public let file: String
  /// The number of the line, counted from 1.
  public let line: Int
  /// The line; empty if it is too long.
  public let text: String
  /// The place in the line.
  public let place: SourceRange

  /// The file, the line and the problem, then the line with carets under the place.
  public var description: String {
    let problem = "\(file):\(line): \(kind.problem)"
    if text.isEmpty { return problem }
    let excerpt = MarkedExcerpt(text, at: place)
    return "\(problem)\n  \(excerpt.line)\n  \(excerpt.marks)"
  }
}

extension SynonymProblem.Kind {
  /// The problem, in a sentence.
  var problem: String {
    switch self {
    case .notUTF8: "this is not UTF-8"
    case .controlCharacter: "a control character, or a mark that changes the direction of writing"
    case .noOperator: "there is neither = nor => in this line"
    case .unknownOperator: "the operators are = (both ways) and => (one way)"
    case .mixedOperators: "= and => in one rule"
    case .repeatedArrow: "=> twice in one rule; | separates the phrases on its right side"
    case .misplacedBar: "| separates phrases on the right side of => only"
    case .missingPhrase: "a phrase is missing here"
    case .noWord: "this phrase contains neither a letter nor a digit"
    case .repeatedPhrase: "this phrase is in the rule twice; case, accents and punctuation make no difference"
    case .tooManyWords: "a phrase has at most \(Synonyms.maximumWords) words"
    case .tooManyPhrases: "a rule has at most \(Synonyms.maximumPhrases) phrases"
    case .tooManyReplacements:
      "all rules together replace a phrase by at most \(Synonyms.maximumReplacements) others"
    case .tooManyRules: "there are at most \(Synonyms.maximumRules) rules"
    case .lineTooLong: "a line has at most \(Synonyms.maximumLineLength) bytes"
    case .textTooLong: "synonyms have at most \(Synonyms.maximumLength) bytes"
    }
  }
}
