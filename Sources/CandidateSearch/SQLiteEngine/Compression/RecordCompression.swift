import GRDB

/// Stores records compressed, or as they are, within one write transaction.
///
/// In a file with compression, records are stored as they are until there are enough of them for a dictionary. All records
/// are compressed with one dictionary. A new one is trained when the number of records first reaches each of
/// `trainingCounts`, when the index is rebuilt, and when people are forgotten; then all records are compressed again.
final class RecordCompression {
  private let db: Database
  private let store: DictionaryStore
  private let decompressor: RecordDecompressor
  private lazy var compressor = Result { try makeCompressor() }

  /// The numbers of records at which a dictionary is trained.
  static let trainingCounts = [1_000, 10_000]

  init(_ db: Database, _ decompressor: RecordDecompressor) {
    self.db = db
    self.decompressor = decompressor
    store = DictionaryStore(db: db)
  }

  convenience init(_ db: Database) { self.init(db, RecordDecompressor(db, DecompressionCache())) }

  static func isEnabled(_ db: Database) throws -> Bool { try Setting.recordCompression.fetch(db) == 1 }

  /// Whether records are compressed now.
  func isActive() throws -> Bool { try compressor.get() != nil }

  /// Calls `body` with the frame in which a record is stored; with nil where it is stored as it is.
  func compress<T>(
    _ record: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer?) throws -> T
  ) throws -> T {
    guard let compressor = try compressor.get() else { return try body(nil) }
    return try compressor.compress(record, body)
  }

  private func makeCompressor() throws -> RecordCompressor? {
    guard try Self.isEnabled(db), let id = try store.current() else { return nil }
    return try RecordCompressor(decompressor.dictionary(id))
  }

  // MARK: - Dictionaries

  /// Turns compression on or off, and converts all records. Returns whether records were converted.
  func setEnabled(_ isEnabled: Bool) throws -> Bool {
    guard try Self.isEnabled(db) != isEnabled else { return false }
    try Setting.recordCompression.store(isEnabled ? 1 : 0, db)
    return try retrain()
  }

  /// Trains a dictionary if the records that a transaction is about to add make it due: on them and those in the index.
  func prepare(adding count: Int, _ record: (Int) -> [UInt8]) throws {
    guard try Self.isEnabled(db) else { return }
    let (trained, total) = (
      try Setting.dictionaryRecords.fetch(db) ?? 0, try TermStatisticsStore(db: db).candidateCount() + count
    )
    guard Self.trainingCounts.contains(where: { trained < $0 && $0 <= total }) else { return }
    try retrain(adding: count, record)
  }

  /// Trains a dictionary on the records of the index, and converts all records. Without compression, or with too few
  /// records, they are stored as they are. Returns whether records were converted.
  @discardableResult
  func retrain(adding count: Int = 0, _ record: (Int) -> [UInt8] = { _ in [] }) throws -> Bool {
    let former = try store.current()
    let total = try TermStatisticsStore(db: db).candidateCount() + count
    let isEnabled = try Self.isEnabled(db) && total >= Self.trainingCounts[0]
    let dictionary = isEnabled ? try train(adding: count, record) : nil
    try Setting.dictionaryRecords.store(isEnabled ? total : 0, db)
    guard former != nil || dictionary != nil else { return false }
    if let dictionary { try store.insert(dictionary) }
    compressor = Result { try dictionary.map { try RecordCompressor($0) } }
    try convert()
    try store.retire(except: dictionary?.id)
    return true
  }

  /// Trains a dictionary on an even sample of the index and of the records that are added.
  private func train(adding count: Int, _ record: (Int) -> [UInt8]) throws -> RecordDictionary? {
    var training = DictionaryTraining()
    try sample(into: &training)
    var seen: Set<Int> = []
    for position in DictionaryTraining.evenPositions(in: count) where !training.isFull {
      if seen.insert(position).inserted { training.add(record(position)) }
    }
    return try training.dictionary()
  }

  /// Adds records of the index, found by numbers that are spread evenly. What cannot be read is left out.
  private func sample(into training: inout DictionaryTraining) throws {
    let ends = try Row.fetchOne(
      db,
      sql: """
        SELECT (SELECT min(number) FROM record WHERE number > 0), (SELECT max(number) FROM record WHERE number > 0)
        """)
    guard let first: Int64 = ends?[0], let last: Int64 = ends?[1] else { return }
    let statement = try RawStatement(
      cached: "SELECT number, json, zstd FROM record WHERE number >= ? ORDER BY number LIMIT 1", db)
    var seen: Set<Int64> = []
    for offset in DictionaryTraining.evenPositions(in: Int(last - first) + 1) where !training.isFull {
      statement.bind(1, first + Int64(offset))
      _ = try statement.first { row in
        guard seen.insert(row.integer(orZero: 0)).inserted else { return }
        let frame = row.blob(2)
        if frame.isEmpty {
          training.add(row.blob(1))
        } else if let record = try? decompressor.record(in: frame) {
          training.add(record)
        }
      }
    }
  }

  // MARK: - Records

  /// Stores every record as the present dictionary requires. The cost is linear in the size of the records.
  private func convert() throws {
    let next = try RawStatement(
      db, "SELECT number, json, zstd FROM record WHERE number > ? ORDER BY number LIMIT 1")
    let update = try RawStatement(db, "UPDATE record SET json = ?2, zstd = ?3 WHERE number = ?1")
    var last: Int64? = .min
    while let number = last {
      next.bind(1, number)
      let row = try next.first { row in
        let frame = row.blob(2)
        return (
          number: row.integer(orZero: 0),
          record: frame.isEmpty ? Array(row.blob(1)) : try decompressor.record(in: frame)
        )
      }
      last = row?.number
      guard let row else { break }
      try row.record.withUnsafeBytes { record in
        update.bind(1, row.number)
        try bind(record, to: update, json: 2, zstd: 3) { try update.run() }
      }
    }
  }

  /// Binds a record to the parameters of a statement in the form in which it is stored, for the time of `body`.
  func bind(
    _ record: UnsafeRawBufferPointer, to statement: RawStatement, json: Int32, zstd: Int32,
    _ body: () throws -> Void
  ) throws {
    try compress(record) { frame in
      statement.bind(json, frame == nil ? record : UnsafeRawBufferPointer(start: nil, count: 0))
      if let frame { statement.bind(zstd, blob: frame) } else { statement.bind(zstd, nil) }
      try body()
    }
  }
}
