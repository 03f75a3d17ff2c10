import CandidateSearch

func newestEngineers(in index: CandidateIndex) async throws -> SearchResults {
  let query: Query = .text("engineer") && (.tag("JUNIOR") || .location("berlin")) && !.isPrivate
  return try await index.search(SearchQuery(query))
}
