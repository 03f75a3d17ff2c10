import Foundation

extension ProgramConfiguration {
  /// The maximum length of a file, in bytes.
  public static let maximumLength = 1 << 20

  /// Reads a file: TOML, or the JSON of `cand-search sync` if its name ends with `.json` or it begins with a brace.
  ///
  /// Paths in it are relative to its folder. No secret is read yet.
  /// - Throws: `ConfigurationError` with the line and the column, for JSON with the object.
  public init(path: String) throws(ConfigurationError) { self = try ConfigurationFile(path: path).read() }

  /// Reads the bytes of a file with this path.
  /// - Throws: `ConfigurationError`, as above.
  public init(bytes: Data, path: String) throws(ConfigurationError) {
    self = try ConfigurationFile(bytes: bytes, path: path).read()
  }
}

/// The tables of a file, before the table of members says what they mean.
struct ConfigurationFile {
  let path: String
  let isJSON: Bool
  let table: ConfigurationTable

  /// Reads a file, which may be a pipe.
  init(path: String) throws(ConfigurationError) {
    let maximum = ProgramConfiguration.maximumLength
    guard let bytes = FileBytes.read(path, atMost: maximum) else {
      throw ConfigurationError("cannot be read, or has more than \(maximum) bytes", path: path)
    }
    try self.init(bytes: bytes, path: path)
  }

  init(bytes: Data, path: String) throws(ConfigurationError) {
    guard let text = String(bytes: bytes, encoding: .utf8) else {
      throw ConfigurationError("this is not UTF-8", path: path, at: Self.placeOfDamage(bytes))
    }
    let beginning = text.unicodeScalars.first { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }
    self.path = path
    isJSON = path.hasSuffix(".json") || beginning == "{" && !path.hasSuffix(".toml")
    table = try isJSON ? JSONText.read(bytes, path: path) : TOMLReader.read(text, path: path)
  }

  /// What the members mean.
  func read() throws(ConfigurationError) -> ProgramConfiguration {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return try MemberReader(path: path, isJSON: isJSON, folder: folder).read(table)
  }

  /// The beginning of the first line that is not UTF-8. No line break is a part of another character.
  private static func placeOfDamage(_ bytes: Data) -> ConfigurationError.Place? {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .firstIndex { String(bytes: $0, encoding: .utf8) == nil }
      .map { ConfigurationError.Place(line: $0 + 1, column: 1) }
  }
}

/// Reads JSON into the values of a configuration.
private enum JSONText {
  static func read(_ bytes: Data, path: String) throws(ConfigurationError) -> ConfigurationTable {
    guard let object = try? JSONDecoder().decode(Value.self, from: bytes),
      case .table(let table) = object.value.kind
    else { throw ConfigurationError("not a JSON object", path: path) }
    return table
  }

  private struct Value: Decodable {
    let value: ConfigurationValue

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      value = ConfigurationValue(try Self.kind(container))
    }

    private static func kind(_ container: any SingleValueDecodingContainer) throws -> ConfigurationValue.Kind
    {
      if let flag = try? container.decode(Bool.self) { return .boolean(flag) }
      if let text = try? container.decode(String.self) { return .text(text) }
      if let number = try? container.decode(Int.self) { return .integer(number) }
      if let list = try? container.decode([Value].self) { return .list(list.map(\.value)) }
      guard let members = try? container.decode([String: Value?].self) else { return .other }
      let table = ConfigurationTable(.inline)
      // A member that is null counts as left out.
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        if let value { _ = table.add(.init(name: name, place: nil, value: value.value)) }
      }
      return .table(table)
    }
  }
}
