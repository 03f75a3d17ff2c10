// Searches an index from a tool: find-candidates INDEX QUERY
//
// The query is what a person typed. It needs no quoting: whatever it contains, it is only ever a query.

import CandidateSearch
import Foundation

guard CommandLine.arguments.count == 3 else {
  print("usage: find-candidates INDEX QUERY")
  exit(2)
}

do {
  let index = try CandidateIndex(path: CommandLine.arguments[1], scope: .public)
  let results = try index.search(
    SearchQuery(CommandLine.arguments[2]), SearchOptions(limit: 5))
  for hit in results.hits {
    let permission = hit.candidate.canEmail == true ? "" : ", may not be e-mailed"
    print("\(hit.candidate.fullName), \(hit.candidate.title ?? "no title") (\(hit.tier)\(permission))")
  }
  // How the query was understood, where that is not obvious: a typing error, a parenthesis that was never closed.
  for notice in results.notices { print("note: \(notice)") }
  exit(results.hits.isEmpty ? 1 : 0)
} catch let error as QueryError {
  // Says what is wrong and points at it.
  print(error)
  exit(2)
}
