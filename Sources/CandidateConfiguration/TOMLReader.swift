/// Reads the part of TOML 1.0 that configurations need: tables, lists of tables, texts, whole numbers, `true`, `false`,
/// lists and inline tables.
///
/// Fractions and dates are errors, since no member takes one. A text is read in linear time. No error cites a value,
/// which may be a secret.
struct TOMLReader {
  /// The maximum number of tables and lists within one another.
  static let maximumDepth = 32

  let path: String
  var scanner: TOMLScanner
  private let root: ConfigurationTable
  private var current: ConfigurationTable
  private var currentDepth = 0

  /// Reads a text.
  /// - Throws: `ConfigurationError` with the place.
  static func read(_ text: String, path: String) throws(ConfigurationError) -> ConfigurationTable {
    var reader = TOMLReader(text, path: path)
    try reader.readLines()
    return reader.root
  }

  private init(_ text: String, path: String) {
    self.path = path
    scanner = TOMLScanner(text)
    root = ConfigurationTable(.header, at: scanner.place)
    current = root
  }

  private typealias Key = (name: String, place: ConfigurationError.Place)

  func error(_ problem: String, at place: ConfigurationError.Place? = nil) -> ConfigurationError {
    ConfigurationError(problem, path: path, at: place ?? scanner.place)
  }

  private mutating func readLines() throws(ConfigurationError) {
    while true {
      scanner.skipBlanks()
      if scanner.isAtEnd { return }
      switch scanner.next {
      case "\n", "\r", "#": break
      case "[": try readHeader()
      default: try readMember(of: current, depth: currentDepth)
      }
      try endLine()
    }
  }

  /// Reads a comment and the end of the line.
  private mutating func endLine() throws(ConfigurationError) {
    scanner.skipBlanks()
    try skipComment()
    if scanner.isAtEnd || scanner.takeLineBreak() { return }
    throw error("there must be nothing else on this line")
  }

  private mutating func skipComment() throws(ConfigurationError) {
    guard scanner.take("#") else { return }
    while let scalar = scanner.next, !scanner.isAtLineBreak {
      if TOMLScanner.isControl(scalar) { throw error("a control character") }
      scanner.advance()
    }
  }

  // MARK: - Tables

