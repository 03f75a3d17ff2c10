import Foundation
import TestSupport
import Testing

/// The documents of the repository.
enum Documents {
  /// The paths of all files of Markdown, but articles of DocC, whose links the documentation compiler checks.
  static let all: [String] = {
    let files = FileManager.default.enumerator(
      at: Fixture.root, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
    let paths = files?.compactMap { ($0 as? URL)?.path.dropFirst(Fixture.root.path.count + 1) } ?? []
    return paths.filter { $0.hasSuffix(".md") && !$0.contains(".docc/") }.map(String.init).sorted()
  }()

  /// The text without blocks and spans of code.
  static func prose(of document: String) throws -> String {
    try Fixture.text(document).replacing(/(?sm)^```.*?^```$/, with: "").replacing(/`[^`\n]+`/, with: "code")
  }

  /// The anchors of the headings, as GitHub makes them: without punctuation, spaces as hyphens, equal ones numbered.
  static func anchors(of text: String) -> Set<String> {
    let headings = text.replacing(/(?sm)^```.*?^```$/, with: "").matches(of: /(?m)^#{1,6} (.+)$/)
    var counts: [String: Int] = [:]
    return Set(
      headings.map { heading in
        let words = heading.output.1.replacing(/\[([^\]]*)\]\([^)]*\)/) { String($0.output.1) }.lowercased()
        let anchor = String(
          words.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }.map { $0 == " " ? "-" : $0 })
        defer { counts[anchor, default: 0] += 1 }
        return counts[anchor].map { "\(anchor)-\($0)" } ?? anchor
      })
  }
}

/// Every link within the repository leads somewhere.
@Suite struct DocumentLinkTests {
  @Test(arguments: Documents.all) func linksLeadSomewhere(_ document: String) throws {
    let folder = URL(fileURLWithPath: Fixture.path(document)).deletingLastPathComponent()
    for link in try Documents.prose(of: document).matches(of: /\]\(([^)\s]+)\)/) {
      let target = String(link.output.1)
      if target.contains(/^[a-z]+:/) { continue }
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      let file =
        parts[0].isEmpty ? Fixture.path(document) : folder.appendingPathComponent(parts[0]).standardized.path
      #expect(FileManager.default.fileExists(atPath: file), "\(target)")
      if parts.count > 1, let text = try? String(contentsOfFile: file, encoding: .utf8) {
        #expect(Documents.anchors(of: text).contains(parts[1]), "\(target)")
      }
    }
  }

  @Test func thereAreDocuments() {
    #expect(Documents.all.contains("README.md") && Documents.all.contains("docs/server.md"))
    #expect(!Documents.all.contains { $0.contains(".build") })
  }

  /// Headings, and their anchors.
  static let headings: [(text: String, anchors: Set<String>)] = [
    ("# Keys and scopes\n", ["keys-and-scopes"]),
    ("## From the Bindbee API, in C++\n", ["from-the-bindbee-api-in-c"]),
    ("## `--keep` and [links](x.md#y)\n", ["--keep-and-links"]),
    ("# A\n## A\n### A\n", ["a", "a-1", "a-2"]),
    ("```sh\n# no heading\n```\n#none\n", []),
    ("## Zoë’s “page”\n", ["zoës-page"]),
  ]

  @Test(arguments: headings) func anchorsAreAsGitHubMakesThem(text: String, anchors: Set<String>) {
    #expect(Documents.anchors(of: text) == anchors)
  }

  /// Rows of tables that one document copies from another, so that no figure is out of date.
  @Test func copiedFiguresAreThoseOfTheResults() throws {
    let text = try Fixture.text("docs/compared.md")
    let blocks = text.matches(of: /(?s)<!-- rows of (\S+) -->\n(.*?)<!-- \/rows -->/)
    #expect(blocks.count >= 4)
    for block in blocks {
      let lines = Set(try Fixture.text(String(block.output.1)).split(separator: "\n"))
      let rows = block.output.2.split(separator: "\n")
      #expect(rows.count > 2)
      for row in rows { #expect(lines.contains(row), "\(block.output.1) has no such row: \(row)") }
    }
  }

  @Test func theReadmeFitsTwoScreens() throws {
    #expect(
      try Fixture.text("README.md").split(separator: "\n", omittingEmptySubsequences: false).count <= 61)
  }
}
