import AccessKeys
import CandidateCSV
import CandidateSearch
import HTTPTypes

/// Exports the candidates that a search finds, as CSV.
enum ExportOperation {
  /// The rights that an export needs besides `export`.
  static let furtherRights: [AccessRight] = [.contacts]

  static let parameters = [SearchOperation.query, SearchOperation.sort, SearchOperation.correct]
  /// The fields of the form of a page.
  static let formFields = [
    SearchOperation.query, SearchOperation.sort, PageOperations.asTyped, SignInOperations.csrf,
  ]
  private static let withheldField = HTTPField.Name("X-Withheld-Addresses")
  /// Tells spreadsheets that a file is in UTF-8.
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// An export to a program.
  static func run(_ call: Call) async throws -> Reply { try await export(call, beginsWith: []) }

  /// An export from the form of a page.
  static func save(_ call: Call) async throws -> Reply {
    try call.expectForm()
    var reply = try await export(call, beginsWith: byteOrderMark)
    reply.headers[.contentDisposition] = "attachment; filename=\"candidates-\(Timestamp.now.date).csv\""
    return reply
  }

  private static func export(_ call: Call, beginsWith mark: [UInt8]) async throws -> Reply {
    let (index, query) = (try call.index(), call.arguments.text("q") ?? "")
    let maximum = Limits.exportedCandidates
    var options = SearchOptions(limit: maximum + 1)
    options.sort = try SearchOperation.sort(call.arguments)
    let isAsTyped = call.arguments.flag(PageOperations.asTyped.name) ?? false
    options.correctsWords = !isAsTyped && (call.arguments.flag(SearchOperation.correct.name) ?? true)
    let (results, bytes, withheld) = try await call.service.limited { [options] in
      try await index.search(SearchQuery(query), options) { results, checkCancellation in
        guard results.hits.count <= maximum else {
          throw Problem(.exportTooLarge, "an export has at most \(maximum) candidates")
        }
        let csv = CandidateCSV(withholdsAddresses: true)
        var (bytes, withheld) = (mark + csv.header, 0)
        for hit in results.hits {
          try checkCancellation()
          bytes += csv.line(of: hit)
          if csv.withholdsAddresses(of: hit) { withheld += 1 }
        }
        return (results, bytes, withheld)
      }
    }
    try call.service.recorder?.record(export: results, of: query, on: index, call)
    var reply = Reply(bytes, as: .csv)
    if let withheldField { reply.headers[withheldField] = String(withheld) }
    return reply
  }
}
