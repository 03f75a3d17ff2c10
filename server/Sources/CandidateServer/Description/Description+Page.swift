import AccessKeys
import CandidateJSON
import Foundation
import SodiumLibrary

extension Description {
  /// The documentation as a page of HTML, without scripts and without other assets.
  static let page: String = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>cand-search: HTTP API</title>
    <style>\(style)</style>
    </head>
    <body>
    <header>
    <h1>cand-search: HTTP API, version \(version)</h1>
    <p>Also as data: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). A server with keys expects
    <code>Authorization: Bearer KEY</code>. A server without keys answers its own machine only, and permits everything.</p>
    <p>After 429 or 503 wait for the seconds of <code>Retry-After</code>.</p>
    <nav><a href="#operations">Operations</a> <a href="#rights">Rights</a> <a href="#limits">Limits</a>
    <a href="#problems">Problems</a></nav>
    </header>
    <main>
    <h2 id="operations">Operations</h2>
    \(Tables.operations.html)
    \(OperationTable.api.map(section).joined(separator: "\n"))
    <h2 id="rights">Rights</h2>
    \(Tables.rights.html)
    <h2 id="limits">Limits</h2>
    \(Tables.limits.html)
    <h2 id="problems">Problems</h2>
    <p>Errors are answered as <code>application/problem+json</code> (RFC 9457) with one of these types.</p>
    \(Tables.problems.html)
    </main>
    </body>
    </html>

    """

  /// The page may use its own style, and nothing else.
  static let contentSecurityPolicy: String = {
    var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    let bytes = Array(style.utf8)
    crypto_hash_sha256(&hash, bytes, UInt64(bytes.count))
    return
      "default-src 'none'; style-src 'sha256-\(Data(hash).base64EncodedString())'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  }()

  // MARK: - Operations

  private static func section(_ operation: Operation) -> String {
    var html = """
      <section id="\(operation.id)">
      <h3><code>\(operation.method.rawValue) \(operation.path)</code></h3>
      <p>\(Table.escaped(operation.summary)) \(access(operation))</p>
      """
    if !operation.parameters.isEmpty {
      html += "\n<h4>Parameters\(takesParametersInBody(operation) ? ", in the body" : "")</h4>\n"
      html += Tables.parameters(operation.parameters).html
    }
    html += "\n<h4>Header fields</h4>\n" + Tables.parameters(operation.fields).html
    if let body = operation.body { html += "\n<h4>Body</h4>\n" + self.body(body) }
    html += "\n<h4>Answers</h4>\n<dl>\n"
    html += operation.answers.map(answer).joined(separator: "\n") + "\n"
    html += Dictionary(grouping: operation.allProblems, by: \.status.code).sorted { $0.key < $1.key }
      .map { "<dt><code>\($0)</code></dt><dd>\($1.map(link).joined(separator: ", "))</dd>" }
      .joined(separator: "\n")
    return html + "\n</dl>\n</section>"
  }

  private static func takesParametersInBody(_ operation: Operation) -> Bool {
    if case .parameters = operation.body { true } else { false }
  }

  private static func access(_ operation: Operation) -> String {
    switch operation.access {
    case .open: "Needs no key."
    case .right(let right), .session(let right):
      "Needs the right "
        + ([right] + operation.furtherRights).map { "<a href=\"#rights\"><code>\($0.rawValue)</code></a>" }
        .joined(separator: " and ") + "."
    case .signature: "Needs the signature of Bindbee."
    }
  }

  private static func body(_ body: Operation.Body) -> String {
    switch body {
    case .parameters: "<p><code>application/json</code>: an object with the parameters as members.</p>"
    case .object(let schema), .event(let schema):
      "<p><code>application/json</code>:</p>\n" + SchemaOutline.html(schema)
    case .form: "<p><code>application/x-www-form-urlencoded</code>: the parameters.</p>"
    case .records:
      "<p>"
        + MediaTypes.records.map { "<code>\($0)</code>" }.joined(separator: ", ")
        + ": records with an <code>id</code> each, as lines or as an array.</p>"
    }
  }

  private static func answer(_ answer: Operation.Answer) -> String {
    var html = "<dt><code>\(answer.status.code)</code></dt><dd>\(Table.escaped(answer.summary))"
    if let type = answer.type { html += " <code>\(type.rawValue)</code>" }
    return html + SchemaOutline.html(answer.schema) + "</dd>"
  }

  private static func link(_ kind: Problem.Kind) -> String {
    "<a href=\"#problem-\(kind.rawValue)\">\(kind.rawValue)</a>"
  }

  // MARK: - Style

  private static let style = """
    :root{color-scheme:light dark;--ink:light-dark(#1c2024,#e6e8ea);--paper:light-dark(#fff,#15181b);\
    --soft:light-dark(#f4f6f8,#1e2327);--line:light-dark(#d9dee3,#343b41);--link:light-dark(#0b5cad,#7ab8ff)}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
    header,main{max-width:62rem;margin:0 auto;padding:1rem 1.25rem}
    main{padding-top:0;padding-bottom:4rem}main>h2:first-child{margin-top:0}
    h1{font-size:1.6rem;margin:.5rem 0}h2{margin:2rem 0 .75rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
    h3{margin:0 0 .25rem;font-size:1.05rem;overflow-wrap:anywhere}
    h4{margin:1rem 0 .35rem;font-size:.8rem;text-transform:uppercase;letter-spacing:.06em;opacity:.75}
    p{margin:.35rem 0}
    a{color:var(--link)}nav a{margin-right:1rem}
    code{font:.875em/1.4 ui-monospace,monospace;background:var(--soft);padding:.1em .3em;border-radius:4px;\
    overflow-wrap:anywhere}
    section{margin:1.25rem 0;padding:1rem 1.1rem;border:1px solid var(--line);border-radius:8px;scroll-margin:1rem}
    .table{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.92rem}
    th,td{text-align:left;vertical-align:top;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line)}
    td code{white-space:nowrap}th{font-weight:600}td:last-child{min-width:14rem}tr:target,section:target{background:var(--soft)}
    @media(max-width:40rem){td code{white-space:normal;overflow-wrap:normal}td:last-child{min-width:9rem}}
    dl{margin:0;display:grid;grid-template-columns:max-content 1fr;gap:.3rem .8rem;font-size:.92rem}
    dt,dd{margin:0}
    ul{margin:.2rem 0;padding-left:1.1rem}
    """
}
