import TestSupport

@testable import CandidateSearch

/// A few hundred people of two connectors, hostile ones among them, in an index and in a plain list.
struct MixedPeople {
  let index: CandidateIndex
  /// The most recent first; those of one second in the order of their hashes.
  let people: [(candidate: Candidate, connector: String)]

  init(in empty: CandidateIndex? = nil) throws {
    index = try empty ?? CandidateIndex.empty()
    let sources: [(records: [String], connector: String)] = [
      (try Self.lines("docs/samples/candidates.ndjson"), "Greenhouse"),
      (try Self.lines("Tests/Fixtures/people.ndjson"), ""), (Self.hostile, "GREENHOUSE"),
    ]
    var people: [(candidate: Candidate, connector: String)] = []
    for (records, connector) in sources {
      try index.add(records, connector: connector)
      people += try records.map { (try CandidateDecoder().decode(json: $0), connector) }
    }
    self.people = people.sorted {
      DocidKey($0.candidate, $0.connector) < DocidKey($1.candidate, $1.connector)
    }
  }

  private static func lines(_ path: String) throws -> [String] {
    try Fixture.text(path).split(separator: "\n").map(String.init)
  }

  static let longTag = String(repeating: "long tag ", count: 1_200)

  /// Values that are empty, blank, invisible, long, or the same in another spelling.
  static let hostile: [String] = [
    #""tags":["JUNIOR","junior","Junior "," JUNIOR"],"title":"","company":"   ","locations":["","  "]"#,
    #""tags":["","   ","\#u{200B}","\#u{E000}","\t"],"title":"🎉","company":"…","locations":["—"]"#,
    #""tags":["🎉","🎉","hot 🔥"],"title":"Café  Manager","company":"ACME, Inc.""#,
    #""tags":["\#(longTag)","\#(longTag)x"],"title":"cafe manager","company":"acme inc""#,
    #""tags":["Ｊｕｎｉｏｒ","a\"b","'; DROP TABLE posting; --"],"title":"CAFÉ-Manager","is_private":true"#,
    #""tags":["new york","New\#u{A0}York","NEW  YORK"],"locations":["New York","new york!","Newark"]"#,
    #""tags":["\u0000","a\u0000b"],"first_name":"山田","last_name":"太郎","locations":["東京","東 京"]"#,
    #""tags":null,"locations":null,"title":null,"can_email":null,"first_name":"😀","last_name":"42""#,
    #""last_name":"\#(String(repeating: "é", count: 400))","first_name":"Zoë","can_email":false"#,
    #""last_name":"Doe","first_name":"John","can_email":true,"remote_created_at":"1960-01-01""#,
    #""last_name":"DOE","first_name":"John","can_email":true,"remote_created_at":"1960-01-01""#,
  ].enumerated().flatMap { i, members in
    ["2021-07-01", "2025-03-0\(i % 3 + 1)", ""].map {
      #"{"id":"hostile-\#(i)-\#($0)",\#(members),"last_interaction_at":"\#($0)","modified_at":"\#($0)"}"#
    }
  }

  private static let pieces = [
    "engineer", "developer", "tag:junior", "-tag:senior", "can_email:true", "-is_private:true",
    "created:>2018",
    "modified:<2024", "missing:title", "has:company", "connector:greenhouse", "last_interaction:2021..2025",
    "j*",
    "manager", "location:york", "\"software engineer\"",
  ]

  /// Queries of what is often and seldom found, with filters that FTS5 answers and others.
  static func queries(_ count: Int, seed: UInt64) -> [String] {
    var random = SplitMix64(state: seed)
    return ["", "nobodyhasthis"] + pieces
      + (0..<count).map { _ in
        let parts = (0..<Int.random(in: 2...4, using: &random)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }
        return parts.joined(separator: Bool.random(using: &random) ? " " : " OR ")
      }
  }

  static func match(_ query: String, _ index: CandidateIndex) throws -> IndexQuery {
    try index.withPlan(query, .asTyped(now: People.now)) { try $0.everyHit() }
  }

  /// Who matches, as the index says; tests hold that against a plain search elsewhere.
  func found(_ query: String) throws -> [(candidate: Candidate, connector: String)] {
    let hits = try index.search(query, .asTyped(limit: 10_000, now: People.now)).hits
    let found = Set(hits.map { [$0.candidate.id, $0.connector] })
    return people.filter { found.contains([$0.candidate.id, $0.connector]) }
  }
}

extension DocidKey {
  init(_ candidate: Candidate, _ connector: String) {
    self.init(second: candidate.recency?.seconds, connector: connector, id: candidate.id)
  }
}
