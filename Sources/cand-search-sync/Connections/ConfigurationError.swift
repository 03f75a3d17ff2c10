/// A configuration that cannot be used, and what to do. It never holds a secret.
struct ConfigurationError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
