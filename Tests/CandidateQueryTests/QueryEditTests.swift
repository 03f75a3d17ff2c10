import TestSupport
import Testing

@testable import CandidateQuery

/// Each edit is of a text as it was typed; whatever it returns is parsed again.
@Suite struct QueryEditTests {
  struct Edit: Sendable, CustomTestStringConvertible {
    let query: String
    let clause: String
    let edited: String
    init(_ query: String, _ clause: String, _ edited: String) {
      self.query = query
      self.clause = clause
      self.edited = edited
    }
    var testDescription: String { "\(query.debugDescription), \(clause.debugDescription)" }
  }

  // MARK: - Adding

  static let additions: [Edit] = [
    Edit("", "tag:JUNIOR", "tag:JUNIOR"),
    Edit("  \t\u{200B}", "tag:JUNIOR", "tag:JUNIOR"),
    Edit("engineer", "tag:JUNIOR", "engineer tag:JUNIOR"),
    Edit("  engineer  ", " tag:JUNIOR ", "  engineer tag:JUNIOR"),
    Edit("engineer", "  ", "engineer"),
    Edit("engineer ", "", "engineer"),
    Edit("java OR php", "tag:a", "(java OR php) tag:a"),
    Edit("(java OR php)", "tag:a", "(java OR php) tag:a"),
    Edit("java | php", "-tag:a", "(java | php) -tag:a"),
    Edit("engineer", "java OR php", "engineer (java OR php)"),
    Edit("tag:a OR tag:b", "java OR php", "(tag:a OR tag:b) (java OR php)"),
    Edit("a b", "c d", "a b c d"),
    Edit("*", "tag:a", "* tag:a"),
    Edit("J", "R", "(J) R"),
    Edit("phone:415", "5550123", "(phone:415) 5550123"),
    Edit("\"senior eng", "tag:a", "\"senior eng\" tag:a"),
    Edit("(java OR php", "tag:a", "((java OR php) tag:a"),
    Edit("java )", "tag:a", "java ) tag:a"),
    Edit("java NOT", "tag:a", "(java NOT) tag:a"),
    Edit("java OR", "tag:a", "(java OR) tag:a"),
    Edit("tag:x,", "tag:a", "tag:x, tag:a"),
    Edit("tag:(a OR b", "java", "(tag:(a OR b) java"),
    Edit("engineer", "\"a b", "engineer \"a b\""),
    // It is there already.
    Edit("engineer tag:JUNIOR ", "tag:junior", "engineer tag:JUNIOR"),
    Edit("tags:JUNIOR", "tag:JUNIOR", "tags:JUNIOR"),
    Edit("tag:=JUNIOR", "tag:\"JUNIOR\"", "tag:=JUNIOR"),
    Edit("a (b c)", "c a", "a (b c)"),
    // A part of alternatives, or of a negation, is not.
    Edit("tag:a OR b", "tag:a", "(tag:a OR b) tag:a"),
    Edit("-tag:a", "tag:a", "-tag:a tag:a"),
    Edit("company:acme", "company:=acme", "company:acme company:=acme"),
    Edit("java AND php", "tag:a", "java AND php tag:a"),
    Edit("（java｜php）", "tag:a", "（java｜php） tag:a"),
    Edit("java or", "php", "java or php"),
  ]

  @Test(arguments: additions) func aClauseIsAdded(_ edit: Edit) throws {
    #expect(try QueryEdit.adding(edit.clause, to: edit.query) == edit.edited)
  }

  // MARK: - Removing

