import CandidateModel
import TextAnalysis

/// The outline of a record as the table `record` contains it: the first bytes of the hash of the record's content, then the
/// outline. An earlier program that has the file open replaces records and hashes, but leaves outlines as they are.
enum StoredOutline {
  private static let hashLength = 4

  /// Appends the outline of a record that is to be stored; nothing if it has none.
  static func append(_ record: PreparedRecord, to bytes: ByteBuffer) {
    guard let outline = record.outline else { return }
    record.received.contentHash.withBytes {
      bytes.append(UnsafeRawBufferPointer(rebasing: $0[..<hashLength]).bindMemory(to: UInt8.self))
    }
    bytes.append(outline)
  }

  /// The outline in what is stored; nil if it is not of the record with this hash.
  static func outline(
    in stored: UnsafeRawBufferPointer, content hash: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer? {
    guard stored.count > hashLength, hash.count >= hashLength,
      stored.loadUnaligned(as: UInt32.self) == hash.loadUnaligned(as: UInt32.self)
    else { return nil }
    return UnsafeRawBufferPointer(rebasing: stored[hashLength...])
  }
}
