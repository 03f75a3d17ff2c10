import CandidateSearch

/// The error of a statement or of a connection.
struct PostgresError: Error, CustomStringConvertible {
  /// The kinds of errors that callers tell apart.
  enum Kind: Equatable {
    /// The server cannot be reached, or the connection was lost.
    case connection
    /// Another server of the cluster cannot be reached from this one, or the connection between them was lost.
    case memberUnreachable
    /// The statement was cancelled.
    case cancelled
    /// Another transaction changed the same rows; the same transaction may be tried again.
    case conflict
    /// Another transaction has kept a lock for too long.
    case locked
    case diskFull
    case readOnly
    case forbidden
    case damaged
    case missing
    case other
  }

  let kind: Kind
  /// The message of the server or of libpq, on one line. Contains no data of a candidate.
  let message: String

  var description: String { message }

  /// The error that is lost if a server is reached over a dead connection.
  static func connection(_ message: String) -> PostgresError {
    PostgresError(kind: .connection, message: message.oneLine)
  }

  /// The error of a result. Details are left out, since they contain values of rows. A server that ends its own connection
  /// says so with a higher severity than `ERROR`.
  init(state: String, severity: String, message: String) {
    let kind = Self.kind(of: state)
    self.init(
      kind: kind == .connection && severity == "ERROR" ? .memberUnreachable : kind, message: message.oneLine)
  }

  init(kind: Kind, message: String) {
    self.kind = kind
    self.message = message
  }

  /// PostgreSQL's documentation, appendix A: error codes.
  private static func kind(of state: String) -> Kind {
    switch state {
    case "57014": .cancelled
    case "40001", "40P01", "23505": .conflict
    case "55P03": .locked
    case "53100", "53200": .diskFull
    case "25006": .readOnly
    case "42501", "28000", "28P01": .forbidden
    case "3D000", "3F000", "42P01": .missing
    case "57P01", "57P02", "57P03", "57P05": .connection
    case _ where state.hasPrefix("08"): .connection
    case _ where state.hasPrefix("XX"): .damaged
    default: .other
    }
  }
}

extension String {
  /// The text with each line break replaced by a space.
  var oneLine: String {
    split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }.joined(separator: " ")
  }
}

extension PostgresError {
  /// What it means for an index, or a log, at a location.
  func explanation(at location: String, isWritable: Bool) -> IndexError {
    switch kind {
    case .connection: .unreachable(location: location, reason: message)
    case .conflict, .locked: .busy(path: location)
    case .diskFull: .diskFull(path: location)
    case .forbidden where !isWritable: .notReadable(path: location, reason: message)
    case .readOnly, .forbidden: .notWritable(path: location, reason: message)
    case .damaged: .damaged(path: location)
    case .missing: .missing(path: location)
    case .cancelled, .memberUnreachable, .other: .failed(path: location, reason: message)
    }
  }
}

extension PostgresLibrary.Missing {
  /// What it means for an index, or a log, at a location.
  func explanation(at location: String) -> IndexError {
    .failed(path: location, reason: "PostgreSQL's client library cannot be loaded: \(reason)")
  }
}
