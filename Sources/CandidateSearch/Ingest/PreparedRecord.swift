import CandidateModel

/// A candidate with everything that is derived from it, ready to be written.
struct PreparedRecord {
  let candidate: Candidate
  let document: Document
  /// A hash of the record without the value of `modified_at`: equal where nothing else has changed.
  let content: Int64

  init(_ candidate: Candidate, _ builder: DocumentBuilder) {
    self.candidate = candidate
    document = builder.document(of: candidate)
    content = ContentHash.hash(candidate)
  }
}

/// Tells changed records from unchanged ones. 64 bits: a change goes unnoticed once in 2^64.
enum ContentHash {
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  static func hash(_ candidate: Candidate) -> Int64 {
    candidate.jsonBytes.withUnsafeBytes { bytes in
      guard let modified = candidate.modifiedAtRange else { return Int64(bitPattern: hash(bytes, seed: 0)) }
      let before = hash(UnsafeRawBufferPointer(rebasing: bytes[..<modified.lowerBound]), seed: 0)
      return Int64(
        bitPattern: hash(UnsafeRawBufferPointer(rebasing: bytes[modified.upperBound...]), seed: before))
    }
  }

  private static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var state = mix(seed ^ UInt64(bytes.count))
    var position = 0
    while position + 8 <= bytes.count {
      state = mix(
        state ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
      position += 8
    }
    var rest: UInt64 = 0
    for byte in bytes[position...] { rest = rest << 8 | UInt64(byte) }
    return mix(state ^ rest)
  }

  /// Spreads every bit of the state over all of it. The sum keeps 0 from being a trap.
  private static func mix(_ state: UInt64) -> UInt64 {
    let product = (state &+ multiplier).multipliedFullWidth(by: multiplier)
    return product.high ^ product.low
  }
}
