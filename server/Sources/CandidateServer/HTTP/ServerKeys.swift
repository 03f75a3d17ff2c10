import AccessKeys
import Logging
import Synchronization

/// The keys of callers. Where their file cannot be read, no key is known, and the log says why: an operator would otherwise see
/// only that all keys are refused.
final class ServerKeys: Sendable {
  private let file: AccessKeyFile
  private let logger: Logger
  /// Why the file could not be read at the last request; nil if it could.
  private let problem = Mutex<AccessKeyError?>(nil)

  /// - Throws: `AccessKeyError` if the file cannot be read now.
  init(path: String, logger: Logger) throws {
    file = AccessKeyFile(path: path)
    self.logger = logger
    _ = try file.list()
  }

  /// The key of a secret; nil if no key has it.
  func key(for secret: String) -> AccessKey? {
    known { () throws(AccessKeyError) in try file.key(for: secret) }
  }

  /// The key with an id, for a caller that has proved before to have its secret; nil if it is no longer valid.
  func key(id: String) -> AccessKey? {
    known { () throws(AccessKeyError) in try file.key(id: id) }
  }

  /// Finds a key. A problem is logged when it begins or becomes another one, not at each request.
  private func known(_ find: () throws(AccessKeyError) -> AccessKey?) -> AccessKey? {
    problem.withLock { problem in
      do throws(AccessKeyError) {
        let key = try find()
        if problem != nil { logger.notice("the keys can be read again") }
        problem = nil
        return key
      } catch {
        if problem != error {
          logger.error(
            "the keys cannot be read: all are refused", metadata: ["reason": .string(error.description)])
        }
        problem = error
        return nil
      }
    }
  }
}
