import Foundation
import FoundationNetworking

/// Foundation makes two folders in the user's home, for a cache and for cookies. This program keeps neither.
enum SessionFolders {
  private static let variables = ["XDG_CACHE_HOME", "XDG_DATA_HOME"]

  /// Has it look for them, once and for all, where no folder can be. To be called before any thread runs.
  static func avoid() {
    let values = variables.map { ($0, ProcessInfo.processInfo.environment[$0]) }
    for name in variables { setenv(name, "/dev/null", 1) }
    _ = (HTTPCookieStorage.shared, URLCache.shared)
    for (name, value) in values {
      if let value { setenv(name, value, 1) } else { unsetenv(name) }
    }
  }
}
