import CandidateTime

/// How the values of members are read.
struct MemberKind<Value> {
  /// What a value must be, as in “it must be …”.
  let type: String
  /// A default as the file would write it.
  var text: (Value) -> String? = { _ in nil }
  var isSection = false
  /// The value; nil if it is not of the type.
  let read: (ConfigurationValue, MemberReader) throws(ConfigurationError) -> Value?

  /// A property that may be without a value.
  static func optional<Wrapped>(_ kind: MemberKind<Wrapped>) -> MemberKind where Value == Wrapped? {
    MemberKind(type: kind.type, text: { $0.flatMap(kind.text) }) { value, reader throws(ConfigurationError) in
      guard let value = try kind.read(value, reader) else { return nil }
      return .some(.some(value))
    }
  }

  /// A value that a text names.
  static func named(_ type: String) -> MemberKind where Value: LosslessStringConvertible {
    MemberKind(type: type, text: { "\"\($0)\"" }) { value, _ in value.text.flatMap { Value($0) } }
  }

  /// One of few words.
  static func choice() -> MemberKind where Value: RawRepresentable<String> & CaseIterable {
    let words = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    return MemberKind(type: "one of \(words)", text: { "\"\($0.rawValue)\"" }) { value, _ in
      value.text.flatMap { Value(rawValue: $0.lowercased()) }
    }
  }
}

extension MemberKind where Value == String {
  static var text: Self { MemberKind(type: "a text") { value, _ in value.text } }

  /// A text that contains something.
  static var name: Self {
    MemberKind(type: "a text that is not empty") { value, _ in value.text.flatMap { $0.isEmpty ? nil : $0 } }
  }

  /// A path, made absolute: it is relative to the folder of the configuration.
  static var path: Self {
    MemberKind(type: "the path of a file") { value, reader in
      value.text.flatMap { $0.isEmpty || $0.utf8.contains(0) ? nil : reader.absolute($0) }
    }
  }
}

extension MemberKind where Value == Int {
  static func integer(_ range: ClosedRange<Int>) -> Self {
    MemberKind(type: "a whole number from \(range.lowerBound) to \(range.upperBound)", text: String.init) {
      value, _ in
      if case .integer(let number) = value.kind, range.contains(number) { number } else { nil }
    }
  }
}

extension MemberKind where Value == Bool {
  static var flag: Self {
    MemberKind(type: "true or false", text: { $0 ? "true" : "false" }) { value, _ in
      if case .boolean(let flag) = value.kind { flag } else { nil }
    }
  }
}

extension MemberKind where Value == [String] {
  /// Origins of RFC 6454: a scheme, a host and perhaps a port.
  static var origins: Self {
    MemberKind(type: "a list of origins such as \"https://example.com\"", text: { $0.isEmpty ? "[]" : nil }) {
      value, _ in
      guard case .list(let values) = value.kind else { return nil }
      let origins = values.compactMap(\.text).filter {
        $0.wholeMatch(of: /https?:\/\/[A-Za-z0-9.\-\[\]:]+/) != nil
      }
      return origins.count == values.count ? origins : nil
    }
  }
}

extension MemberKind where Value == SecretSource {
  static var secret: Self { MemberKind(type: "a text") { value, _ in value.text.map { .literal($0) } } }

  static var secretVariable: Self {
    MemberKind(type: "the name of a variable") { value, _ in
      value.text.flatMap { $0.isEmpty || $0.utf8.contains(UInt8(ascii: "=")) ? nil : .variable($0) }
    }
  }

  static var secretFile: Self {
    MemberKind(type: "the path of a file") { value, reader throws(ConfigurationError) in
      try MemberKind<String>.path.read(value, reader).map { .file($0) }
    }
  }
}

extension MemberKind where Value: ConfigurationSection {
  static var section: Self {
    MemberKind(type: "a table", isSection: true) { value, reader throws(ConfigurationError) in
      guard case .table(let table) = value.kind else { return nil }
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
    return MemberKind(type: "a list of objects\(limit)", isSection: true) {
      value, reader throws(ConfigurationError) in
      guard let tables = value.tables, tables.count <= maximum else { return nil }
      var sections: [Section] = []
      for (number, table) in tables.enumerated() {
        sections.append(try reader.inside("\(name) \(table["name"]?.text ?? "\(number + 1)")").read(table))
      }
      return sections
    }
  }
}

extension ConfigurationValue {
  var text: String? { if case .text(let text) = kind { text } else { nil } }

  /// Several tables; nil for anything else.
  fileprivate var tables: [ConfigurationTable]? {
    switch kind {
    case .tables(let tables): return tables.list
    case .list(let values):
      let tables = values.compactMap { value in
        if case .table(let table) = value.kind { table } else { nil as ConfigurationTable? }
      }
      return tables.count == values.count ? tables : nil
    default: return nil
    }
  }
}
