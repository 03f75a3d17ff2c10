/// Why a record is refused. Everything else of the input is taken all the same.
public enum RecordDefect: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is no JSON object; the reason is simdjson's or the reader's.
  case notJSON(String)
  /// The record has no `id`, or an empty one.
  case noID
  /// A field holds a value of a kind that it cannot hold.
  case wrongKind(field: String, expected: String, found: String)
  /// The input ended, or another record began, before the record's closing brace.
  case cutShort
  /// The input ended inside a list or a page: records may be missing.
  case listCutShort
  /// The record is longer than a record may be, in bytes.
  case tooLong(limit: Int)

  /// The reason, beginning with the field where there is one.
  public var description: String {
    switch self {
    case .notJSON(let reason): "not a JSON object: \(reason)"
    case .noID: "id: missing; a record needs one to be kept apart from the others"
    case .wrongKind(let field, let expected, let found): "\(field): expected \(expected), found \(found)"
    case .cutShort: "cut short: it has no end"
    case .listCutShort: "the input ends inside a list of records; some may be missing"
    case .tooLong(let limit): "longer than \(limit / 1_048_576) MiB"
    }
  }
}
