/// How a later state of the corpus differs from the first: what a resync brings.
public struct CorpusRevision: Sendable, Hashable {
  /// By how many days every `modified_at` is later. A resync moves them all, even where nothing else changed.
  public var modifiedShiftDays: Int
  /// How many records have another title.
  public var changed: Int
  /// Among how many records these are evenly spread.
  public var records: Int

  /// The most days that times can be shifted by, forward or back: they stay after 1970.
  public static let longestShift = 10_000

  /// The first state: nothing has changed.
  public static let original = CorpusRevision()

  /// A state with shifted times, and with other titles in `changed` of `records` records.
  public init(modifiedShiftDays: Int = 0, changed: Int = 0, of records: Int = 0) {
    precondition(abs(modifiedShiftDays) <= Self.longestShift, "times must stay after 1970")
    precondition(changed >= 0 && changed <= records, "no more records can change than there are")
    self.modifiedShiftDays = modifiedShiftDays
    self.changed = changed
    self.records = records
  }

  /// Whether a record has another title than at first.
  public func changes(_ record: Int) -> Bool {
    guard changed > 0, record < records else { return false }
    return (record + 1) * changed / records > record * changed / records
  }
}
