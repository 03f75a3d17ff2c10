import CandidateQuery
import TestSupport
import Testing

@Suite struct ParserTests {
  /// What is typed, and the tree that it is taken for.
  static let trees: [(query: String, tree: String)] = [
    ("", "*"),
    ("   ", "*"),
    ("*", "*"),
    ("engineer", "engineer"),
    ("engineer tag:JUNIOR", "(engineer AND tag:JUNIOR)"),
    ("engineer AND tag:JUNIOR", "(engineer AND tag:JUNIOR)"),
    ("a b c", "(a AND b AND c)"),
    ("a OR b c", "(a OR (b AND c))"),
    ("a b OR c", "((a AND b) OR c)"),
    ("(a OR b) c", "((a OR b) AND c)"),
    ("a OR b OR c", "(a OR b OR c)"),
    ("a OR (b OR c)", "(a OR b OR c)"),
    ("a AND (b AND c)", "(a AND b AND c)"),
    ("NOT a", "NOT a"),
    ("-a", "NOT a"),
    ("!a b", "(NOT a AND b)"),
    ("NOT NOT a", "a"),
    ("--a", "a"),
    ("NOT a b", "(NOT a AND b)"),
    ("a AND NOT b", "(a AND NOT b)"),
    ("a NOT (b OR c)", "(a AND NOT (b OR c))"),
    ("a & b", "(a AND b)"),
    ("a && b || c", "((a AND b) OR c)"),
    ("php|java", "(php OR java)"),
    ("(php | java) + -html", "((php OR java) AND NOT html)"),
    ("+a +b", "(a AND b)"),
    ("\"senior engineer\"", "\"senior engineer\""),
    ("\"soft eng\"*", "\"soft eng\"*"),
    ("eng*", "eng*"),
    ("-\"a b\"", "NOT \"a b\""),
    ("“senior engineer” AND (C++ OR C# OR .NET)", "(\"senior engineer\" AND (C++ OR C# OR .NET))"),
    ("«a b» „c d“", "(\"a b\" AND \"c d\")"),
    ("（a｜b）　！c", "((a OR b) AND NOT c)"),
    ("O’Brien smith-jones R&D AT&T", "(O’Brien AND smith-jones AND R&D AND AT&T)"),
    ("Smith, John", "(Smith, AND John)"),
    ("Smith - Jones", "(Smith AND Jones)"),
    ("tag:a,b", "(tag:a OR tag:b)"),
    ("tag:\"a b\",c", "(tag:\"a b\" OR tag:c)"),
    ("tag:(a OR b)", "(tag:a OR tag:b)"),
    ("tag:(a -b)", "(tag:a AND NOT tag:b)"),
    ("tag:(a title:b)", "(tag:a AND title:b)"),
    ("-tag:a", "NOT tag:a"),
    ("tag: a", "tag:a"),
    ("tag：a", "tag:a"),
    ("title:=engineer", "title:=engineer"),
    ("title:(=engineer)", "title:(=engineer)"),
    ("title:(//a)", "title:(//a)"),
    ("tag:camp*", "tag:camp*"),
    ("https://example.com/a", "https://example.com/a"),
    ("10:30", "10:30"),
    ("john@doe.com @doe.com jane.doe+jobs@", "(john@doe.com AND @doe.com AND jane.doe+jobs@)"),
    ("#JUNIOR", "#JUNIOR"),
    ("android ORACLE NOTARY", "(android AND ORACLE AND NOTARY)"),
    ("java or php", "(java AND or AND php)"),
    // What makes no sense is left out.
    ("a AND", "a"),
    ("AND a", "a"),
    ("a OR", "a"),
    ("OR a", "a"),
    ("a OR OR b", "(a OR b)"),
    ("a AND OR b", "(a OR b)"),
    ("AND OR NOT", "*"),
    ("a NOT", "a"),
    ("a -", "a"),
    ("-- a", "a"),
    ("a !! b", "(a AND b)"),
    ("!!a", "a"),
    ("()", "*"),
    ("(a OR b", "(a OR b)"),
    ("a) OR b", "(a AND b)"),
    (")(", "*"),
    ("\"a b", "\"a b\""),
    ("\"\"", "*"),
    ("a \"\" b", "(a AND b)"),
    ("|||", "*"),
    ("a\u{0}b\u{7}c", "(a AND b AND c)"),
  ]

  @Test(arguments: trees) func parses(query: String, tree: String) throws {
    let parsed = try QueryParser.parse(query).tree
    #expect(parsed.description == tree)
    #expect(try QueryParser.parse(parsed.description).tree == parsed, "what is printed parses back")
  }

