import CandidateSearch
import TestSupport
import Testing

@testable import CandidatePage

/// What is suggested, and what the search box contains after it is chosen.
@Suite struct SuggestionTests {
  private static let index = Result {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("candidates.db"), access: .writing)
    try index.ingest { try $0.add(ByteSource(path: Fixture.samples)) }
    return (folder, index)
  }

  /// What was typed, a suggestion, and the text of the box after it.
  private static let cases = [
    ("softw", "SOFTWARE ENGINEER", "SOFTWARE ENGINEER"), ("softw", "software", "software"),
    ("nurse software eng", "SOFTWARE ENGINEER", nil),
    ("tag:x software eng", "SOFTWARE ENGINEER", "tag:x SOFTWARE ENGINEER"),
    ("engineer berl", "Berlin", "engineer location:=Berlin"), ("berl", "Berlin", "location:=Berlin"),
    ("tag:JU", "JUNIOR", "tag:JUNIOR"), ("a tag:JU", "JUNIOR", "a tag:JUNIOR"),
    ("tag:", "referral", "tag:referral"), ("is_private:", "Yes", "is_private:true"),
    ("can_email:", "Unknown", "can_email:unknown"), ("name:", "Ines Quintero", nil),
    ("unknown:", "JUNIOR", nil),
    ("ta", "tag:", "tag:"), ("engineer loc", "location:", "engineer location:"),
    ("pla", "location:", "location:"),
    ("tag:JU \"", "JUNIOR", nil), ("", "software", nil), ("*", "software", nil),
  ]

  @Test(arguments: cases) func suggestionsEditTheBox(_ text: String, _ suggestion: String, _ query: String?)
    async throws
  {
    let (_, index) = try Self.index.get()
    let view = try await SuggestionsView(for: text) { text, limit in
      try await index.suggest(text, limit: limit)
    } countedBy: { facet, limit in
      var options = SearchOptions(limit: 0)
      (options.facets, options.facetLimit) = ([facet], limit)
      return try await index.search("*", options).facets.first?.values ?? []
    }
    #expect(
      view.suggestions.first { $0.text == suggestion }?.query == query, "\(view.suggestions.map(\.query))")
    #expect(view.suggestions.map(\.number) == Array(view.suggestions.indices))
    #expect(Set(view.suggestions.map(\.query)).count == view.suggestions.count, "each once")
  }
}
