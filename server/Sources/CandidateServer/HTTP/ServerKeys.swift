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

  private func known(_ find: () throws(AccessKeyError) -> AccessKey?) -> AccessKey? {
    do throws(AccessKeyError) {
      let key = try find()
      if replaceProblem(with: nil) { logger.notice("the keys can be read again") }
      return key
    } catch {
      if replaceProblem(with: error) {
        logger.error(
          "the keys cannot be read: all are refused", metadata: ["reason": .string(error.description)])
      }
      return nil
    }
  }

  /// Returns whether the problem is another one than at the last request: each is logged once.
  private func replaceProblem(with new: AccessKeyError?) -> Bool {
    problem.withLock { problem in
      defer { problem = new }
      return problem != new
    }
  }
}
