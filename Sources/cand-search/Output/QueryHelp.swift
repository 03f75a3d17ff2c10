import CandidateSearch
import CommandSupport

/// The summary of the query language that `cand-search help query` prints.
enum QueryHelp {
  static func text(columns: Int) -> String {
    """
    QUERIES
      engineer paris        both words, anywhere, in any spelling (Müller, Mueller)
      "project manager"     these words, one after another
      eng*                  a prefix of a word
      nurse OR doctor       either; also |
      nurse NOT intern      not the second; also -intern or !intern
      (a OR b) c            parentheses; NOT binds tightest, then AND, then OR
      title:nurse           in this field; title:"head nurse", title:=nurse (nothing else)
      tag:a,b               any of these values; also tag:(a OR b)

      An e-mail address, a phone number or a web address is searched as such. Operators are upper case. Free text
      is never an error; a field that does not exist is.

    FIELDS
    \(fields(columns: columns))

    TIMES (days in UTC)
      2024, 2024-03, 2024-03-01, today, yesterday
      >2024-03-01  after that day; also >=, <, <=
      2023..2024   from the first to the last, both included; ..2020, 2024..
      >30d, <90d   older than 30 days, younger than 90; also w, m, y

    """
  }

  private static func fields(columns: Int) -> String {
    let names = Field.all.map { $0.usage + ":" }
    let width = (names.map(\.count).max() ?? 0) + 2
    return zip(names, Field.all).map { name, field in
      let text = "\(field.summary) (\(field.examples.joined(separator: ", ")))"
      let lines = TerminalText.wrap(text, to: max(30, columns - width - 2))
      return "  " + name.padding(to: width)
        + lines.joined(separator: "\n" + String(repeating: " ", count: width + 2))
    }.joined(separator: "\n")
  }
}
