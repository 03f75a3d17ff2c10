import CandidateModel
import GRDB

extension IndexFile {
  /// Runs `body`, and converts errors of SQLite and of this library to `IndexError`.
  func explained<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw explanation(of: error)
    } catch let defect as CompressionDefect {
      throw IndexError.recordDamaged(path: path, reason: defect.description)
    } catch {
      throw IndexError(explaining: error, at: path) ?? error
    }
  }

  /// Runs `body`, which reads another file and writes this one, and converts the errors of writing alone.
  func writing<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError where Self.isWriteFailure(error) {
      throw IndexError.diskFull(path: path)
    }
  }

  private static func isWriteFailure(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_FULL || writeFailures.contains(error.extendedResultCode)
  }

  private static let writeFailures: [ResultCode] = [
    .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE,
    .SQLITE_IOERR_SHMSIZE,
    .SQLITE_IOERR_SHMMAP,
  ]

  private func explanation(of error: DatabaseError) -> IndexError {
    switch error.resultCode {
    case .SQLITE_NOTADB: .notAnIndex(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
      .notWritable(path: path, reason: error.message ?? "\(error.resultCode)")
    case _ where Self.isWriteFailure(error): .diskFull(path: path)
    case .SQLITE_IOERR: .notReadable(path: path, reason: "disk I/O error")
    case .SQLITE_CORRUPT: .damaged(path: path)
    default: .failed(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }
}
