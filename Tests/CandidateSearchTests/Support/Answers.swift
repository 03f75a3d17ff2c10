import Foundation
import TestSupport

@testable import CandidateSearch

/// All that an index answers to the callers of a scope, as texts, without the times that steps take.
struct Answers {
  let index: CandidateIndex
  var queries = Answers.queries
  /// Whether the steps of searches are among the answers. They depend on the times of other searches once bitsets exist.
  var explains = true
  /// Whether what belongs to the file is among the answers: its path, and cursors, which are signed with its key.
  var includesFile = true

  static let day = Timestamp(startOf: CivilDate(daysSince1970: 20_781))

  static let queries =
    PagingTests.queries + [
      "bob", "enginear", "secretx", "uniqueprivateword", "is_private:true", "-is_private:false",
      "secretx smyth", "sekretx smith", "jhon smitt avalon", "uniqueprivatewort london",
      "s. smith london zzyx", "coder london", "title:coder", "wordsmith OR title:manager",
      "title:eng* -tag:py*",
      "senior engineer OR john smith OR nurse", "a OR software engineer OR manager london",
      "email:smith", "has:email missing:phone", "smith@example.com", "@example.com OR engineer", "title:",
      "nofield:x",
      "custom.x:y", "id:p1", "p1", "connector:outside", "modified:<30d",
    ]

  private static let texts = [
    "e", "eng", "senior e", "s", "secre", "smi", "john s", "uniquepriv", "lon", "example",
  ]

  /// The answers, in an order that does not change.
  func all() throws -> [String] {
    var answers: [String] = []
    for query in queries { answers += ["query: \(query)"] + searches(query) }
    for text in Self.texts { answers.append("\(text): \(try index.suggest(text))") }
    answers += try statistics()
    for id in ["p1", "p2", "person-1"] {
      answers.append("\(id): \(try index.candidates(id: id).map(\.candidate.json))")
    }
    for address in ["p1@example.com", "nobody@example.com"] {
      answers.append(text { "\(try index.candidates(email: address).map(\.candidate.json))" })
    }
    answers.append(text { try index.add([#"{"id":"new"}"#]).records > 0 ? "added" : "" })
    return answers
  }

  /// The text of a result, or of the error.
  private func text(_ body: () throws -> String) -> String {
    do { return try body() } catch { return "error: \(error)" }
  }

  private func searches(_ query: String) -> [String] {
    [
      text { try page(query, options()).joined(separator: "\n") },
      text { try walk(query) },
      text { "\(try index.count(query, options())) \(try index.diagnosis(of: query, options()))" },
      text {
        try page(query, options { ($0.relaxed, $0.includesCount, $0.facets) = (.always, true, [.tag]) })
          .joined()
      },
      text { try page(query, options { ($0.findsVariants, $0.correctsWords) = (false, false) }).joined() },
      text { "\(try index.facets(query, of: Facet.allCases, limit: 20, options()))" },
    ]
      + SearchSort.Criterion.allCases.flatMap { by in
        SearchSort.Order.allCases.map { order in
          text {
            try page(query, options { ($0.sort, $0.limit) = (SearchSort(by: by, order: order), 5) }).joined()
          }
        }
      }
  }

  private func options(_ change: (inout SearchOptions) -> Void = { _ in }) -> SearchOptions {
    var options = SearchOptions(limit: 20, now: Self.day)
    (options.explains, options.diagnosesEmptyResult) = (explains, true)
    change(&options)
    return options
  }

  private func page(_ query: String, _ options: SearchOptions) throws -> [String] {
    let results = try index.search(query, options)
    return results.hits.map {
      "\($0.candidate.json) \($0.connector) \($0.tier) \($0.reason ?? "") \($0.highlights)"
    } + results.notices.map(\.description) + [includesFile ? results.nextCursor ?? "end" : ""]
      + [
        "\(results.count ?? -1) \(results.facets) \(String(describing: results.diagnosis)) \(results.canonicalQuery)"
      ]
      + (results.explanation?.steps ?? []).map { "\($0.tier) \($0.expression) \($0.rows) \($0.source)" }
  }

  /// The identities of all hits, in pages.
  private func walk(_ query: String) throws -> String {
    var found = ""
    var cursor: String?
    repeat {
      let results = try index.search(
        query,
        options {
          ($0.limit, $0.cursor, $0.explains, $0.includesRecords) = (30, cursor, false, false)
        })
      found += results.identities.map { "\($0.id) \($0.connector) \($0.tier)" }.joined(separator: "\n")
      cursor = results.nextCursor
    } while cursor != nil
    return found
  }

  private func statistics() throws -> [String] {
    let statistics = try index.statistics()
    let connectors = ["greenhouse", "lever", "outside", ""]
    return [
      includesFile
        ? "\(statistics)".replacing(index.path, with: "PATH")
        : "\(statistics.candidates) \(statistics.emailable) \(statistics.byConnector) \(statistics.newest as Any) \(statistics.oldest as Any)"
    ] + (try connectors.map { "\($0) \(String(describing: try index.syncStatus(connector: $0)))" })
  }

  /// Where two lists of answers differ first; nil if they are the same.
  static func difference(_ answers: [String], _ others: [String]) -> String? {
    if answers.count != others.count { return "\(answers.count) answers, not \(others.count)" }
    guard let i = answers.indices.first(where: { answers[$0] != others[$0] }) else { return nil }
    let query = answers[...i].last { $0.hasPrefix("query: ") } ?? ""
    let (a, b) = (answers[i], others[i])
    let start = zip(a, b).prefix { $0 == $1 }.count
    return
      "\(query), answer \(i): “\(a.dropFirst(max(0, start - 80)).prefix(400))” is not “\(b.dropFirst(max(0, start - 80)).prefix(400))”"
  }
}
