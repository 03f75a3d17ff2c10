import ZstdLibrary

/// Trains a zstd dictionary on a sample of records. The work is bounded by the size of the sample.
struct DictionaryTraining {
  /// The maximum number of records of a sample, and of their bytes.
  static let maximumRecords = 10_000
  static let maximumBytes = 8 << 20
  /// The number of bytes of a longer record that are sampled.
  private static let maximumRecordBytes = 16 << 10
  /// The maximum size of a dictionary: zstd's own default. It is at most a tenth of the sample.
  private static let maximumDictionaryBytes = 110 << 10
  /// The minimum that zstd takes.
  private static let minimumDictionaryBytes = 256

  private var bytes: [UInt8] = []
  private var sizes: [Int] = []

  var isFull: Bool { sizes.count >= Self.maximumRecords || bytes.count >= Self.maximumBytes }

  mutating func add(_ record: some Collection<UInt8>) {
    let part = record.prefix(Self.maximumRecordBytes)
    guard !part.isEmpty, !isFull else { return }
    bytes.append(contentsOf: part)
    sizes.append(part.count)
  }

  /// The dictionary with a random id; nil if the sample is too small or too uniform for one. Takes about 0.3 s for a full
  /// sample.
  func dictionary() throws(CompressionDefect) -> RecordDictionary? {
    let capacity = min(Self.maximumDictionaryBytes, bytes.count / 10)
    guard capacity >= Self.minimumDictionaryBytes else { return nil }
    let trained = [UInt8](unsafeUninitializedCapacity: capacity) { dictionary, count in
      let size = ZDICT_trainFromBuffer(dictionary.baseAddress, capacity, bytes, sizes, UInt32(sizes.count))
      count = ZDICT_isError(size) == 0 ? size : 0
    }
    guard trained.count > 8 else { return nil }
    // zstd derives the id from the contents: a dictionary that is trained again on the same records would have the same.
    let id = UInt32.random(in: Self.freeIDs)
    return try RecordDictionary(id: id, bytes: trained[..<4] + RecordFrame.littleEndian(id) + trained[8...])
  }

  /// The ids that the format reserves for private use (RFC 8878, 5).
  private static let freeIDs: Range<UInt32> = 32_768..<(1 << 31)

  /// Positions from 0 to below a count, in an order of which every beginning is spread evenly: steps of the golden ratio.
  /// A position may come more than once.
  static func evenPositions(in count: Int) -> some Sequence<Int> {
    (0..<(count > 0 ? maximumRecords : 0)).lazy.map { step in
      let fraction = UInt64(step) &* 0x9E37_79B9_7F4A_7C15
      return Int(fraction.multipliedFullWidth(by: UInt64(count)).high)
    }
  }
}
