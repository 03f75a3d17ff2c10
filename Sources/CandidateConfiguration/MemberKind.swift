import CandidateTime

/// How the values of members are read.
struct MemberKind<Value> {
  /// What a value must be, as in “it must be …”.
  let type: String
  /// The value for people; nil for none.
  var shown: (Value) -> ConfigurationEntry.Value? = { _ in nil }
  /// The value of a variable for people.
  var shownFallback: (String) -> ConfigurationEntry.Value = { .text($0) }
  /// What a property becomes if it has a value and another place states one.
  var combined: (_ former: Value, _ next: Value) -> Value = { $1 }
  /// Sets the members of a table by the variables of an environment.
  var setByVariables: (inout Value, [String: String]) throws(ConfigurationError) -> Void = {
    _, _ throws(ConfigurationError) in
  }
  /// The entries of a value that has not exactly one.
  var entries: ((Value, ConfigurationValue?, _ name: String, EntryList) -> [ConfigurationEntry])?
  var isSection = false
  /// The value; nil if it is not of the type.
  let read: (ConfigurationValue, MemberReader) throws(ConfigurationError) -> Value?

  /// A property that may be without a value.
  static func optional<Wrapped>(_ kind: MemberKind<Wrapped>) -> MemberKind where Value == Wrapped? {
    MemberKind(
      type: kind.type, shown: { $0.flatMap(kind.shown) }, shownFallback: kind.shownFallback
    ) { value, reader throws(ConfigurationError) in
      guard let value = try kind.read(value, reader) else { return nil }
      return .some(.some(value))
    }
  }

  /// A value that a text names.
  static func named(_ type: String) -> MemberKind where Value: LosslessStringConvertible {
    MemberKind(type: type, shown: { .text("\($0)") }) { value, _ in value.text.flatMap { Value($0) } }
  }

  /// One of few words.
  static func choice() -> MemberKind where Value: RawRepresentable<String> & CaseIterable {
    let words = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    return MemberKind(type: "one of \(words)", shown: { .text($0.rawValue) }) { value, _ in
      value.text.flatMap { Value(rawValue: $0.lowercased()) }
    }
  }
}

