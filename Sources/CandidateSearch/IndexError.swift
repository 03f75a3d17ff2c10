/// Why an index cannot be used, and what to do about it.
public enum IndexError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no file at the path.
  case missing(path: String)
  /// The file is something else than an index.
  case notAnIndex(path: String)
  /// A newer version of cand-search has written the file.
  case newerVersion(path: String)
  /// An older version of cand-search has written the file; its text was prepared by other rules.
  case olderVersion(path: String)
  /// The folder or the file cannot be written to.
  case notWritable(path: String, reason: String)
  /// Another process has been writing for longer than we wait.
  case busy(path: String)
  /// Somebody is reading an older state of the file, so that what was removed cannot be erased from it yet.
  case erasureBlocked(path: String)
  /// The file is damaged, the disk is full, or SQLite met something else that it could not deal with.
  case failed(path: String, reason: String)

  /// The path, what is wrong, and what to do.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): there is no index here; make one with: cand-search index PATH…"
    case .notAnIndex(let path):
      "\(path): this file is not an index of cand-search; name another with --index"
    case .newerVersion(let path):
      "\(path): written by a newer version of cand-search; update this one"
    case .olderVersion(let path):
      "\(path): written by an older version of cand-search; lift it with: cand-search reindex"
    case .notWritable(let path, let reason):
      "\(path): cannot be written (\(reason)); check the folder's permissions, or name another with --index"
    case .busy(let path):
      "\(path): another process is writing to it; try again when it has finished"
    case .erasureBlocked(let path):
      """
      \(path): the records are removed, but another process still reads the file, so that their bytes cannot be erased; \
      run the same again when it has ended
      """
    case .failed(let path, let reason):
      "\(path): \(reason)"
    }
  }
}
