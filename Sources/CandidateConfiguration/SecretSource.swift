import Foundation

/// Where a key or a token comes from. It does not show a secret, however it is printed.
public enum SecretSource: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The secret itself.
  case literal(String)
  /// A variable of the environment.
  case variable(String)
  /// A file that contains nothing else.
  case file(String)

  /// The maximum length of a file, in bytes.
  private static let maximumLength = 64 << 10

  /// The secret, without white space around it. An empty variable counts as none.
  /// - Throws: `ConfigurationError`, which names the place and never the secret.
  public func read(_ environment: [String: String] = ProcessInfo.processInfo.environment)
    throws(ConfigurationError) -> String
  {
    switch self {
    case .literal(let secret): return Self.trimmed(secret)
    case .variable(let name):
      let secret = environment[name].map(Self.trimmed) ?? ""
      guard !secret.isEmpty else { throw ConfigurationError("the variable \(name) is not set") }
      return secret
    case .file(let path):
      guard let bytes = FileBytes.read(path, atMost: Self.maximumLength),
        let secret = String(bytes: bytes, encoding: .utf8)
      else { throw ConfigurationError("cannot be read; a key or a token should stand there", path: path) }
      return Self.trimmed(secret)
    }
  }

  /// The kind of the source, and the name of the variable or the path.
  public var description: String {
    switch self {
    case .literal: "a secret"
    case .variable(let name): "the variable \(name)"
    case .file(let path): path
    }
  }

  /// The same.
  public var debugDescription: String { description }
  /// The same.
  public var customMirror: Mirror { Mirror(self, children: ["source": description]) }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// Reads small files, which may be pipes.
enum FileBytes {
  /// The bytes of a file; nil if it cannot be read or is longer.
  static func read(_ path: String, atMost maximum: Int) -> Data? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard let bytes = try? file.read(upToCount: maximum + 1) ?? Data(), bytes.count <= maximum else {
      return nil
    }
    return bytes
  }
}