extension MemberKind where Value == String {
  /// A text that contains something.
  static var name: Self {
    MemberKind(type: "a text that is not empty", shown: { .text($0) }) { value, _ in
      value.text.flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  /// The address of an API. One with a password will be refused, and is not shown.
  static var address: Self {
    let shown: (String) -> ConfigurationEntry.Value = { $0.contains("@") ? .secret : .text($0) }
    return MemberKind(type: name.type, shown: shown, shownFallback: shown, read: name.read)
  }

  /// A path as `path` reads it, or the address of an index on a server.
  static var location: Self {
    MemberKind(type: "the path of a file, or the address of a server", shown: path.shown) {
      value, reader throws(ConfigurationError) in
      guard let text = value.text, text.wholeMatch(of: /postgres(ql)?:\/\/.*/) != nil else {
        return try path.read(value, reader)
      }
      return text
    }
  }

  /// A path, made absolute: it is relative to the folder of the configuration.
  static var path: Self {
    MemberKind(type: "the path of a file", shown: { .text($0) }) { value, reader in
      value.text.flatMap { $0.isEmpty || $0.utf8.contains(0) ? nil : reader.absolute($0) }
    }
  }
}

extension MemberKind where Value == Int {
  static func integer(_ range: ClosedRange<Int>) -> Self {
    MemberKind(
      type: "a whole number from \(range.lowerBound) to \(range.upperBound)", shown: { .integer($0) }
    ) {
      value, _ in
      if case .integer(let number) = value.kind, range.contains(number) { number } else { nil }
    }
  }
}

extension MemberKind where Value == Bool {
  static var flag: Self {
    MemberKind(type: "true or false", shown: { .flag($0) }) { value, _ in
      if case .boolean(let flag) = value.kind { flag } else { nil }
    }
  }
}

extension MemberKind where Value == [String] {
  /// Origins of RFC 6454: a scheme, a host and perhaps a port.
  static var origins: Self {
    MemberKind(type: "a list of origins such as \"https://example.com\"", shown: { .list($0) }) { value, _ in
      guard case .list(let values) = value.kind else { return nil }
      let origins = values.compactMap(\.text).filter {
        $0.wholeMatch(of: /https?:\/\/[A-Za-z0-9.\-\[\]:]+/) != nil
      }
      return origins.count == values.count ? origins : nil
    }
  }
}

extension MemberKind where Value == Visibility {
  /// What two places state applies together: the narrower.
  static var visibility: Self {
    var kind = Self.choice()
    kind.combined = { $0 == .public ? .public : $1 }
    return kind
  }
}

extension MemberKind where Value == [ScopeFilter] {
  /// A filter. What two places state applies together.
  static var filters: Self {
    MemberKind(
      type: "a text that is not empty", combined: { $0 + $1 },
      entries: { filters, _, name, list in
        filters.isEmpty
          ? [list.entry(name, nil, .standard)]
          : filters.map { list.entry(name, .text($0.text), $0.source) }
      }
    ) { value, reader in
      value.text.flatMap { $0.isEmpty ? nil : [ScopeFilter(text: $0, source: reader.source(of: value))] }
    }
  }
}

extension MemberKind where Value == SecretSource {
  static var secret: Self {
    secret("a text") { value, _ in value.text.map { .literal($0) } }
  }

  static var secretVariable: Self {
    secret("the name of a variable") { value, _ in
      value.text.flatMap { $0.isEmpty || $0.utf8.contains(UInt8(ascii: "=")) ? nil : .variable($0) }
    }
  }

  static var secretFile: Self {
    secret("the path of a file") { value, reader throws(ConfigurationError) in
      try MemberKind<String>.path.read(value, reader).map { .file($0) }
    }
  }

  private static func secret(
    _ type: String,
    _ read: @escaping (ConfigurationValue, MemberReader) throws(ConfigurationError) -> SecretSource?
  ) -> Self {
    let shown: (SecretSource) -> ConfigurationEntry.Value? = { source in
      switch source {
      case .literal: .secret
      case .variable(let text), .file(let text): .text(text)
      }
    }
    return MemberKind(type: type, shown: shown, shownFallback: { _ in .secret }, read: read)
  }
}

extension MemberKind where Value: ConfigurationSection {
  static var section: Self {
    MemberKind(
      type: "a table",
      setByVariables: { section, environment throws(ConfigurationError) in
        try section.setByVariables(environment)
      },
      entries: { section, value, name, list in
        list.inside(name).entries(of: section, value?.table)
      }, isSection: true
    ) { value, reader throws(ConfigurationError) in
      guard let table = value.table else { return nil }
      return try reader.read(table)
    }
  }
}

extension MemberKind {
  /// Several tables of one kind: `[[name]]`, or a list of them.
  static func sections<Section: ConfigurationSection>(
    _ name: String, atMost maximum: Int = .max
  ) -> MemberKind where Value == [Section] {
    let limit = maximum == .max ? "" : ", at most \(maximum)"
    return MemberKind(
      type: "a list of objects\(limit)",
      entries: { sections, value, _, list in
        zip(sections, value?.tables ?? []).enumerated().flatMap { number, element in
          list.inside(tableName(name, element.1, number)).entries(of: element.0, element.1)
        }
      }, isSection: true
    ) { value, reader throws(ConfigurationError) in
      guard let tables = value.tables, tables.count <= maximum else { return nil }
      var sections: [Section] = []
      for (number, table) in tables.enumerated() {
        sections.append(try reader.inside(tableName(name, table, number)).read(table))
      }
      return sections
    }
  }

  /// What errors and entries call one of several tables: by its name, else by its number.
  private static func tableName(_ name: String, _ table: ConfigurationTable, _ number: Int) -> String {
    "\(name) \(table["name"]?.text ?? "\(number + 1)")"
  }
}

extension ConfigurationValue {
  var text: String? { if case .text(let text) = kind { text } else { nil } }

  /// A table; nil for anything else.
  fileprivate var table: ConfigurationTable? { if case .table(let table) = kind { table } else { nil } }

  /// Several tables; nil for anything else.
  var tables: [ConfigurationTable]? {
    switch kind {
    case .tables(let tables): return tables.list
    case .list(let values):
      let tables = values.compactMap(\.table)
      return tables.count == values.count ? tables : nil
    default: return nil
    }
  }
}
