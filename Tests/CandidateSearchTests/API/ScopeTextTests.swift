import Testing

@testable import CandidateSearch

/// The texts of scopes.
@Suite struct ScopeTextTests {
  /// Texts that are no scope, with the part that the error points at and a part of its description.
  static let wrong: [(text: String, marked: String, problem: String)] = [
    ("engineer", "engineer", "free text is no filter: engineer"),
    ("title:engineer london", "london", "free text is no filter: london"),
    ("tag:a or tag:b", "or", "free text is no filter: or"),
    ("tag:a (tag:b \"two words\")", "\"two words\"", "free text is no filter"),
    ("*", "*", "free text is no filter"),
    ("", "", "it has no filter"),
    ("  ", "", "it has no filter"),
    ("tag:a (", "(", "a parenthesis that was never closed"),
    ("tag:a) -tag:b", ")", "a closing parenthesis"),
    ("tag:a OR", "", "an OR with nothing beside it"),
    ("tag:\"a", "a", "a quote that was never closed"),
    ("tag:a -", "-", "a NOT with nothing after it"),
    ("tag:a - tag:b", "-", "a NOT with nothing after it"),
    ("tag:(a - b)", "-", "a NOT with nothing after it"),
    ("conector:x", "conector:x", "there is no field “conector”"),
    ("is:hidden", "is:hidden", "cannot be “hidden”"),
    ("modified:soon", "modified:soon", "cannot be “soon”"),
    ("connector:", "connector:", "has no value"),
    ("tag:a -title:\"!!!\"", "title:\"!!!\"", "can match no candidate"),
    ("-phone:+++1", "phone:+++1", "at least"),
    (
      "title: engineer " + String(repeating: "tag:abcdefgh ", count: 40) + "x", "x",
      "free text is no filter: x"
    ),
    (String(repeating: "a", count: 10_001), "", "at most 10000 characters"),
  ]

  @Test(arguments: wrong) func theErrorPointsAtThePlace(
    _ case: (text: String, marked: String, problem: String)
  ) {
    do {
      _ = try Scope(`case`.text)
      Issue.record("no error")
    } catch {
      let scalars = Array(`case`.text.unicodeScalars)
      let place = min(error.place.start, scalars.count)..<min(error.place.end, scalars.count)
      let marked = String(String.UnicodeScalarView(scalars[place]))
      #expect(error.description.contains(`case`.problem), "\(error)")
      #expect(`case`.marked.isEmpty || marked == `case`.marked, "\(marked)")
    }
  }

  @Test func theCanonicalFormIsReadable() throws {
    let scope = try Scope("connector:greenhouse -(is:private|tag:vip)", includesPrivate: false)
    #expect(scope.query == "(connector:greenhouse AND NOT (is:private OR tag:vip))")
    #expect(try Scope(scope.query).query == scope.query)
    #expect(Scope.all.query.isEmpty && Scope.public.query.isEmpty)
    let both = try scope.intersection(Scope("tag:a", includesContacts: false))
    #expect(both.query == scope.query + " AND tag:a")
    #expect(!both.includesPrivate && !both.includesContacts)
    #expect(try scope == Scope("connector:greenhouse -(is:private|tag:vip)", includesPrivate: false))
    #expect(scope != (try Scope("connector:greenhouse -(is:private|tag:vip)")))
  }
}
