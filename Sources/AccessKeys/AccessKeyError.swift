/// What is wrong with a key, or with a file of keys. No text contains a secret or a hash.
public enum AccessKeyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A name that no key may have, and why.
  case invalidName(String)
  /// The file contains a key with this name.
  case nameTaken(String)
  /// The file contains no key with this name.
  case unknownName(String)
  /// A key without any right.
  case noRights
  /// Rights that a key with a scope may not have.
  case rightsWithScope([AccessRight])
  /// A scope of white space: it would be all candidates.
  case emptyScope
  /// A scope beyond `AccessKey.maximumScopeLength`.
  case scopeTooLong
  /// A file beyond `AccessKeyFile.maximumKeys`.
  case tooManyKeys(path: String)
  /// There is no file.
  case missing(path: String)
  /// The system cannot read the file.
  case notReadable(path: String, reason: String)
  /// The system cannot write the file.
  case notWritable(path: String, reason: String)
  /// Other users can read or write the file.
  case sharedWithOthers(path: String)
  /// The file belongs to another user, who can change it.
  case foreign(path: String)
  /// A line that is no key, and why.
  case malformed(path: String, line: Int, problem: String)
  /// Another process changes the file all the time.
  case busy(path: String)

  /// The problem in a line.
  public var description: String {
    switch self {
    case .invalidName(let reason): "the name of a key cannot be used: \(reason)"
    case .nameTaken(let name): "there is a key called “\(name)” already"
    case .unknownName(let name): "there is no key called “\(name)”"
    case .noRights: "a key has at least one right"
    case .rightsWithScope(let rights):
      "a key with a scope may not have: \(rights.map(\.rawValue).joined(separator: ", "))"
    case .emptyScope: "the scope of a key is empty, which would be all candidates"
    case .scopeTooLong: "the scope of a key has at most \(AccessKey.maximumScopeLength) characters"
    case .tooManyKeys(let path): "\(path): a file has at most \(AccessKeyFile.maximumKeys) keys"
    case .missing(let path): "\(path): there are no keys here"
    case .notReadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .notWritable(let path, let reason): "\(path): cannot be written: \(reason)"
    case .sharedWithOthers(let path): "\(path): other users can read or write the keys"
    case .foreign(let path): "\(path): the keys belong to another user"
    case .malformed(let path, let line, let problem): "\(path):\(line): \(problem)"
    case .busy(let path): "\(path): another process is changing the keys"
    }
  }
}
