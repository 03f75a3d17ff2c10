import CandidateQuery
import TextAnalysis

/// Filters whose words are replaced by synonyms in the same field, or not: `title:js` also finds JavaScript in titles.
/// Words of NOT, phrases, prefixes and whole values stay as typed.
struct SynonymFilters {
  /// The query that all filters match.
  private(set) var query = IndexQuery.everything
  /// The runs of words that are replaced, at most `QueryExpansion.maximumRuns` of them.
  private(set) var runs: [SynonymRun] = []
  private let table: SynonymTable
  private var compiler: QueryCompiler

  /// Words within more levels stay as typed: a level takes places on the stack of FTS5's parser.
  private static let maximumDepth = 8

  init(_ filters: [Query], by table: SynonymTable, _ compiler: QueryCompiler) {
    self.table = table
    self.compiler = compiler
    query = all(filters[...], depth: 0)
  }

  private mutating func all(_ parts: ArraySlice<Query>, depth: Int) -> IndexQuery {
    var queries: [IndexQuery] = []
    var rest = parts
    while let first = rest.first {
      let target = target(of: first)
      // Consecutive words of one field may be a phrase of a rule: `title:(front end)`.
      var words: [Query] = []
      if let target {
        while let next = rest.first, self.target(of: next) == target {
          words.append(next)
          rest.removeFirst()
        }
        queries.append(replacing(in: words, of: target))
      } else {
        rest.removeFirst()
        queries.append(match(first, depth: depth))
      }
    }
    return .all(queries)
  }

  private mutating func match(_ part: Query, depth: Int) -> IndexQuery {
    switch part {
    case .and(let parts) where depth < Self.maximumDepth: return all(parts[...], depth: depth + 1)
    case .or(let parts) where depth < Self.maximumDepth:
      var alternatives: [IndexQuery] = []
      for part in parts { alternatives.append(all([part], depth: depth + 1)) }
      return .any(alternatives)
    default: return compiler.match(part)
    }
  }

  /// Where the words of a filter are searched; nil for what synonyms do not replace.
  private mutating func target(of part: Query) -> TextTarget? {
    switch part {
    case .words(let field, let text) where field != .email: isWord(text) ? TextTarget(field) : nil
    case .text(let text): isWord(text) ? .anywhere : nil
    default: nil
    }
  }

  private mutating func isWord(_ text: QueryText) -> Bool {
    if text.isPrefix { return false }
    let analyzed = compiler.analyzed(text)
    return !analyzed.isPhrase && analyzed.words.count == 1
  }

  /// The conjunction of words of one field.
  private mutating func replacing(in parts: [Query], of target: TextTarget) -> IndexQuery {
    var words: [Word?] = []
    var queries: [IndexQuery] = []
    for part in parts {
      if case .words(_, let text) = part { words.append(compiler.analyzed(text).words.first) }
      if case .text(let text) = part { words.append(compiler.analyzed(text).words.first) }
      queries.append(compiler.match(part))
    }
    let found = Array(
      table.runs(in: words, of: target).prefix(QueryExpansion.maximumRuns - runs.count))
    runs += found
    return .any(found.replaced(in: queries))
  }
}
