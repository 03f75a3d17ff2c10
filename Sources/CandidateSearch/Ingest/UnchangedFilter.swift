/// Tells which records the index holds already, as they are: of those nothing need be prepared. The writer looks
/// again, so that a wrong answer costs time and nothing else.
struct UnchangedFilter {
  private let engine: any IndexEngine
  private let connector: String
  /// Whether looking records up is worth its cost: at least half of the last batch was unchanged.
  private(set) var isWorthAsking: Bool
  private let isEmpty: Bool
  private var unasked = 0

  /// After this many batches without look-ups, one is looked up again.
  private static let patience = 8

  init(_ engine: any IndexEngine, connector: String) throws {
    self.engine = engine
    self.connector = connector
    isEmpty = try engine.read { try $0.isEmpty() }
    isWorthAsking = !isEmpty
  }

  /// Notes that a batch went by without asking.
  mutating func skip() {
    unasked += 1
    if !isEmpty, unasked % Self.patience == 0 { isWorthAsking = true }
  }

  /// Which of these records are held.
  mutating func hold(_ records: [ReceivedRecord]) throws -> [Bool] {
    let held = try engine.read { snapshot in
      let known = try snapshot.known(ids: records.map(\.id), connector: connector)
      return zip(known, records).map { $0?.content == $1.content }
    }
    isWorthAsking = held.count { $0 } * 2 >= held.count
    return held
  }
}
