import CommandSupport
import Foundation

/// Where a key or a token comes from.
enum SecretSource {
  case literal(String)
  case variable(String)
  case file(String)

  /// The secret. Throws `ConfigurationError`, which names the place and never the secret.
  func read(_ variables: Variables) throws -> String {
    switch self {
    case .literal(let secret): return secret
    case .variable(let name):
      guard let secret = variables[name] else { throw ConfigurationError("the variable \(name) is not set") }
      return secret
    case .file(let path):
      PrivateFile.warnIfShared(path)
      guard let secret = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw ConfigurationError("\(path): cannot be read; a key or a token should stand there")
      }
      return secret
    }
  }
}
