import CandidateQuery
import NameVariants
import TextAnalysis

/// A word of a query as the relaxed tiers search it. Queries that read the index are made when they are first needed.
final class RelaxedWord {
  /// The word as it was typed.
  let text: String
  /// The query of the word as the counted tiers search it.
  let known: IndexQuery
  /// Its parts as words of a name; empty for a phrase or a number, which must occur as typed.
  let names: [NameWord]
  /// Whether it was typed as a phrase, which must occur as typed.
  let isPhrase: Bool
  /// Whether it mostly occurs in names.
  let isName: Bool
  private let expansion: QueryExpansion

  /// The maximum number of similar words of the index that replace a word.
  private static let maximumSimilar = 24
  /// The maximum number of names that complete a word.
  private static let maximumCompletions = 24
  /// The minimum number of letters of a word that has similar ones.
  private static let minimumLength = 3
  /// The minimum length of a coarse code of which all sounds are searched. Too many names share a shorter one, and FTS5
  /// would merge the postings of all of them.
  private static let minimumCoarse = 3
  /// The minimum number of letters for two typing errors.
  private static let lettersForTwoErrors = 6

  init(_ unit: RankedText.Unit, known: IndexQuery, _ expansion: QueryExpansion) {
    isPhrase = unit.isPhrase
    let tokens = unit.isPhrase ? [] : unit.words[0].tokens
    let isOfLetters = tokens.allSatisfy { $0.allSatisfy(\.isLetter) }
    text = unit.words.flatMap(\.tokens).joined(separator: " ")
    self.known = known
    names = isOfLetters ? tokens.map { NameWord($0) } : []
    isName = unit.frequency.mostFrequentColumn == .name
    self.expansion = expansion
  }

  /// Two words as one: `min su` finds Minsu.
  init(joining a: RelaxedWord, _ b: RelaxedWord) {
    let token = a.text + b.text
    text = token
    isPhrase = false
    names = [NameWord(token)]
    known = .any([.phrase([token])] + QueryExpansion.names(token))
    isName = a.isName || b.isName
    expansion = a.expansion
  }

  /// Whether it may be joined with another word to one name.
  var canBeJoined: Bool { names.count == 1 && text.count <= Self.maximumJoinedLength }
  private static let maximumJoinedLength = 7

  /// The query of names that sound the same, and of their short forms.
  private(set) lazy var soundQuery: IndexQuery = names.isEmpty ? .nothing : .all(names.map(Self.sound))

  private static func sound(_ name: NameWord) -> IndexQuery {
    let code = name.code.map { [IndexQuery.term(FilterTerm($0))] } ?? []
    return .any([.phrase([name.text], in: [.name])] + QueryExpansion.names(name.text) + code)
  }

  /// The query of names of which the record contains only the initial.
  var initialQuery: IndexQuery {
    guard names.count == 1, text.count > 1, text.startsWithInitial else { return .nothing }
    return .phrase([String(text.prefix(1))], in: [.name])
  }

  /// The query of the word, of its short forms and of names with its sound.
  var knownOrSoundQuery: IndexQuery { .any([known, soundQuery]) }

  /// The query of the word and its short forms in names.
  var nameQuery: IndexQuery {
    names.isEmpty
      ? .nothing
      : .all(names.map { .any([.phrase([$0.text], in: [.name])] + QueryExpansion.names($0.text)) })
  }

  /// The query of names that begin with it, sound almost the same, or differ by one or two letters.
  private(set) lazy var similar = Result { names.isEmpty ? .nothing : IndexQuery.all(try names.map(similar)) }

  private func similar(_ name: NameWord) throws -> IndexQuery {
    var queries = [IndexQuery.phrase([name.text], in: [.name])]
    queries += name.code.map(similarSounds) ?? []
    queries += try nearWords(name.text).map { .phrase([$0], in: [.name]) }
    if name.text.count >= NameWord.minimumBeginning {
      queries += try expansion.statistics
        .completions(of: name.text, in: [.name], limit: Self.maximumCompletions)
        .map { .phrase([$0.term], in: [.name]) }
    }
    return .any(queries)
  }

  private func similarSounds(_ code: PhoneticCode) -> [IndexQuery] {
    if code.coarse.utf8.count >= Self.minimumCoarse {
      return [.phrase([FilterTerm.beginning(coarse: code)], isPrefix: true)]
    }
    return ([code] + code.withOtherVowels).map { .term(FilterTerm($0)) }
  }

  /// The query of similar words of the index, in any field; `nothing` if there are none.
  private(set) lazy var otherWords = Result {
    names.isEmpty
      ? IndexQuery.nothing : .all(try names.map { .any(try nearWords($0.text).map { .phrase([$0]) }) })
  }

  private func nearWords(_ word: String) throws -> [String] {
    guard word.count >= Self.minimumLength, expansion.options.correctsWords, !CommonWords.contain(word) else {
      return []
    }
    return try expansion.nearestWords(
      to: word, limit: Self.maximumSimilar, lettersForTwoErrors: Self.lettersForTwoErrors
    ).map(\.term)
  }
}
