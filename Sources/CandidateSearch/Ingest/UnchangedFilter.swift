/// Tells which records the index contains already, as they are: of those nothing need be prepared. The writer looks
/// again, so that a wrong answer costs time and nothing else.
struct UnchangedFilter {
  private let engine: any IndexEngine
  private let connector: String
  /// Whether looking records up is worth its cost: at least half of the last batch was unchanged.
  private(set) var isWorthLookingUp: Bool
  private let isEmpty: Bool
  private var batchesWithoutLookup = 0

  /// After this many batches without look-ups, one is looked up again.
  private static let batchesPerLookup = 8

  init(_ engine: any IndexEngine, connector: String) throws {
    self.engine = engine
    self.connector = connector
    isEmpty = try engine.read { try $0.isEmpty() }
    isWorthLookingUp = !isEmpty
  }

  /// Notes that a batch went by without look-ups.
  mutating func skip() {
    batchesWithoutLookup += 1
    if !isEmpty, batchesWithoutLookup % Self.batchesPerLookup == 0 { isWorthLookingUp = true }
  }

  /// Which of these records the index contains.
  mutating func findUnchanged(_ records: [ReceivedRecord]) throws -> [Bool] {
    let isContained = try engine.read { snapshot in
      let known = try snapshot.known(ids: records.map(\.id), connector: connector)
      return zip(known, records).map { $0?.contentHash == $1.contentHash }
    }
    isWorthLookingUp = isContained.count { $0 } * 2 >= isContained.count
    return isContained
  }
}