  static let repaired: [(query: String, notice: String)] = [
    ("a AND", "an AND with nothing beside it was ignored"),
    ("AND a", "an AND with nothing beside it was ignored"),
    ("a AND AND b", "an AND with nothing beside it was ignored"),
    ("a ()", "parentheses around nothing were ignored"),
    ("a \"\"", "quotes around nothing were ignored"),
    (
      "a) (b",
      "a closing parenthesis without an opening one was ignored; "
        + "a parenthesis that was never closed is taken to end with the query"
    ),
    ("OR a", "an OR with nothing beside it was ignored"),
    ("a NOT", "a NOT with nothing after it was ignored"),
    ("(a", "a parenthesis that was never closed is taken to end with the query"),
    ("a)", "a closing parenthesis without an opening one was ignored"),
    ("\"a b", "a quote that was never closed is taken to end with the query"),
    ("java developer not manager", "“not” was taken as a word; as an operator it is written NOT"),
  ]

  @Test(arguments: repaired) func saysWhatItRepaired(query: String, notice: String) throws {
    let parsed = try QueryParser.parse(query)
    let reading = notice.contains("as a word") ? "" : "; read as: \(parsed.tree)"
    #expect(parsed.notices.map(\.description) == [notice + reading])
  }

  @Test(arguments: ["engineer tag:JUNIOR", "(a | b) -c", "\"a b\" OR c*"]) func aSoundQueryHasNoNotices(
    _ query: String
  ) throws {
    #expect(try QueryParser.parse(query).notices.isEmpty)
  }

  @Test func nestingHasACapWithACaret() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
    }
    #expect(try QueryParser.parse(nested(QueryParser.maximumDepth)).tree.description == "a")
    for depth in [QueryParser.maximumDepth + 1, 4_000] {
      let error = #expect(throws: QueryError.self) { try QueryParser.parse(nested(depth)) }
      #expect(error?.place.start == QueryParser.maximumDepth)
    }
    var tall = "a"
    for _ in 0..<QueryParser.maximumHeight { tall = "(b OR (c -\(tall)))" }
    #expect(throws: QueryError.self) { try QueryParser.parse(tall) }
    #expect(try QueryParser.parse(String(repeating: "-", count: 9_999) + "a").tree.description == "NOT a")
  }

  @Test func pastedTextIsParsed() throws {
    let words = Array(repeating: "lorem ipsum (dolor OR sit) \"amet consectetur\" ", count: 200).joined()
    #expect(words.utf8.count > 9_000)
    guard case .and(let parts) = try QueryParser.parse(words).tree else {
      Issue.record("not a conjunction")
      return
    }
    #expect(parts.count == 200 * 4)
  }

  /// A colon in a text that nobody types is punctuation; a filter that is denied never becomes text.
  @Test func colonsPunctuatePastedText() throws {
    let text = String(repeating: "we build things ", count: 40)
    let pasted = try QueryParser.parse("About us: " + text + "Location: Berlin")
    #expect(pasted.tree.description.hasPrefix("(About AND us: AND we"))
    #expect(pasted.tree.description.hasSuffix("AND Location: AND Berlin)"))
    #expect(pasted.notices.first?.description.hasPrefix("a colon with a space after it was taken") == true)
    #expect(try QueryParser.parse(text + "location:Berlin").tree.description.hasSuffix("location:Berlin)"))
    for not in ["-", "NOT ", "!"] {
      let query = text + not + "tag: JUNIOR"
      #expect(try QueryParser.parse(query).tree.description.hasSuffix("AND NOT tag:JUNIOR)"))
    }
    #expect(try QueryParser.parse("us: berlin").tree.description == "us:berlin", "what is typed is a field")
  }

  /// What would take longer than any patience if some step looked back or ahead over the whole text.
  @Test(
    .mustEnd,
    arguments: [
      "-", "!", "(", ")", "\"", "+", "&", "|", "a:", "tag:", "-a", "a,", "1 ", "(1) ", "+1", "*", "NOT ",
      "AND ",
    ])
  func timeIsLinearInTheLength(_ piece: String) {
    let query = String(repeating: piece, count: (QueryParser.maximumLength - 10) / piece.count)
    for query in [query, "tag:" + query, "tag:(" + query] {
      do {
        _ = try QueryParser.parse(query)
      } catch {
        #expect(
          error.place.start < QueryParser.maximumDepth + 10, "only nesting, and a field without a value")
      }
    }
  }
}