  /// Reads `[name]` or `[[name]]`.
  private mutating func readHeader() throws(ConfigurationError) {
    let place = scanner.place
    scanner.advance()
    let isList = scanner.take("[")
    let keys = try readKeys()
    guard scanner.take("]"), !isList || scanner.take("]") else {
      throw error("the name of a table must end with \(isList ? "]]" : "]")")
    }
    guard keys.count <= Self.maximumDepth else { throw tooDeep(place) }
    var table = root
    for key in keys.dropLast() { table = try self.table(key, in: table, or: .implicit) }
    guard let last = keys.last else { return }
    current = try isList ? newElement(last, in: table, place) : newTable(last, in: table, place)
    currentDepth = keys.count
  }

  private func tooDeep(_ place: ConfigurationError.Place) -> ConfigurationError {
    error("more than \(Self.maximumDepth) tables and lists within one another", at: place)
  }

  /// The table with a name, the last one of several; a new one if there is none.
  private func table(
    _ key: Key, in table: ConfigurationTable, or origin: ConfigurationTable.Origin
  ) throws(ConfigurationError) -> ConfigurationTable {
    switch table[key.name]?.kind {
    case nil:
      let new = ConfigurationTable(origin, at: key.place)
      _ = table.add(
        .init(name: key.name, place: key.place, value: ConfigurationValue(.table(new), at: key.place)))
      return new
    case .table(let found) where found.origin != .inline && (origin == .implicit || found.origin == .dotted):
      return found
    case .tables(let found):
      if origin == .implicit, let last = found.list.last { return last }
      throw definedTwice(key)
    default: throw definedTwice(key)
    }
  }

  private func newTable(
    _ key: Key, in table: ConfigurationTable, _ place: ConfigurationError.Place
  ) throws(ConfigurationError) -> ConfigurationTable {
    if case .table(let found)? = table[key.name]?.kind, found.origin == .implicit {
      found.origin = .header
      return found
    }
    let new = ConfigurationTable(.header, at: place)
    guard
      table.add(.init(name: key.name, place: key.place, value: ConfigurationValue(.table(new), at: place)))
    else { throw definedTwice(key) }
    return new
  }

  private func newElement(
    _ key: Key, in table: ConfigurationTable, _ place: ConfigurationError.Place
  ) throws(ConfigurationError) -> ConfigurationTable {
    let new = ConfigurationTable(.header, at: place)
    if case .tables(let found)? = table[key.name]?.kind {
      found.list.append(new)
      return new
    }
    let tables = ConfigurationTables()
    tables.list = [new]
    guard
      table.add(
        .init(name: key.name, place: key.place, value: ConfigurationValue(.tables(tables), at: place)))
    else { throw definedTwice(key) }
    return new
  }

  private func definedTwice(_ key: Key) -> ConfigurationError {
    error("this is defined twice", at: key.place)
  }

  // MARK: - Members

  /// Reads `name = value`.
  private mutating func readMember(of table: ConfigurationTable, depth: Int) throws(ConfigurationError) {
    let keys = try readKeys()
    guard scanner.take("=") else { throw error("there must be = after the name") }
    scanner.skipBlanks()
    let depth = depth + keys.count
    guard depth <= Self.maximumDepth, let last = keys.last else { throw tooDeep(scanner.place) }
    let value = try readValue(depth: depth)
    var table = table
    for key in keys.dropLast() { table = try self.table(key, in: table, or: .dotted) }
    guard table.add(.init(name: last.name, place: last.place, value: value)) else { throw definedTwice(last) }
  }

  /// Reads names with dots between, and the blanks around them.
  private mutating func readKeys() throws(ConfigurationError) -> [Key] {
    var keys: [Key] = []
    repeat {
      scanner.skipBlanks()
      let place = scanner.place
      let name: String
      switch scanner.next {
      case "\"": name = try readBasicText()
      case "'": name = try readLiteralText()
      default: name = scanner.takeBareKey()
      }
      guard !name.isEmpty || scanner.place != place else { throw error("there must be a name here") }
      keys.append((name, place))
      scanner.skipBlanks()
      // A name of more parts is too deep anyway.
    } while keys.count <= Self.maximumDepth && scanner.take(".")
    return keys
  }

  // MARK: - Values

  private mutating func readValue(depth: Int) throws(ConfigurationError) -> ConfigurationValue {
    let place = scanner.place
    switch scanner.next {
    case "\"":
      let isLong = scanner.follows("\"\"\"")
      return ConfigurationValue(.text(try isLong ? readLongBasicText() : readBasicText()), at: place)
    case "'":
      let isLong = scanner.follows("'''")
      return ConfigurationValue(.text(try isLong ? readLongLiteralText() : readLiteralText()), at: place)
    case "[", "{":
      guard depth < Self.maximumDepth else { throw tooDeep(place) }
      let kind = try scanner.next == "[" ? readList(depth: depth + 1) : readInlineTable(depth: depth + 1)
      return ConfigurationValue(kind, at: place)
    default:
      guard let kind = TOMLScanner.bareValue(scanner.takeBareValue()) else {
        throw error("a value must be a text in quotes, a whole number, true or false", at: place)
      }
      return ConfigurationValue(kind, at: place)
    }
  }

  private mutating func readList(depth: Int) throws(ConfigurationError) -> ConfigurationValue.Kind {
    scanner.advance()
    var values: [ConfigurationValue] = []
    while true {
      try skipLines()
      if scanner.take("]") { return .list(values) }
      values.append(try readValue(depth: depth))
      try skipLines()
      if !scanner.take(","), scanner.next != "]" {
        throw error("there must be , or ] after a value of a list")
      }
    }
  }

  /// Skips white space, line breaks and comments.
  private mutating func skipLines() throws(ConfigurationError) {
    repeat {
      scanner.skipBlanks()
      try skipComment()
    } while scanner.takeLineBreak()
  }

  private mutating func readInlineTable(depth: Int) throws(ConfigurationError) -> ConfigurationValue.Kind {
    let table = ConfigurationTable(.inline, at: scanner.place)
    scanner.advance()
    scanner.skipBlanks()
    if scanner.take("}") { return .table(table) }
    while true {
      try readMember(of: table, depth: depth)
      scanner.skipBlanks()
      if scanner.take("}") {
        Self.close(table)
        return .table(table)
      }
      guard scanner.take(",") else { throw error("there must be , or } after a member of a table") }
    }
  }

  /// Nothing can be added to a table in braces, nor to a table that a dotted key in them has defined.
  private static func close(_ table: ConfigurationTable) {
    table.origin = .inline
    for member in table.members {
      if case .table(let inner) = member.value.kind, inner.origin == .dotted { close(inner) }
    }
  }
}
