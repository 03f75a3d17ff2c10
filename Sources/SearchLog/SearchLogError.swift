/// Why a search log cannot be used.
public enum SearchLogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no file at the path, or no log in the database.
  case missing(path: String)
  /// The file is not a search log.
  case notALog(path: String)
  /// A newer version of cand-search has written the log.
  case newerVersion(path: String)
  /// An older version of cand-search has made the tables; opening it for appending upgrades them.
  case olderVersion(path: String)
  /// The folder, the file or the tables cannot be written to, or the log was opened for reading.
  case notWritable(path: String, reason: String)
  /// The log cannot be read.
  case notReadable(path: String, reason: String)
  /// Another process was writing for longer than the timeout.
  case busy(path: String)
  /// A reader still uses an older state of the log, so that what was removed cannot be erased from it yet.
  case erasureBlocked(path: String)
  /// The log is damaged.
  case damaged(path: String)
  /// The disk is full, or may be.
  case diskFull(path: String)
  /// The server of the log cannot be reached, or the connection was lost.
  case unreachable(location: String, reason: String)
  /// Another error of the database.
  case failed(path: String, reason: String)

  /// The path and the problem.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): there is no search log here"
    case .notALog(let path): "\(path): this file is not a search log of cand-search"
    case .newerVersion(let path): "\(path): written by a newer version of cand-search"
    case .olderVersion(let path): "\(path): the search log was made by an older version of cand-search"
    case .notWritable(let path, let reason): "\(path): the search log cannot be written (\(reason))"
    case .notReadable(let path, let reason): "\(path): the search log cannot be read (\(reason))"
    case .busy(let path): "\(path): another process is writing to the search log"
    case .erasureBlocked(let path):
      "\(path): the texts are removed, but another process still reads the log, so that their bytes cannot be erased"
    case .damaged(let path): "\(path): the search log is damaged"
    case .diskFull(let path): "\(path): the search log cannot be written: the disk may be full"
    case .unreachable(let location, let reason):
      "\(location): the server of the search log cannot be reached (\(reason))"
    case .failed(let path, let reason): "\(path): \(reason)"
    }
  }
}
