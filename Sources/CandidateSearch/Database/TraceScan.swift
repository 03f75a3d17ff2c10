import Foundation

/// Looks for texts in the bytes of a database file and its companions: how forgetting is verified. One pass over the
/// files, however many texts there are.
struct TraceScan {
  /// Shorter texts stand anywhere by chance.
  private static let shortestTrace = 6
  private static let pieceLength = 16 << 20

  /// The texts by their first four bytes.
  private var traces: [UInt32: [(text: String, bytes: [UInt8])]] = [:]
  /// The lower 16 bits of those that begin a text: most places of a file can be passed over at once.
  private var beginnings = [Bool](repeating: false, count: 1 << 16)
  private var longest = 0

  init(_ texts: Set<String>) {
    for text in texts where text.utf8.count >= Self.shortestTrace {
      let bytes = Array(text.utf8)
      let beginning = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
      traces[beginning, default: []].append((text, bytes))
      beginnings[Int(beginning & 0xFFFF)] = true
      longest = max(longest, bytes.count)
    }
  }

  /// The texts that stand in the file at a path, its WAL, shared memory or journal.
  func found(in path: String) throws -> Set<String> {
    var found: Set<String> = []
    guard !traces.isEmpty else { return found }
    for file in ["", "-wal", "-shm", "-journal"].map({ path + $0 })
    where FileManager.default.fileExists(atPath: file) {
      try scan(file, &found)
    }
    return found
  }

  /// Reads a file in pieces, each with the end of the one before, so that nothing is cut in two.
  private func scan(_ path: String, _ found: inout Set<String>) throws {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    var rest = Data()
    while let piece = try file.read(upToCount: Self.pieceLength), !piece.isEmpty {
      let whole = rest + piece
      whole.withUnsafeBytes { look(at: $0, &found) }
      rest = Data(whole.suffix(longest))
    }
  }

  private func look(at bytes: UnsafeRawBufferPointer, _ found: inout Set<String>) {
    guard bytes.count >= 4 else { return }
    beginnings.withUnsafeBufferPointer { beginnings in
      for place in 0...(bytes.count - 4) {
        let four = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
        guard beginnings[Int(four & 0xFFFF)], let candidates = traces[four] else { continue }
        for (text, trace) in candidates
        where place + trace.count <= bytes.count && bytes[place..<(place + trace.count)].elementsEqual(trace)
        {
          found.insert(text)
        }
      }
    }
  }
}
