import CSimdJSON

/// How large a record may be, so that none takes more than a bounded amount of memory and time.
///
/// What is beyond `maximumBytes`, `maximumDepth`, `maximumMembers` or `maximumIDBytes` is refused. What is beyond the other
/// limits is kept in the record byte for byte, is not searchable and is noted as `MemberDefect.Problem.tooManyElements`.
public enum RecordLimits {
  /// The length of a record in bytes, from brace to brace.
  public static let maximumBytes = 16 << 20
  /// Open brackets within one another, the record's own brace included.
  public static let maximumDepth = 128
  /// Members of the record itself.
  public static let maximumMembers = 10_000
  /// The length of an id in bytes of UTF-8. PostgreSQL cannot index an id of more than about 2,700 bytes. Ids of the API
  /// have 36.
  public static let maximumIDBytes = 1_000
  /// Elements of a list that are read, and members of an object in it.
  public static let maximumElements = 10_000
  /// Values that are read in all, members and elements.
  public static let maximumValues = 250_000

  /// What earlier versions took, and an index may contain.
  private static let storedDepth = 1024

  /// The limits of a record that comes in.
  static let received = csj_limits(
    depth: UInt32(maximumDepth), members: UInt32(maximumMembers), elements: UInt32(maximumElements),
    nodes: UInt32(maximumValues))
  /// The limits of a record, or a part of it, that an index contains: none refuses what earlier versions took.
  static let stored = csj_limits(
    depth: UInt32(storedDepth), members: .max, elements: UInt32(maximumElements), nodes: UInt32(maximumValues)
  )
}

/// Where the records of a decoder come from.
package enum RecordOrigin {
  /// From outside: all limits hold.
  case received
  /// From an index, where earlier versions may have stored what would now be refused.
  case stored
}