  static let removals: [Edit] = [
    Edit("engineer tag:a", "tag:a", "engineer"),
    Edit("engineer tag:a", "engineer", "tag:a"),
    Edit("tag:a", "tag:a", ""),
    Edit("(tag:a)", "tag:a", ""),
    Edit("a b c", "b", "a c"),
    Edit("a   b   c", "b", "a   c"),
    Edit("a AND b AND c", "a", "b AND c"),
    Edit("a AND b AND c", "b", "a AND c"),
    Edit("a AND b AND c", "c", "a AND b"),
    Edit("+a +b", "a", "+b"),
    Edit("a b a", "a", "b"),
    Edit("a AND a AND b", "a", "b"),
    Edit("Smith smith SMITH x", "smith", "x"),
    Edit("-tag:a b", "-tag:a", "b"),
    Edit("b NOT tag:a", "-tag:a", "b"),
    Edit("b NOT tag:a", "NOT tag:a", "b"),
    Edit("b - -tag:a", "NOT tag:a", "b"),
    Edit("b -tag:a", "tag:a", "b -tag:a"),
    Edit("x (java OR php)", "java OR php", "x"),
    Edit("x (java OR php)", "(java OR php)", "x"),
    Edit("(java OR php) x", "x", "(java OR php)"),
    Edit("x tag:a,b", "(tag:a OR tag:b)", "x"),
    Edit("x tag:(a OR b) y", "tag:a,b", "x y"),
    Edit("x tag:(a b) y", "tag:b", "x tag:(a) y"),
    Edit("x tag:(a b) y", "tag:a", "x tag:(b) y"),
    Edit("(a b) c", "a", "(b) c"),
    Edit("(a b) AND c", "c", "(a b)"),
    Edit("a AND (b c)", "a", "(b AND c)"),
    Edit("a OR b", "a OR b", ""),
    Edit("a OR b", "a", "a OR b"),
    Edit("engineer", "nurse", "engineer"),
    Edit(" engineer  x", "", " engineer  x"),
    Edit("", "nurse", ""),
    Edit("\"senior engineer\" x", "\"senior engineer\"", "x"),
    Edit("\"senior engineer\" x", "x", "\"senior engineer\""),
    Edit("x \"senior eng", "x", "\"senior eng"),
    Edit("\"senior eng", "\"senior eng\"", ""),
    Edit("x (415) 555-0123 y", "(415) 555-0123", "x y"),
    Edit("J. R. Patel", "Patel", "J. R."),
    Edit("J. R. Patel", "J. R.", "Patel"),
    Edit("J x R", "x", "(J AND R)"),
    Edit("x NOT (NOT (a b))", "a", "(x AND b)"),
    Edit("x NOT (NOT (a b))", "x", "NOT (NOT (a b))"),
    Edit("a) b) c", "b", "a) ) c"),
    Edit("a (b", "a", "(b"),
    Edit("a (b", "b", "a"),
    Edit("tags:JUNIOR x", "tag:junior", "x"),
    Edit("is-private:yes x", "is_private:true", "x"),
    Edit("tag：a x", "tag:a", "x"),
    Edit("“a b” x", "\"a b\"", "x"),
    Edit("title:-intern x", "-title:intern", "x"),
    Edit("tag:-a,-b x", "-tag:a", "(NOT tag:b AND x)"),
    Edit("tag:a,-b x", "-tag:b", "(tag:a AND x)"),
    Edit("java developer tag:-a,-b", "tag:-a,-b", "java developer"),
    Edit("C++ C# .NET", "C#", "C++ .NET"),
    Edit("java or php", "or", "java php"),
  ]

  @Test(arguments: removals) func aClauseIsRemoved(_ edit: Edit) throws {
    #expect(try QueryEdit.removing(edit.clause, from: edit.query) == edit.edited)
  }

  /// A colon with a space after it is text in a long query, and begins a field in a short one.
  @Test func aPastedTextIsShortened() throws {
    let long = String(repeating: "x", count: QueryParser.maximumTypedLength)
    let query = "About: us \(long)"
    #expect(try QueryEdit.removing("About:", from: query) == "us \(long)")
    #expect(try QueryEdit.removing(long, from: query) == "(\"About:\" AND us)")
    let short = "tag: a " + String(repeating: "y", count: QueryParser.maximumTypedLength - 8)
    #expect(try QueryEdit.adding("zz", to: short).hasPrefix("(tag:a AND yyy"))
  }

  @Test func wordsThatBecomeAQuotationAreQuoted() throws {
    #expect(try QueryEdit.removing("b", from: "'a\" \"b x'") == "'a\" \" x'")
    let query = "'a\" z\" b x'"
    #expect(try QueryParser.parse(query).tree.description == "('a AND \" z\" AND b AND x')")
    #expect(try QueryEdit.removing("\" z\"", from: query) == "(\"'a\" AND b AND \"x'\")")
  }

  // MARK: - Containing

  struct Containment: Sendable, CustomTestStringConvertible {
    let clause: String
    let query: String
    let isContained: Bool
    init(_ clause: String, _ query: String, _ isContained: Bool) {
      self.clause = clause
      self.query = query
      self.isContained = isContained
    }
    var testDescription: String { "\(clause.debugDescription) in \(query.debugDescription)" }
  }

