import BindbeeClient
import CommandSupport
import Foundation

/// A configuration file: several connectors, and where their secrets are.
struct ConnectionFile {
  struct Entry {
    var name: String
    var apiKey: SecretSource?
    var token: SecretSource
    var baseURL: String?
    var includesCustomFields: Bool
    var includesRawData: Bool
  }

  let entries: [Entry]
  let apiKey: SecretSource?

  /// Reads a file. Throws `ConfigurationError`.
  init(path: String) throws {
    PrivateFile.warnIfShared(path)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError("\(path): cannot be read")
    }
    guard let members = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw ConfigurationError("\(path): not a JSON object; see cand-search help sync")
    }
    var object = ConfigurationObject(members, place: path, folder: Self.folder(of: path))
    apiKey = try object.secret("api_key")
    entries = try object.objects("connectors").map(Self.entry)
    try object.expectNothingElse()
    try Self.check(entries, path)
  }

  private static func folder(of path: String) -> String {
    URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  private static func entry(_ object: ConfigurationObject) throws -> Entry {
    var object = object
    guard let name = try object.text("name"), !name.isEmpty else { throw object.error("it has no name") }
    guard let token = try object.secret("token") else {
      throw object.error("it has no token, token_variable or token_file")
    }
    let region = try object.text("region")
    let baseURL = try object.text("base_url")
    if region != nil, baseURL != nil { throw object.error("name a region or a base_url") }
    let entry = Entry(
      name: name, apiKey: try object.secret("api_key"), token: token,
      baseURL: try region.map { try Self.baseURL(of: $0, object) } ?? baseURL,
      includesCustomFields: try object.flag("include_custom_fields"),
      includesRawData: try object.flag("include_raw_data"))
    try object.expectNothingElse()
    return entry
  }

  private static func baseURL(of name: String, _ object: ConfigurationObject) throws -> String {
    guard let region = BindbeeAccess.Region(rawValue: name.lowercased()) else {
      throw object.error("there is no region “\(name)”; write us or eu, or give a base_url")
    }
    return region.baseURL
  }

  private static func check(_ entries: [Entry], _ path: String) throws {
    if entries.isEmpty { throw ConfigurationError("\(path): it names no connector") }
    var names: Set<String> = []
    for entry in entries where !names.insert(entry.name).inserted {
      throw ConfigurationError("\(path): two connectors are called \(entry.name)")
    }
  }
}

/// An object of the file, of which each member is taken once.
struct ConfigurationObject {
  private var members: [String: Any]
  private let place: String
  private let folder: String

  init(_ members: [String: Any], place: String, folder: String) {
    (self.members, self.place, self.folder) = (members, place, folder)
  }

  func error(_ text: String) -> ConfigurationError { ConfigurationError("\(place): \(text)") }

  mutating func text(_ name: String) throws -> String? { try take(name, "a text") }

  mutating func flag(_ name: String) throws -> Bool { try take(name, "true or false") ?? false }

  mutating func objects(_ name: String) throws -> [ConfigurationObject] {
    let objects: [[String: Any]] = try take(name, "a list of objects") ?? []
    return objects.enumerated().map { number, members in
      ConfigurationObject(
        members, place: "\(place): connector \(members["name"] as? String ?? "\(number + 1)")", folder: folder
      )
    }
  }

  /// A secret itself, the variable or the file that holds it. A file's path is relative to the configuration's.
  mutating func secret(_ name: String) throws -> SecretSource? {
    let sources = [
      try text(name).map(SecretSource.literal),
      try text(name + "_variable").map(SecretSource.variable),
      try text(name + "_file").map { SecretSource.file($0.hasPrefix("/") ? $0 : folder + "/" + $0) },
    ].compactMap(\.self)
    if sources.count > 1 { throw error("give one of \(name), \(name)_variable and \(name)_file") }
    return sources.first
  }

  /// A name that is misspelled would be taken for left out.
  func expectNothingElse() throws {
    if let name = members.keys.min() {
      throw error("there is no setting “\(name)”; see cand-search help sync")
    }
  }

  private mutating func take<T>(_ name: String, _ kind: String) throws -> T? {
    guard let value = members.removeValue(forKey: name), !(value is NSNull) else { return nil }
    guard let value = value as? T else { throw error("\(name): it must be \(kind)") }
    return value
  }
}
