/// What is wrong with a configuration, and where. It never contains a secret.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A place in a file.
  public struct Place: Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// The column in Unicode scalars, from 1.
    public let column: Int

    /// Creates a place.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// The path of the file; nil for what no file says.
  public let path: String?
  /// The place in the file; nil for the file as a whole.
  public let place: Place?
  /// The problem, in a sentence.
  public let problem: String

  /// Creates an error.
  public init(_ problem: String, path: String? = nil, at place: Place? = nil) {
    self.problem = problem
    self.path = path
    self.place = place
  }

  /// The problem in a line, with its place as compilers write it: `file:line:column: problem`.
  public var description: String {
    guard let path else { return problem }
    guard let place else { return "\(path): \(problem)" }
    return "\(path):\(place.line):\(place.column): \(problem)"
  }
}