  static let containments: [Containment] = [
    Containment("tag:a", "x tag:A", true),
    Containment("tag:a", "x tags:a", true),
    Containment("tag:\"a\"", "x tag:a", true),
    Containment("tag:=a", "x tag:a", true),
    Containment("tag:a*", "x tag:a", false),
    Containment("tag:a", "x -tag:a", false),
    Containment("tag:a", "x OR tag:a", false),
    Containment("tag:a", "tag:a,b", false),
    Containment("tag:a", "tag:(a b)", true),
    Containment("company:=\"Acme Ltd\"", "company:=\"acme ltd\"", true),
    Containment("company:=acme", "company:acme", false),
    Containment("company:=\"acme\"", "company:=acme", true),
    Containment("company:\"acme\"", "company:acme", false),
    Containment("location:x", "locations:X", true),
    Containment("is_private:unknown", "is-private:NULL x", true),
    Containment("is_private:true", "is_private:false", false),
    Containment("connector:greenhouse", "connector:=Greenhouse", true),
    Containment("custom.Hire-Source:x", "custom.hire_source:X", true),
    Containment("custom.tag:x", "tag:x", false),
    Containment("x", "tag:x", false),
    Containment("a b", "b x a", true),
    Containment("a b", "a", false),
    Containment("", "a", false),
    Containment("a", "", false),
    Containment("*", "", false),
    Containment("*", "* a", true),
    Containment("tag:", "tag:a", false),
    Containment("tag:a", "tag:a title:", false),
    Containment("tag:É", "tag:é", true),
  ]

  @Test(arguments: containments) func aPartIsCompared(_ containment: Containment) {
    #expect(QueryEdit.contains(containment.clause, in: containment.query) == containment.isContained)
  }

  // MARK: - Errors

  @Test func whatCannotBeParsedIsAnError() throws {
    #expect(throws: QueryError.self) { try QueryEdit.adding("tag:a", to: "title:") }
    #expect(throws: QueryError.self) { try QueryEdit.adding("tag:", to: "a") }
    #expect(throws: QueryError.self) { try QueryEdit.removing("tag:", from: "a") }
    #expect(throws: QueryError.self) { try QueryEdit.removing("tag:a", from: "title:") }
    let longest = String(repeating: "a", count: QueryParser.maximumLength)
    #expect(throws: QueryError.self) { try QueryEdit.adding("tag:a", to: longest) }
    #expect(throws: QueryError.self) { try QueryEdit.adding("tag:a", to: longest + "a") }
    #expect(try QueryEdit.removing(longest, from: longest) == "")
  }

  // MARK: - Any text

  static let hostile: [String] = [
    String(repeating: "a ", count: 5_000), String(repeating: "a", count: 10_000),
    String(repeating: "(", count: 100) + "a", String(repeating: "(", count: 90), "\"", "\"a", "a\"b c",
    "((a) b", "a))) b", "NOT NOT a b", "NOT", "- -", "--", "a NOT", "OR OR", "a OR OR b", "AND", "+", "| |",
    "\u{202E}a b\u{202C}", "👩‍👩‍👧‍👦 b", "a\0b c", "\0", "e\u{301}\u{301} x",
    "a" + String(repeating: "\u{301}", count: 9_000) + " b", "tag:(a OR b) c", "tag:a,b c", "-tag:x b",
    "tag:,a",
    "'a b", "'a b' c", "O'Brien 'x", "a\u{2028}b", "（a｜b）　！c", "title:(=a) b", "title:(//a) b",
    "J. R. Patel x",
    "(415) 555-0123 x", "phone:(415) 555-0123 x", "https://example.com/a b", "10:30 a", "tag:\"a,b\" c",
    String(repeating: "(a OR ", count: 24) + "b" + String(repeating: ")", count: 24) + " c",
    "About us: we hire. Tasks: a, b; (c) "
      + String(repeating: "words \"in quotes\" - and more: so. ", count: 40),
    String(repeating: "NOT (", count: 80) + "a b" + String(repeating: ")", count: 80) + " c",
  ]

  private static func tree(_ text: String) throws -> QueryTree { try QueryParser.parse(text).tree }

