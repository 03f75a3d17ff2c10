import CandidateTime

/// Reads the value of a clause according to the kind of its field.
struct ValueReader {
  let query: String
  let clause: FieldClause
  let field: Field

  private var text: String { clause.value.text }

  func words() throws(QueryError) -> Query {
    guard clause.isWhole else { return .words(field.id, clause.value) }
    guard !clause.value.isPrefix else {
      throw error(
        "\(field.name):= takes a whole value, not the beginning of one", advice: "leave out the = or the star"
      )
    }
    return .whole(field.id, text)
  }

  func value() -> Query {
    clause.value.isPrefix ? .beginning(field.id, text) : .whole(field.id, text)
  }

  func exact() throws(QueryError) -> String {
    guard !clause.value.isPrefix else {
      throw error(
        "\(field.name): takes a whole value, not the beginning of one", advice: "leave the star out")
    }
    return text
  }

  func flag() throws(QueryError) -> Bool? {
    guard let value = FlagValue(text) else {
      throw impossible("write \(field.name):true, \(field.name):false or \(field.name):unknown")
    }
    return value.flag
  }

  func state() throws(QueryError) -> Query {
    switch State(rawValue: text.lowercased()) {
    case .private: return .flag(.isPrivate, true)
    case .emailable: return .flag(.canEmail, true)
    case nil: throw impossible("it takes one of: " + Self.list(State.allCases))
    }
  }

  func presence() throws(QueryError) -> Query {
    // Every name of the field is accepted: `has:tags` as well as `has:tag`.
    guard let presence = Field.named(text)?.presence ?? Presence(rawValue: text.lowercased()) else {
      throw impossible("it takes one of: " + Self.list(Presence.allCases))
    }
    return field.id == .has ? .present(presence) : .not(.present(presence))
  }

  func phone() throws(QueryError) -> String {
    let digits = text.unicodeScalars.filter { $0.properties.numericType == .decimal }
    guard digits.count >= PhoneText.minimumDigits else {
      throw impossible("it takes a number, or its last digits, at least \(PhoneText.minimumDigits)")
    }
    return text
  }

  func time(now: Timestamp) throws(QueryError) -> TimeRange {
    guard !clause.value.isPrefix, let range = TimeValue.range(text, now: now) else {
      throw impossible(
        """
        write a year, month or day (2024, 2024-03, 2024-03-01), an age (30d, 2w, 6m, 1y), today or yesterday, with \
        >, >=, < or <= before it, or two of them with .. between
        """)
    }
    return range
  }

  func error(_ problem: String, advice: String) -> QueryError {
    QueryError(query: query, place: clause.place, problem: problem, advice: advice)
  }

  private func impossible(_ advice: String) -> QueryError {
    error("\(field.name): cannot be “\((clause.value.isPrefix ? text + "*" : text).cut)”", advice: advice)
  }

  private static func list<Value: RawRepresentable<String>>(_ values: [Value]) -> String {
    values.map(\.rawValue).joined(separator: ", ")
  }
}

/// A value of a flag, as queries spell it.
enum FlagValue: String {
  case yes = "true"
  case no = "false"
  case unknown

  init?(_ text: String) {
    switch text.lowercased() {
    case "true", "yes": self = .yes
    case "false", "no": self = .no
    case "unknown", "null": self = .unknown
    default: return nil
    }
  }

  var flag: Bool? {
    switch self {
    case .yes: true
    case .no: false
    case .unknown: nil
    }
  }
}
