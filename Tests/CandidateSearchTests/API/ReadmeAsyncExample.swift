import CandidateSearch

func newestEngineers(in index: CandidateIndex) async throws -> SearchResults {
  try await index.search(.text("engineer") && (.tag("JUNIOR") || .location("berlin")) && !.isPrivate)
}
