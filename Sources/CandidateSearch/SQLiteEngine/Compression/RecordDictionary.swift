import ZstdLibrary

/// A zstd dictionary, prepared for decompression. Immutable, and used by many threads at once.
final class RecordDictionary: Sendable {
  /// A random number that no other dictionary of the index has.
  let id: UInt32
  let bytes: [UInt8]
  nonisolated(unsafe) let prepared: OpaquePointer

  /// Prepares a dictionary: some 15 µs.
  /// - Throws: `CompressionDefect` if the bytes are no dictionary with this id.
  init(id: UInt32, bytes: [UInt8]) throws(CompressionDefect) {
    guard id != 0, ZDICT_getDictID(bytes, bytes.count) == id,
      let prepared = ZSTD_createDDict(bytes, bytes.count)
    else { throw .dictionaryDamaged }
    self.id = id
    self.bytes = bytes
    self.prepared = prepared
  }

  deinit { ZSTD_freeDDict(prepared) }
}
