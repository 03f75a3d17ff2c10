/// The query language in examples: what `cand-search help query` and the manual page of queries show beside the fields.
package enum QuerySyntax {
  /// An example, and what it finds.
  package struct Row: Sendable {
    package let example: String
    package let meaning: String

    init(_ example: String, _ meaning: String) {
      self.example = example
      self.meaning = meaning
    }
  }

  package static let operators = [
    Row("engineer paris", "both words, anywhere, in any spelling (Müller, Mueller)"),
    Row(#""project manager""#, "these words, one after another"),
    Row("eng*", "a prefix of a word"),
    Row("nurse OR doctor", "either; also |"),
    Row("nurse NOT intern", "not the second; also -intern or !intern"),
    Row("(a OR b) c", "parentheses; NOT binds tightest, then AND, then OR"),
    Row("title:nurse", #"in this field; title:"head nurse", title:=nurse (nothing else)"#),
    Row("tag:a,b", "any of these values; also tag:(a OR b)"),
  ]

  package static let remarks = """
    An e-mail address, a phone number or a web address is searched as such. Operators are upper case. Free text is never an \
    error; a field that does not exist is.
    """

  /// In UTC.
  package static let times = [
    Row("2024, 2024-03", "a year, a month"),
    Row("2024-03-01, today", "a day; also yesterday"),
    Row(">2024-03-01", "after that day; also >=, <, <="),
    Row("2023..2024", "from the first to the last, both included; ..2020, 2024.."),
    Row(">30d, <90d", "older than 30 days, younger than 90; also w, m, y"),
  ]
}
