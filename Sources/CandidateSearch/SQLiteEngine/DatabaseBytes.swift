import GRDB
import GRDBSQLite

/// The bytes of a database file and of its WAL, read through SQLite's own file descriptors. Opening and closing these
/// files otherwise would release all POSIX locks of this process on them (sqlite.org/howtocorrupt.html, 2.2).
struct DatabaseBytes {
  let db: Database

  /// The number of bytes that are read at once.
  private static let pieceLength = 4 << 20

  /// Calls `body` with pieces of both files. Each begins with the last `overlap` bytes of the previous piece.
  func forEachPiece(overlap: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    for operation in [SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER] {
      var file: UnsafeMutablePointer<sqlite3_file>?
      let code = sqlite3_file_control(db.sqliteConnection, "main", operation, &file)
      guard code == SQLITE_OK, let file, let methods = file.pointee.pMethods?.pointee else { continue }
      try read(file, by: methods, overlap: overlap, body)
    }
  }

  private func read(
    _ file: UnsafeMutablePointer<sqlite3_file>, by methods: sqlite3_io_methods, overlap: Int,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var length: sqlite3_int64 = 0
    guard let size = methods.xFileSize, let read = methods.xRead, size(file, &length) == SQLITE_OK else {
      throw DatabaseError(resultCode: .SQLITE_IOERR, message: "the file cannot be read")
    }
    var piece = [UInt8](repeating: 0, count: Self.pieceLength + overlap)
    var offset: sqlite3_int64 = 0
    var kept = 0
    while offset < length {
      let count = Int(min(sqlite3_int64(Self.pieceLength), length - offset))
      try piece.withUnsafeMutableBytes { piece in
        let start = piece.baseAddress.map { $0 + kept }
        guard read(file, start, Int32(count), offset) == SQLITE_OK else {
          throw DatabaseError(resultCode: .SQLITE_IOERR_READ, message: "the file cannot be read")
        }
        try body(UnsafeRawBufferPointer(rebasing: piece[..<(kept + count)]))
        let end = kept + count
        kept = min(overlap, end)
        piece.copyBytes(from: Array(piece[(end - kept)..<end]))
      }
      offset += sqlite3_int64(count)
    }
  }
}
