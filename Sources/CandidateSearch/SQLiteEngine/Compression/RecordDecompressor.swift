import Foundation
import GRDB

/// Decompresses records within one transaction. Belongs to the thread that runs it.
final class RecordDecompressor {
  private let db: Database
  private let cache: DecompressionCache
  private var context: DecompressionContext?
  /// The dictionaries of this transaction: one, or two while records are compressed again.
  private var dictionaries: [UInt32: RecordDictionary] = [:]

  init(_ db: Database, _ cache: DecompressionCache) {
    self.db = db
    self.cache = cache
  }

  deinit { if let context { cache.put(context) } }

  /// The record in a frame: about 1 µs.
  /// - Throws: `CompressionDefect`.
  func record(in frame: UnsafeRawBufferPointer) throws -> [UInt8] {
    let header = try RecordFrame.header(of: frame)
    let dictionary = try dictionary(header.dictionary)
    let context = context ?? cache.takeContext()
    self.context = context
    return try context.decompress(frame, recordBytes: header.recordBytes, with: dictionary)
  }

  /// The dictionary with an id.
  /// - Throws: `CompressionDefect` if the index does not contain it, or it is damaged.
  func dictionary(_ id: UInt32) throws -> RecordDictionary {
    if let known = dictionaries[id] { return known }
    let dictionary = try cache.dictionary(id) {
      guard let bytes = try DictionaryStore(db: db).bytes(id) else {
        throw CompressionDefect.dictionaryMissing
      }
      return try RecordDictionary(id: id, bytes: bytes)
    }
    dictionaries[id] = dictionary
    return dictionary
  }
}
