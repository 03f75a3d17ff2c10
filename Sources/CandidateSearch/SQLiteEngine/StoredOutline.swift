import CandidateModel

/// The outline of a record as the table `record` contains it: the first bytes of the hash of the record's content, then the
/// outline. An earlier program that has the file open replaces records and hashes, but leaves outlines as they are.
enum StoredOutline {
  private static let hashLength = 4

  /// The outline of a record that is to be stored; empty if it has none.
  static func bytes(of record: PreparedRecord) -> [UInt8] {
    guard let outline = record.outline else { return [] }
    return record.received.content.withBytes { hash in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(hashLength + outline.count)
      bytes += hash.prefix(hashLength)
      bytes += outline
      return bytes
    }
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
