import AccessKeys
import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search keys add NAME`: adds a key and prints its secret.
struct KeysAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a key, and print it once.",
    discussion: """
      The key alone is printed on standard output; one that cannot be printed is revoked. The holder sends it in \
      a header: Authorization: Bearer KEY.

      cand-search keys add careers-page --scope "connector:greenhouse -is:private" --expires 90d --rate 50/s
      """)

  @OptionGroup var keys: KeysOptions

  @Option(
    parsing: .unconditional, help: "A query: candidates that it does not find do not exist for the key.")
  var scope: String?

  @Option(
    help: "Rights with commas between: \(AccessRight.allCases.map(\.rawValue).joined(separator: ", ")).")
  var rights = Rights(set: [.search])

  @Option(help: "When the key ends: after a period (12h, 90d, 6mo, 1y), or at a time (2027-01-01).")
  var expires: Expiry?

  @Option(help: "The maximum rate of requests: 50/s, 600/min, 5000/h; with a burst 50/s:200.")
  var rate: RequestRate?

  @Argument(help: "What the key is called in lists and logs; unique.")
  var name: String

  func run() throws {
    // An empty one is refused with the key.
    if let scope, !scope.allSatisfy(\.isWhitespace) { _ = try Scope(scope) }
    let expiresAt = try expires.map { try $0.time(from: .now) }
    let file = try keys.file()
    let issued = try file.run { (file) throws(AccessKeyError) in
      try file.add(name: name, scope: scope, rights: rights.set, expiresAt: expiresAt, rate: rate)
    }
    do {
      try StandardOutput.print(issued.secret + "\n")
    } catch {
      revoke(issued.key, of: file)
      // A reader that is gone is no success here: the key is lost.
      if error is BrokenPipe { throw ExitStatus.unusable }
      throw error
    }
    StandardError.write("added \(issued.key.name) (\(issued.key.id)) to \(file.path)")
    StandardError.write("note: the key is not printed again; the file contains only its hash")
  }

  /// Revokes a key that could not be printed, so that no key without a holder is valid, and prints that.
  private func revoke(_ key: AccessKey, of file: AccessKeyFile) {
    do throws(AccessKeyError) {
      try file.revoke(name: key.name)
      StandardError.write(
        "cand-search: the key could not be printed, and is revoked: \(key.name) (\(key.id))")
    } catch {
      StandardError.write(
        """
        cand-search: the key could not be printed, and is still valid: \(ErrorText.text(error)); revoke it with: \
        cand-search keys revoke \(ShellWord.quoted(key.name))
        """)
    }
  }

  /// Rights with commas between.
  struct Rights: ExpressibleByArgument {
    let set: Set<AccessRight>

    init(set: Set<AccessRight>) { self.set = set }

    init?(argument: String) {
      var set: Set<AccessRight> = []
      for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
        guard let right = AccessRight(rawValue: name.filter { $0 != " " }) else { return nil }
        set.insert(right)
      }
      self.set = set
    }

    var defaultValueDescription: String {
      AccessRight.allCases.filter(set.contains).map(\.rawValue).joined(separator: ",")
    }
  }

  /// The end of a key, as an option takes it.
  enum Expiry: ExpressibleByArgument {
    case after(Period)
    case at(Timestamp)

    init?(argument: String) {
      if let period = Period(argument) {
        self = .after(period)
      } else if let time = Timestamp(argument) {
        self = .at(time)
      } else {
        return nil
      }
    }

    /// - Throws: `ValidationError` for a moment that is not in the future.
    func time(from now: Timestamp) throws -> Timestamp {
      let time =
        switch self {
        case .after(let period): period.after(now)
        case .at(let time): time
        }
      guard let time, time > now else { throw ValidationError("--expires: the time must be in the future") }
      return time
    }
  }
}

extension RequestRate: ExpressibleByArgument {}
