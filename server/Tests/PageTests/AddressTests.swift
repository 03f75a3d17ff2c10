import CandidateSearch
import Foundation
import Testing

@testable import CandidatePage
@testable import CandidateServer

/// The addresses of pages, the sessions and the tokens of forms.
@Suite struct AddressTests {
  /// An address contains everything of a state, and is read as a form is.
  @Test(arguments: ["engineer", "a+b & c=d", "\"ü 山\" 100%", "#?/\\<>'", "\u{202E}", ""])
  func addressesAreRead(
    _ query: String
  ) throws {
    var state = PageState()
    state.query = query
    state.sort = SearchSort(by: .name)
    (state.cursor, state.page, state.isAsTyped) = ("abc-_", 3, true)
    state.opened = .init(connector: query, id: "id " + query)
    let parts = state.address().split(separator: "?", maxSplits: 1)
    let read = try #require(QueryString.read(String(parts[1])))
    let expected = [
      ("q", query), ("sort", "name:asc"), ("cursor", "abc-_"), ("page", "3"), ("as_typed", "true"),
      ("connector", query), ("id", "id " + query),
    ].filter { $0.0 != "connector" || !query.isEmpty }
    #expect(read.map(\.name) == expected.map(\.0) && read.map(\.value) == expected.map(\.1))
  }

  @Test func anotherQueryBeginsAtTheFirstPage() {
    var state = PageState()
    (state.query, state.cursor, state.page) = ("a", "abc", 2)
    state.opened = .init(connector: "x", id: "y")
    state.sort = SearchSort(by: .recent)
    #expect(state.searching("b").address() == "/?q=b&sort=recent%3Adesc")
    state.isAsTyped = true
    #expect(state.searching("b").address() == "/?q=b&sort=recent%3Adesc&as_typed=true")
    #expect(PageState().address() == "/")
  }

  // MARK: - Sessions

  @Test func aSessionEnds() {
    let sessions = Sessions(maximumCount: 2)
    let start = ContinuousClock.now
    let first = sessions.begin(keyID: "one", now: start)
    #expect(sessions.keyID(of: first, now: start) == "one" && sessions.keyID(of: "other") == nil)
    #expect(sessions.keyID(of: first, now: start + Sessions.duration) == nil, "by time")
    let second = sessions.begin(keyID: "two", now: start)
    sessions.end(second)
    #expect(sessions.keyID(of: second, now: start) == nil, "by its person")
    let kept = (0..<3).map { sessions.begin(keyID: "\($0)", now: start + .seconds($0)) }
    #expect(kept.map { sessions.keyID(of: $0, now: start) } == [nil, "1", "2"], "by too many others")
    #expect(Set(kept + [first, second]).count == 5)
  }

  /// Who signs in again and again ends no session of another key.
  @Test func aKeyEndsItsOwnSessionsOnly() {
    let (sessions, start) = (Sessions(), ContinuousClock.now)
    let other = sessions.begin(keyID: "other", now: start)
    let own = (0...Sessions.maximumCountOfKey).map { sessions.begin(keyID: "one", now: start + .seconds($0)) }
    #expect(sessions.keyID(of: other, now: start) == "other")
    #expect(sessions.keyID(of: own[0], now: start) == nil)
    #expect(own.dropFirst().allSatisfy { sessions.keyID(of: $0, now: start) == "one" })
  }

  @Test func aTokenIsOfOneVisitorOnly() {
    let (sessions, other) = (Sessions(), Sessions())
    let token = sessions.formToken(of: "ann")
    #expect(sessions.isFormToken(token, of: "ann") && sessions.formToken(of: "ann") != token, "masked anew")
    for wrong in [
      "", "x", String(token.dropLast()), token + "x", String(token.reversed()), sessions.formToken(of: "eve"),
      other.formToken(of: "ann"), String(repeating: "A", count: token.count),
      String(repeating: "é", count: 86),
    ] { #expect(!sessions.isFormToken(wrong, of: "ann"), "\(wrong)") }
    #expect(!sessions.isFormToken(token, of: "eve"))
  }
}
