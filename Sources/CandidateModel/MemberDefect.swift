/// Why a member of a record, or an element of its list, is not read as it is spelled. It refuses nothing: the record
/// comes in, byte for byte, without this value.
public struct MemberDefect: Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with a value.
  public enum Problem: Hashable, Sendable {
    /// A text that names no time. It counts as absent.
    case notATime
    /// A value of a kind that the field cannot have. It counts as absent.
    case wrongKind(expected: String, found: String)
    /// A privacy flag that is none of `true`, `false` and `null`. It counts as what shows and permits less.
    case unknownFlag(found: String, countsAs: Bool)
    /// A list with more elements than are read. The surplus is not searchable.
    case tooManyElements
    /// A text that is longer than what is indexed of one. The rest is not searchable.
    case tooLong
  }

  /// The member's name in the record.
  public let field: String
  /// What is wrong with it.
  public let problem: Problem

  package init(field: String, problem: Problem) {
    self.field = field
    self.problem = problem
  }

  /// The field, what is wrong, and what the value counts as.
  public var description: String { "\(field): \(problem)" }
}

extension MemberDefect.Problem: CustomStringConvertible {
  /// What is wrong, and what the value counts as.
  public var description: String {
    switch self {
    case .notATime: "not a time; counts as absent"
    case .wrongKind(let expected, let found): "expected \(expected), found \(found); counts as absent"
    case .unknownFlag(let found, let value):
      "expected true, false or null, found \(found); counts as \(value)"
    case .tooManyElements: "more elements than are read; the surplus is not searchable"
    case .tooLong: "longer than what is indexed; the rest is not searchable"
    }
  }
}

/// A defect with the number of its occurrences in one record.
public struct MemberDefectCount: Hashable, Sendable {
  /// The defect.
  public let defect: MemberDefect
  /// The number of values that have it.
  public internal(set) var count: Int
}

/// The defects of a record's members, each kind once with a count. Their number is bounded by the number of fields.
final class MemberDefects {
  private(set) var counts: [MemberDefectCount] = []

  func removeAll() { counts.removeAll(keepingCapacity: true) }

  func note(_ field: String, _ problem: MemberDefect.Problem) {
    let defect = MemberDefect(field: field, problem: problem)
    if let i = counts.firstIndex(where: { $0.defect == defect }) {
      counts[i].count += 1
    } else {
      counts.append(MemberDefectCount(defect: defect, count: 1))
    }
  }
}
