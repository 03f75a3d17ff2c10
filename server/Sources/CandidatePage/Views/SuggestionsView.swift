import CandidateSearch

/// What a text that is being typed may become.
public struct SuggestionsView: Sendable {
  /// A suggestion: a value, a word, or a field to search in.
  struct Suggestion: Sendable {
    var number = 0
    let text: String
    let kind: String
    let count: String?
    /// The text of the search box after it is chosen.
    let query: String
    /// Whether typing goes on after it.
    var isUnfinished = false
  }

  private(set) var suggestions: [Suggestion] = []

  private static let maximumFields = 3
  private static let maximumWords = 3
  private static let maximumValues = 6
  /// The maximum number of values that the last word alone may become, beside those of all words.
  private static let maximumValuesOfLastWord = 3
  /// The fields whose values are suggested for the last word alone: a text often ends with one of these.
  private static let fieldsOfLastWord: [Field.ID] = [.location, .company, .tag]

  /// The suggestions for a text. `complete` completes texts, with a maximum number of completions; `count` returns the most
  /// frequent values of a facet.
  /// - Throws: What `complete` and `count` throw.
  public init(
    for text: String, completedBy complete: (String, Int) async throws -> Suggestions,
    countedBy count: (Facet, Int) async throws -> [FacetValue]
  ) async throws {
    let typed = TypedText(text)
    if let field = typed.field {
      suggestions = try await Self.values(of: field.id, typed, complete, count)
    } else if !typed.words.isEmpty {
      let completions = try await complete(typed.words, 20)
      suggestions = Self.values(typed, completions)
      if typed.words != typed.value {
        suggestions += Self.valuesOfLastWord(typed, try await complete(typed.value, 20))
      }
      suggestions += Self.words(typed, completions, besides: suggestions.map(\.text))
      suggestions += Self.fields(typed)
    }
    for number in suggestions.indices { suggestions[number].number = number }
  }

  /// A value as a filter of its field; nil where it cannot be one.
  private static func filter(
    _ value: String, of field: Field.ID, _ count: Int, after before: String
  ) -> Suggestion? {
    field.clause(whole: value).map {
      Suggestion(
        text: PlainWords.value(value, of: field), kind: PlainWords.label(field),
        count: PlainWords.number(count), query: before + $0)
    }
  }

  /// The most frequent values of a field, or those that begin with what was typed.
  private static func values(
    of field: Field.ID, _ typed: TypedText, _ complete: (String, Int) async throws -> Suggestions,
    _ count: (Facet, Int) async throws -> [FacetValue]
  ) async throws -> [Suggestion] {
    let limit = maximumValues + maximumWords
    if typed.value.isEmpty {
      guard let facet = Facet(field) else { return [] }
      return try await count(facet, limit)
        .compactMap { filter($0.value, of: field, $0.count, after: typed.before) }
    }
    return try await complete(typed.value, 100).values.filter { $0.field == field }.prefix(limit)
      .compactMap { filter($0.text, of: field, $0.count, after: typed.before) }
  }

  /// Whole values that contain all words. Names and titles are suggested as words, so that other forms of them are found,
  /// too.
  private static func values(_ typed: TypedText, _ completions: Suggestions) -> [Suggestion] {
    completions.values.prefix(maximumValues).compactMap { value in
      guard [.name, .title].contains(value.field) else {
        return filter(value.text, of: value.field, value.count, after: typed.beforeWords)
      }
      return Suggestion(
        text: value.text, kind: PlainWords.label(value.field), count: PlainWords.number(value.count),
        query: typed.beforeWords + value.text)
    }
  }

  /// Whole values that the last word alone may become.
  private static func valuesOfLastWord(_ typed: TypedText, _ completions: Suggestions) -> [Suggestion] {
    completions.values.filter { fieldsOfLastWord.contains($0.field) }.prefix(maximumValuesOfLastWord)
      .compactMap { filter($0.text, of: $0.field, $0.count, after: typed.before) }
  }

  private static func words(
    _ typed: TypedText, _ completions: Suggestions, besides others: [String]
  ) -> [Suggestion] {
    completions.words.filter { $0.text != typed.value.lowercased() && !others.contains($0.text) }
      .prefix(maximumWords).map { word in
        Suggestion(
          text: word.text, kind: "Word in " + PlainWords.label(word.field).lowercased(),
          count: PlainWords.number(word.count), query: typed.before + word.text)
      }
  }

  /// The fields whose names, or whose names in plain words, begin with what was typed.
  private static func fields(_ typed: TypedText) -> [Suggestion] {
    let text = typed.value.lowercased()
    guard text.count >= 2 else { return [] }
    let fields = Field.all.filter { field in
      field.id != .custom
        && ([field.name, PlainWords.label(field.id).lowercased()] + field.aliases).contains {
          $0.hasPrefix(text)
        }
    }
    return fields.prefix(maximumFields).map { field in
      Suggestion(
        text: field.name + ":", kind: field.summary, count: nil, query: typed.before + field.name + ":",
        isUnfinished: true)
    }
  }
}

/// A text that is being typed, split at what is completed.
struct TypedText {
  /// The field that the last word is typed into; nil for a word of the text.
  let field: Field?
  /// The beginning of the last word, or of the value of the field.
  let value: String
  /// Everything before the last word.
  let before: String
  /// The words at the end that belong to no field, operator or quotation: a name or a title may consist of them.
  let words: String
  /// Everything before these words.
  let beforeWords: String

  private static let maximumWords = 4

  init(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    let last = parts.last ?? ""
    before = String(text.dropLast(last.count))
    let clause = last.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if clause.count == 2, let field = Field.named(String(clause[0].drop { $0 == "-" || $0 == "(" })) {
      self.field = field
      value = clause[1].filter { $0 != "=" && $0 != "\"" }
      (words, beforeWords) = ("", text)
      return
    }
    field = nil
    value = String(last)
    let trailing = parts.reversed().prefix(Self.maximumWords).prefix(while: Self.isPlain).reversed()
    words = trailing.joined(separator: " ")
    beforeWords = String(text.dropLast(words.count))
  }

  private static func isPlain(_ word: Substring) -> Bool {
    !word.isEmpty && !["AND", "OR", "NOT"].contains(word) && word.first != "-" && word.first != "!"
      && !word.contains { ":()\"|*".contains($0) }
  }
}
