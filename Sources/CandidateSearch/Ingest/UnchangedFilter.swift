import GRDB

/// Tells which records the index holds already, as they are: of those nothing need be prepared. The writer looks
/// again, so that a wrong answer costs time and nothing else.
struct UnchangedFilter {
  private let reader: any DatabaseReader
  private let connector: String
  /// Whether asking has paid: at least half of the last batch that was asked for was held.
  private(set) var isWorthAsking: Bool
  private let isEmpty: Bool
  private var unasked = 0

  /// After so many batches that were not asked for, one is asked for again.
  private static let patience = 8

  init(_ reader: any DatabaseReader, connector: String) throws {
    (self.reader, self.connector) = (reader, connector)
    isEmpty =
      try reader.read { try Bool.fetchOne($0, sql: "SELECT NOT EXISTS (SELECT 1 FROM candidate)") } ?? true
    isWorthAsking = !isEmpty
  }

  /// Notes that a batch went by without asking.
  mutating func skip() {
    unasked += 1
    if !isEmpty, unasked % Self.patience == 0 { isWorthAsking = true }
  }

  /// Which of these records are held.
  mutating func hold(_ records: [IncomingRecord]) throws -> [Bool] {
    let held = try reader.read { db in
      let finder = try RecordFinder(db)
      guard let connector = try finder.connectorNumber(connector) else {
        return [Bool](repeating: false, count: records.count)
      }
      return try records.map { try finder.known(id: $0.id, connector: connector)?.content == $0.content }
    }
    isWorthAsking = held.count { $0 } * 2 >= held.count
    return held
  }
}