  /// Adds clauses and removes them again; removes each part.
  private static func check(_ query: String) throws {
    let tree = try tree(query)
    for clause in ["tag:zz", "-is:private", "company:=\"q & co\"", "zz OR yy", "'zz yy'"] {
      let clauseTree = try Self.tree(clause)
      let isBlank = query.trimmedOfSpaces().isEmpty
      let both = isBlank ? clauseTree : QueryTree.conjunction([tree, clauseTree])
      do {
        let added = try QueryEdit.adding(clause, to: query)
        let parsed = try Self.tree(added)
        #expect(
          parsed == both || parsed == both?.withAmbiguousWordsQuoted, "\(query.debugDescription) + \(clause)")
        #expect(QueryEdit.contains(clause, in: added))
        #expect(try QueryEdit.adding(clause, to: added) == added)
        let removed = try Self.tree(QueryEdit.removing(clause, from: added))
        #expect(
          removed == tree || removed == tree.withAmbiguousWordsQuoted, "\(added.debugDescription) - \(clause)"
        )
      } catch let error as QueryError {
        // Only a text at a limit has no room for a clause.
        #expect(query.unicodeScalars.count > 9_900 || tree.height > 20, "\(error)")
      }
    }
    for part in tree.parts.prefix(20) where !query.trimmedOfSpaces().isEmpty {
      let rest = QueryTree.conjunction(tree.parts.filter { $0.comparable != part.comparable }) ?? .all
      let removed = try QueryEdit.removing(part.description, from: query)
      let parsed = try Self.tree(removed)
      #expect(
        parsed == rest || parsed == rest.withAmbiguousWordsQuoted,
        "\(query.debugDescription) - \(part): \(removed.debugDescription)")
    }
  }

  @Test(.mustEnd, arguments: hostile) func anyTextCanBeEdited(_ query: String) throws {
    guard (try? Self.tree(query)) != nil else {
      #expect(throws: QueryError.self) { try QueryEdit.adding("a", to: query) }
      return
    }
    try Self.check(query)
  }

  @Test(.mustEnd) func randomTextsCanBeEdited() throws {
    var random = SplitMix64(state: 19)
    let pieces = [
      "a", "b", "Bob", "c d", "\"e f\"", "\"", "'", "'g h'", "(", ")", " OR ", " AND ", " | ", "NOT ", "-",
      "+", " ",
      " ", " ", "tag:", "tag:x", "company:=", "title:", "x,y", ",", ":", "*", "J", "R.", "555-0123", "(415) ",
      "\u{301}", "\u{202E}", "ß", "İ", "java or php ", "!", "&", "=", "/",
    ]
    var count = 0
    for _ in 0..<4_000 {
      let query = (0..<Int.random(in: 1...10, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      guard (try? Self.tree(query)) != nil else { continue }
      try Self.check(query)
      count += 1
    }
    #expect(count > 1_000)
  }

  // MARK: - Whole values

  struct Value: Sendable, CustomTestStringConvertible {
    let field: Field.ID
    let value: String
    let clause: String?
    init(_ field: Field.ID, _ value: String, _ clause: String?) {
      self.field = field
      self.value = value
      self.clause = clause
    }
    var testDescription: String { "\(field) \(value.debugDescription)" }
  }

  static let values: [Value] = [
    Value(.tag, "JUNIOR", "tag:JUNIOR"),
    Value(.tag, "campus 2022", "tag:\"campus 2022\""),
    Value(.tag, "a,b", "tag:\"a,b\""),
    Value(.tag, "-x", "tag:\"-x\""),
    Value(.tag, "=x", "tag:\"=x\""),
    Value(.tag, "//x", "tag:\"//x\""),
    Value(.tag, "a*", "tag:\"a*\""),
    Value(.tag, "(a)", "tag:\"(a)\""),
    Value(.tag, "C++", "tag:C++"),
    Value(.tag, "'a b'", "tag:\"'a b'\""),
    Value(.tag, "say \"hi\"", nil),
    Value(.tag, "a\u{7}b", nil),
    Value(.tag, "a\nb", "tag:\"a b\""),
    Value(.tag, " a ", "tag:a"),
    Value(.tag, "\u{202E}a", "tag:a"),
    Value(.tag, "é", "tag:é"),
    Value(.tag, "👍", "tag:👍"),
    Value(.tag, "", nil),
    Value(.tag, String(repeating: "a ", count: 600), nil),
    Value(.company, "Quartz & Co.", "company:=\"Quartz & Co.\""),
    Value(.company, "Acme", "company:=Acme"),
    Value(.company, "The \"Best\" Co", "company:=\"The  Best  Co\""),
    Value(.company, "（株）山田", "company:=\"（株）山田\""),
    Value(.company, "Acme*", "company:=\"Acme*\""),
    Value(.location, "New York", "location:=\"New York\""),
    Value(.title, "Nurse", "title:=Nurse"),
    Value(.connector, "greenhouse", "connector:greenhouse"),
    Value(.connector, "our ATS", "connector:\"our ATS\""),
    Value(.isPrivate, "unknown", "is_private:unknown"),
    Value(.canEmail, "true", "can_email:true"),
    Value(.canEmail, "maybe", nil),
    Value(.email, "john@doe.com", "email:=john@doe.com"),
    Value(.id, "a b", "id:\"a b\""),
    Value(.phone, "5550123", nil),
    Value(.lastInteraction, "2024", nil),
    Value(.has, "tag", nil),
    Value(.custom, "x", nil),
  ]

  @Test(arguments: values) func aWholeValueIsAClause(_ value: Value) {
    #expect(value.field.clause(whole: value.value) == value.clause)
  }
}
