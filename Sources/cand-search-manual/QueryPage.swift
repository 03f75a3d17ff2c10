import CandidateSearch
import CommandSupport

/// The manual page of the query language, `cand-search-query(7)`.
enum QueryPage {
  static let name = "cand-search-query"

  static func write(to page: inout Roff) {
    page.section("NAME")
    page.paragraph([.plain("\(name) - the language of queries to cand-search")])
    page.section("QUERIES")
    for row in QuerySyntax.operators { page.item([.bold(row.example)], [.plain(row.meaning)]) }
    page.paragraph([.plain(QuerySyntax.remarks)])
    page.section("FIELDS")
    for field in Field.all {
      let examples = field.examples.map { [Roff.Span.bold($0)] }.joined(separator: [.plain(", ")])
      let aliases = field.aliases.isEmpty ? "" : " Also: \(field.aliases.joined(separator: ", "))."
      page.item(
        [.bold(field.usage + ":")], [.plain("\(field.summary) (")] + examples + [.plain(").\(aliases)")])
    }
    page.section("TIMES")
    page.paragraph([.plain("Days are in UTC.")])
    for row in QuerySyntax.times { page.item([.bold(row.example)], [.plain(row.meaning)]) }
    page.section("RANKING")
    page.paragraph([
      .plain(
        """
        A hit belongs to the first of these tiers that finds it. The tiers follow one another; within a tier the most recent \
        candidate comes first.
        """)
    ])
    // The other two are of lookups, not of searches.
    for tier in Tier.allCases where ![.id, .email].contains(tier) {
      page.item([.bold(tier.rawValue)], spans(ofMarkdown: tier.rule))
    }
  }

  /// A text in which grave accents mark code.
  private static func spans(ofMarkdown text: String) -> [Roff.Span] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { i, part in
      i.isMultiple(of: 2) ? .plain(String(part)) : .bold(String(part))
    }
  }
}
