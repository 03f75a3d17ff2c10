import CandidateSearch

func recentJuniorEngineers(syncedFrom path: String, into file: String) throws -> [String] {
  let index = try CandidateIndex(path: file, access: .writing)
  try index.ingest(connector: "greenhouse") { ingest in
    ingest.onRefusal = { print($0) }  // file:line: reason
    try ingest.add(ByteSource(path: path))
  }

  let results = try index.search("engineer tag:JUNIOR last_interaction:2021..", SearchOptions(limit: 20))
  return results.hits.map { "\($0.candidate.fullName), \($0.candidate.title ?? "")" }
}
