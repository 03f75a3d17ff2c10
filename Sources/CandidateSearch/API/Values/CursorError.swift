/// A cursor that does not continue this search.
public enum CursorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// This index did not issue it.
  case forged
  /// It belongs to another query or to other options.
  case foreign

  /// The problem.
  public var description: String {
    switch self {
    case .forged: "this cursor was not issued by this index"
    case .foreign: "the cursor belongs to another query, or to other options"
    }
  }
}
