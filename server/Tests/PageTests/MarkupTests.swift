import CandidateSearch
import Foundation
import TestSupport
import Testing

@testable import CandidatePage

/// No text of a record or of a query becomes a part of the page's markup.
@Suite struct MarkupTests {
  /// Texts that would be markup, if they were not escaped, each with a word by which it is found.
  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' autofocus onfocus='alert(1)",
    // Mustache compares characters: a sign with a mark after it is another one.
    "\"\u{301} autofocus onfocus=alert(1) x=\"\u{301}", "<\u{301}script>", "&lt;b&gt;", "</textarea></title>",
    "{{record}}", "{{{record}}}", "javascript:alert(1)", "\u{202E}evil", "\0\u{1B}[31m", "]]><!--",
  ]

  @Test(arguments: hostile) func nothingIsMarkup(_ text: String) throws {
    let hits = try Self.hits(of: text)
    let results = try SearchedPage(hits, query: text)
    for html in try results.parts() {
      let document = try XMLish(html)
      #expect(document.elements.allSatisfy(XMLish.known.contains), "\(document.elements)")
      #expect(
        document.attributes.allSatisfy { !$0.hasPrefix("on") && $0 != "style" && $0 != "src" },
        "\(document.attributes)")
      for link in document.links {
        #expect(
          ["/", "#results", "https://", "http://", "mailto:", "tel:"].contains(where: link.hasPrefix),
          "\(link)")
      }
    }
  }

  /// An index with one candidate whose members all contain a text.
  private static func hits(of text: String) throws -> [Hit] {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("candidates.db"), access: .writing)
    let list = [text, text + "x"]
    let record: [String: Any] = [
      "id": "hostile-1", "first_name": text, "last_name": text, "title": text, "company": text,
      "locations": list, "tags": list, "email_addresses": list, "phone_numbers": list,
      "urls": [["type": text, "value": text]], "can_email": true, "is_private": true, "avatar": text,
      "applications": list, "custom_fields": [text: text], "raw_data": [text: [text]], "other": text,
    ]
    let json = try JSONSerialization.data(withJSONObject: record)
    try index.ingest { try $0.add(ByteSource(bytes: Array(json), name: "hostile")) }
    return try index.search("*").hits
  }
}

/// A page of results with one candidate open, and its parts.
struct SearchedPage {
  let hits: [Hit]
  let results: SearchResults
  let frame: PageFrame
  private let wrongQuery: QueryError?

  init(_ hits: [Hit], query: String) throws {
    self.hits = hits
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("candidates.db"), access: .writing)
    for hit in hits { try index.ingest { try $0.add(ByteSource(bytes: hit.candidate.jsonBytes, name: "x")) } }
    var options = SearchOptions()
    options.includesCount = true
    options.facets = PageFrame.facets
    results = try index.search("*", options)
    wrongQuery = #expect(throws: QueryError.self) {
      try index.search(SearchQuery("is_private:perhaps " + query))
    }
    var state = PageState()
    state.query = query
    state.opened = hits.first.map { .init(connector: $0.connector, id: $0.candidate.id) }
    frame = PageFrame(
      state,
      visitor: .init(
        name: query, opensRecords: true, seesServers: true, csrf: "token", purpose: query, isRecorded: true),
      now: Timestamp("2026-11-26") ?? .now)
  }

  /// Every page and part that shows the hits.
  func parts() throws -> [String] {
    let filters = PageFrame.Filters(
      results, sources: [DataSource(connector: "source", freshAt: nil, problem: nil, now: frame.now)],
      export: ExportView(count: 1, withheld: 1, maximum: 10, state: frame.state, csrf: "token"))
    let error = try #require(wrongQuery)
    return try [
      frame.results(results, nil, opened: hits.first, isMissing: false, filters: filters),
      frame.results(results, nil, opened: nil, isMissing: true, filters: nil),
      frame.resultsPart(results, nil), frame.filtersPart(filters),
      frame.candidatePart(try #require(hits.first)), frame.wrongQuery(error), frame.wrongQueryPart(error),
      frame.message(frame.state.query ?? "", frame.state.query ?? ""), frame.start(),
      SignInPage(csrf: "token", next: frame.state.address(), problem: frame.state.query).html(),
    ].map { String(decoding: $0, as: UTF8.self) }
  }
}

/// The elements and attributes of a page, read as a browser would split tags: by `<`, a letter, and quoted values.
struct XMLish {
  private(set) var elements: Set<String> = []
  private(set) var attributes: Set<String> = []
  private(set) var links: [String] = []

  /// The elements that templates have.
  static let known: Set<String> = [
    "!doctype", "html", "head", "meta", "title", "link", "script", "body", "a", "header", "form", "label",
    "div",
    "input", "ul", "li", "ol", "button", "nav", "details", "summary", "bdi", "p", "aside", "main", "section",
    "h1",
    "h2", "h3", "table", "caption", "thead", "tbody", "tr", "th", "td", "dialog", "dl", "dt", "dd", "kbd",
    "noscript",
    "mark", "span", "strong", "data", "article", "pre", "u", "q", "code",
  ]

  /// Reads a page.
  /// - Throws: `Unclosed` for a tag or an attribute without an end.
  init(_ html: String) throws {
    let scalars = Array(html.unicodeScalars)
    var i = 0
    func name(_ isEnd: (Unicode.Scalar) -> Bool) -> String {
      let start = i
      while i < scalars.count, !isEnd(scalars[i]) { i += 1 }
      return String(String.UnicodeScalarView(scalars[start..<i])).lowercased()
    }
    while i < scalars.count {
      guard scalars[i] == "<" else {
        i += 1
        continue
      }
      i += 1
      let isEnd = i < scalars.count && scalars[i] == "/"
      if isEnd { i += 1 }
      let element = name { $0 == " " || $0 == ">" || $0 == "\n" }
      elements.insert(element)
      while i < scalars.count, scalars[i] != ">" {
        guard scalars[i] != " ", scalars[i] != "\n" else {
          i += 1
          continue
        }
        let attribute = name { $0 == "=" || $0 == ">" || $0 == " " || $0 == "\n" }
        if element != "!doctype" {
          attributes.insert(element == "script" ? "script " + attribute : attribute)
        }
        guard i < scalars.count, scalars[i] == "=" else { continue }
        i += 1
        guard i < scalars.count, scalars[i] == "\"" else { throw Unclosed(place: i) }
        i += 1
        let value = name { $0 == "\"" }
        guard i < scalars.count else { throw Unclosed(place: i) }
        i += 1
        if attribute == "href" || attribute == "action" { links.append(value) }
      }
      guard i < scalars.count else { throw Unclosed(place: i) }
    }
  }

  struct Unclosed: Error {
    let place: Int
  }
}
