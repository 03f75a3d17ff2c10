import Synchronization
import ZstdLibrary

/// What the snapshots of an engine need to decompress records: the dictionary that was used last, and contexts. A context
/// is used by one snapshot at a time.
final class DecompressionCache: Sendable {
  private struct State {
    var dictionary: RecordDictionary?
    var contexts: [DecompressionContext] = []
  }

  private let state = Mutex(State())

  /// The dictionary with an id, from `load` unless it was used last.
  func dictionary(_ id: UInt32, _ load: () throws -> RecordDictionary) rethrows -> RecordDictionary {
    if let known = state.withLock({ $0.dictionary }), known.id == id { return known }
    let loaded = try load()
    state.withLock { $0.dictionary = loaded }
    return loaded
  }

  /// Takes a context; `put` returns it.
  func takeContext() -> DecompressionContext {
    state.withLock { $0.contexts.popLast() } ?? DecompressionContext()
  }

  func put(_ context: DecompressionContext) {
    state.withLock { if $0.contexts.count < Self.maximumContexts { $0.contexts.append(context) } }
  }

  /// A context takes about 100 KB.
  private static let maximumContexts = 16
}

/// The working memory of a decompression. It belongs to one thread at a time.
final class DecompressionContext: @unchecked Sendable {
  /// Nil without memory.
  private let context = ZSTD_createDCtx()

  deinit { ZSTD_freeDCtx(context) }

  /// Decompresses a frame of a known size.
  func decompress(
    _ frame: UnsafeRawBufferPointer, recordBytes: Int, with dictionary: RecordDictionary
  ) throws(CompressionDefect) -> [UInt8] {
    var isComplete = false
    let record = [UInt8](unsafeUninitializedCapacity: recordBytes) { record, count in
      let size = ZSTD_decompress_usingDDict(
        context, record.baseAddress, recordBytes, frame.baseAddress, frame.count, dictionary.prepared)
      isComplete = ZSTD_isError(size) == 0 && size == recordBytes
      if isComplete { count = recordBytes }
    }
    guard isComplete else { throw .damaged }
    return record
  }
}
