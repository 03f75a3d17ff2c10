import CandidateJSON

extension Description {
  /// The documentation as a page of HTML, without scripts and without other assets.
  static let page: String = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>cand-search: HTTP API</title>
    </head>
    <body>
    <main>
    <h1>cand-search: HTTP API, version \(version)</h1>
    <p>The same as data: <a href="/openapi.json">openapi.json</a>.</p>
    <h2>Operations</h2>
    \(OperationTable.all.map(section).joined(separator: "\n"))
    <h2>Problems</h2>
    <p>An error is answered as <code>application/problem+json</code> (RFC 9457) with one of these types.</p>
    <dl>
    \(Problem.Kind.allCases.map(problem).joined(separator: "\n"))
    </dl>
    </main>
    </body>
    </html>

    """

  private static func section(_ operation: Operation) -> String {
    var html = """
      <section id="\(operation.id)">
      <h3><code>\(operation.method.rawValue) \(operation.path)</code></h3>
      <p>\(escaped(operation.summary)) \(access(operation.access))</p>
      """
    if !operation.parameters.isEmpty {
      html += "\n<table>\n<tr><th>Parameter</th><th>Values</th><th>Default</th><th>Meaning</th></tr>\n"
      html += operation.parameters.map(row).joined(separator: "\n") + "\n</table>"
    }
    return html + "\n</section>"
  }

  private static func access(_ access: Operation.Access) -> String {
    switch access {
    case .open: "Needs no key."
    case .right(let right): "Needs the right <code>\(right.rawValue)</code>."
    case .signature: "Needs the signature of Bindbee."
    }
  }

  private static func row(_ parameter: Parameter) -> String {
    let standard = parameter.isRequired ? "required" : parameter.standard.map { escaped($0.text) } ?? ""
    return "<tr><td><code>\(parameter.name)</code></td><td>\(escaped(values(parameter.kind)))</td>"
      + "<td>\(standard)</td><td>\(escaped(parameter.summary))</td></tr>"
  }

  private static func values(_ kind: Parameter.Kind) -> String {
    switch kind {
    case .text(let maximum): "a text of at most \(maximum) characters"
    case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .flag: "true, false"
    case .choice(let texts): texts.joined(separator: ", ")
    case .choices(let texts): "some of " + texts.joined(separator: ", ")
    }
  }

  private static func problem(_ kind: Problem.Kind) -> String {
    """
    <dt id="problem-\(kind.rawValue)"><code>\(kind.rawValue)</code> (\(kind.status.code))</dt>
    <dd>\(escaped(kind.title)).</dd>
    """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
