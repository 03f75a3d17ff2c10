import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SearchLog

/// Requests while a person types, and the entries that they become.
@Suite struct TypedSearchesTests {
  /// What a session does at a time, in seconds.
  enum Event: Sendable {
    case type(Double, String, session: String = "s", key: String = "k", shows: [String] = [])
    case open(Double, String, session: String = "s")
    case rest(Double)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let events: [Event]
    let logged: [String]
    init(_ name: String, _ events: [Event], logged: [String]) {
      (testDescription, self.events, self.logged) = (name, events, logged)
    }
  }

  static let cases = [
    Case(
      "a word letter by letter", [.type(0, "n"), .type(0.3, "nu"), .type(0.6, "nurse"), .rest(2.7)],
      logged: ["nurse"]),
    Case("still typing", [.type(0, "n"), .type(1.9, "nu"), .rest(3.8)], logged: []),
    Case(
      "rested, then more", [.type(0, "nurse"), .type(2.5, "nurse paris"), .rest(5)],
      logged: ["nurse", "nurse paris"]),
    Case("letters removed", [.type(0, "nurses"), .type(0.5, "nurse"), .rest(3)], logged: ["nurse"]),
    Case(
      "a letter put in", [.type(0, "nrse paris"), .type(0.5, "nurse paris"), .rest(3)],
      logged: ["nurse paris"]),
    Case("another text", [.type(0, "nurse"), .type(0.5, "doctor"), .rest(3)], logged: ["nurse", "doctor"]),
    Case(
      "cleared", [.type(0, "nurse"), .type(0.5, ""), .type(1, "doctor"), .rest(4)],
      logged: ["nurse", "doctor"]),
    Case("a hit is opened", [.type(0, "nurse"), .open(0.5, "c-1")], logged: ["nurse", "record c-1"]),
    Case(
      "opened, then typed on", [.type(0, "nur"), .open(0.1, "c"), .type(0.2, "nurse"), .rest(3)],
      logged: ["nur", "record c", "nurse"]),
    Case(
      "another session", [.type(0, "n"), .type(0.1, "nurse", session: "t"), .rest(3)], logged: ["n", "nurse"]),
    Case("another session opens", [.type(0, "nurse"), .open(0.1, "c", session: "t")], logged: ["record c"]),
    Case("another key", [.type(0, "n"), .type(0.1, "nurse", key: "l"), .rest(3)], logged: ["n", "nurse"]),
    Case("the same again", [.type(0, "nurse"), .type(0.5, "nurse"), .rest(3)], logged: ["nurse"]),
    Case(
      "a further page", [.type(0, "nurse", shows: ["1"]), .type(0.5, "nurse", shows: ["2"]), .rest(3)],
      logged: ["nurse", "nurse"]),
    Case(
      "more sessions than are kept",
      [
        .type(0, "a", session: "1"), .type(0.1, "b", session: "2"), .type(0.2, "c", session: "3"),
        .type(0.3, "d", session: "4"),
      ], logged: ["a"]),
    Case(
      "a rested one of another session", [.type(0, "a", session: "1"), .type(3, "b", session: "2")],
      logged: ["a"]),
  ]

  private final class Clock: Sendable {
    private let seconds = Mutex(0.0)
    var now: Timestamp { seconds.withLock { Timestamp(microseconds: Int64($0 * 1_000_000)) } }
    func set(_ time: Double) { seconds.withLock { $0 = time } }
  }

  private func texts(_ log: SearchLog) throws -> [String] {
    try log.flush()
    return try log.entries(SearchLogQuery(limit: 100)).reversed().map { entry in
      if case .text(let text)? = entry.query { return text }
      return "record \(entry.candidates.first?.id ?? "")"
    }
  }

  @Test(arguments: cases) func oneSearchOfManyRequests(_ item: Case) throws {
    let log = try TestLog().open()
    let clock = Clock()
    let searches = TypedSearches(log, rest: 2, maximumSessions: 3, now: { clock.now })
    for event in item.events {
      switch event {
      case .type(let time, let text, let session, let key, let shown):
        clock.set(time)
        var entry = SearchLogEntry(.search, key: key, candidates: shown.map { .init(connector: "", id: $0) })
        entry.query = text
        try searches.add(entry, session: session)
      case .open(let time, let id, let session):
        clock.set(time)
        try searches.add(
          SearchLogEntry(.record, key: "k", candidates: [.init(connector: "", id: id)]), session: session)
      case .rest(let time):
        clock.set(time)
        try searches.logRested()
      }
    }
    #expect(try texts(log) == item.logged)
    #expect(try log.verify().isSound)
  }

  /// Whoever was shown while a person typed is in the entry, and none is lost where many texts follow.
  @Test func whoWasShownStays() throws {
    let folder = try TemporaryFolder()
    let log = try SearchLog(path: folder.file("l.db"), access: .appending)
    let typed = TypedSearches(log)
    func type(_ text: String, shows ids: [String]) throws {
      var entry = SearchLogEntry(.search, key: "k", candidates: ids.map { .init(connector: "c", id: $0) })
      entry.query = text
      try typed.add(entry, session: "s")
    }
    try type("jane doe", shows: ["1", "2"])
    try type("jane doe x", shows: [])
    try type("jane doe xy", shows: ["3", "2"])
    try typed.flush()
    let entry = try #require(try log.entries(SearchLogQuery(limit: 10)).first)
    #expect(entry.candidates.map(\.id) == ["3", "2", "1"])
    for i in 0..<25 {
      try type(String(repeating: "a", count: i + 1), shows: (0..<100).map { "\(i)-\($0)" })
    }
    try typed.flush()
    let entries = try log.entries(SearchLogQuery(limit: 10)).dropLast()
    #expect(entries.map(\.candidates.count) == [500, 1_000, 1_000])
  }

  @Test func whatIsPendingIsLoggedAtTheEnd() throws {
    let log = try TestLog().open()
    var searches: TypedSearches? = TypedSearches(log)
    var entry = SearchLogEntry(.search, key: "k")
    entry.query = "nurse"
    try searches?.add(entry, session: "s")
    #expect(try texts(log) == [])
    searches = nil
    #expect(try texts(log) == ["nurse"])
  }

  @Test(.mustEnd) func aRestedSearchIsLoggedByItself() async throws {
    let log = try TestLog().open()
    let searches = TypedSearches(log, rest: 0.05)
    for text in ["n", "nu", "nurse"] {
      var entry = SearchLogEntry(.search, key: "k")
      entry.query = text
      try searches.add(entry, session: "s")
    }
    while try log.head().number == 0 { try await Task.sleep(for: .milliseconds(20)) }
    #expect(try texts(log).last == "nurse")
  }

  @Test func manySessionsAtOnce() async throws {
    let log = try TestLog().open()
    let searches = TypedSearches(log, rest: 60)
    await withTaskGroup(of: Void.self) { group in
      for session in 0..<8 {
        group.addTask {
          for length in 1...200 {
            var entry = SearchLogEntry(.search, key: "k")
            entry.query = String(repeating: "x", count: length)
            try? searches.add(entry, session: "\(session)")
          }
        }
      }
    }
    try searches.flush()
    #expect(try texts(log) == Array(repeating: String(repeating: "x", count: 200), count: 8))
  }
}
