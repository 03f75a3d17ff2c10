import AccessKeys
import CandidateTime
import Foundation
import TestSupport
import Testing

/// A folder with a file of keys.
struct TestFolder {
  let folder: TemporaryFolder
  var path: String { folder.file("keys.ndjson") }
  let keys: AccessKeyFile

  init() throws {
    folder = try TemporaryFolder()
    keys = AccessKeyFile(path: folder.file("keys.ndjson"))
  }

  func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  func write(_ text: Data, mode: mode_t = 0o600) throws {
    try text.write(to: URL(fileURLWithPath: path))
    chmod(path, mode)
  }
}

/// What is thrown; nil for nothing.
func thrown(_ body: () throws(AccessKeyError) -> Void) -> AccessKeyError? {
  do throws(AccessKeyError) {
    try body()
    return nil
  } catch {
    return error
  }
}

@Suite struct AccessKeyFileTests {
  private let test: TestFolder
  private var keys: AccessKeyFile { test.keys }

  init() throws { test = try TestFolder() }

  @Test func aKeyIsAddedFoundListedAndRevoked() throws {
    let now = Timestamp(microseconds: 1_800_000_000_000_000)
    let rate = try #require(RequestRate("50/s:200"))
    let issued = try keys.add(
      name: "careers “page”", scope: "connector:greenhouse -is:private \"a\\b\"",
      rights: [.search, .contacts],
      expiresAt: now.later(60), rate: rate, at: now)
    #expect(issued.secret.wholeMatch(of: /cs_[A-Za-z0-9_-]{43}/) != nil)
    #expect(issued.key.id == issued.secret.dropFirst(3).prefix(8))
    let found = try #require(try keys.key(for: issued.secret, at: now))
    #expect(found == issued.key)
    #expect(found.createdAt == now && found.rate == rate && found.rights == [.search, .contacts])
    #expect(try keys.list() == [found])

    let other = try keys.add(name: "other")
    #expect(try keys.list().map(\.name) == ["careers “page”", "other"])
    #expect(try keys.key(for: issued.secret, at: now) == found)
    #expect(try keys.revoke(name: found.name) == found)
    #expect(try keys.key(for: issued.secret, at: now) == nil)
    #expect(try keys.key(for: other.secret)?.name == "other")
    #expect(
      thrown { () throws(AccessKeyError) in try keys.revoke(name: found.name) } == .unknownName(found.name))
  }

  @Test func secretsDiffer() throws {
    let secrets = try (0..<50).map { try keys.add(name: "key \($0)").secret }
    #expect(Set(secrets).count == 50)
    for (number, secret) in secrets.enumerated() {
      #expect(try keys.key(for: secret)?.name == "key \(number)")
    }
  }

  @Test func namesAreUnique() throws {
    _ = try keys.add(name: "é")
    #expect(thrown { () throws(AccessKeyError) in _ = try keys.add(name: "é") } == .nameTaken("é"))
    #expect(thrown { () throws(AccessKeyError) in _ = try keys.add(name: "e\u{301}") } == .nameTaken("é"))
    #expect(try keys.list().count == 1)
  }

  @Test func anExpiredKeyIsRefusedFromThatMomentOn() throws {
    let now = Timestamp(microseconds: 1_800_000_000_000_000)
    let issued = try keys.add(name: "page", expiresAt: now, at: now.later(-60))
    #expect(try keys.key(for: issued.secret, at: now.later(-0.000_001))?.name == "page")
    #expect(try keys.key(for: issued.secret, at: now) == nil)
    #expect(try keys.key(for: issued.secret, at: now.later(1e9)) == nil)
    #expect(try keys.list().first?.isExpired(at: now) == true)
  }

  /// What is made of a secret that is valid.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (String) -> String

    init(_ testDescription: String, _ change: @escaping @Sendable (String) -> String) {
      self.testDescription = testDescription
      self.change = change
    }
  }

  static let wrong = [
    Wrong("nothing") { _ in "" },
    Wrong("its prefix") { String($0.prefix(3)) },
    Wrong("its id") { String($0.dropFirst(3).prefix(8)) },
    Wrong("all but its last character") { String($0.dropLast()) },
    Wrong("one character more") { $0 + "A" },
    Wrong("another last character") { $0.dropLast() + ($0.hasSuffix("A") ? "B" : "A") },
    Wrong("another first character") { "Cs_" + $0.dropFirst(3) },
    Wrong("without its prefix") { String($0.dropFirst(3)) },
    Wrong("a space before it") { " " + $0 },
    Wrong("a line break after it") { $0 + "\n" },
    Wrong("NUL after it") { $0 + "\0" },
    Wrong("in capitals") { $0.uppercased() },
    Wrong("its hash") { _ in String(repeating: "0", count: 64) },
    Wrong("as long, of NULs") { String(repeating: "\0", count: $0.utf8.count) },
    Wrong("as long, not ASCII") { _ in String(repeating: "é", count: 23) },
    Wrong("a megabyte") { _ in String(repeating: "cs_", count: 350_000) },
  ]

  @Test(arguments: wrong) func aWrongSecretHasNoKey(_ wrong: Wrong) throws {
    let issued = try keys.add(name: "page")
    #expect(try keys.key(for: wrong.change(issued.secret)) == nil)
    #expect(try keys.key(for: issued.secret)?.name == "page")
  }

  @Test func theFileContainsNoSecretAndIsItsOwnersAlone() throws {
    let old = umask(0)
    defer { umask(old) }
    let secrets = try (0..<3).map { try keys.add(name: "key \($0)").secret }
    try keys.revoke(name: "key 1")
    let text = try test.text()
    for secret in secrets {
      // The eight characters of the id are not secret; no others may be there.
      for length in [secret.count - 11, 8] { #expect(!text.contains(secret.dropFirst(11).prefix(length))) }
    }
    #expect(text.split(separator: "\n").count == 2)
    var status = stat()
    #expect(stat(test.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder.path) == ["keys.ndjson"])
  }

  @Test func theFolderIsMadeAndALinkStaysOne() throws {
    let path = test.folder.file("new/folder/keys.ndjson")
    let secret = try AccessKeyFile(path: path).add(name: "page").secret
    let link = test.folder.file("link")
    #expect(symlink(path, link) == 0)
    let linked = AccessKeyFile(path: link)
    #expect(try linked.key(for: secret)?.name == "page")
    try linked.revoke(name: "page")
    #expect(try linked.key(for: secret) == nil)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    var status = stat()
    #expect(stat(test.folder.file("new"), &status) == 0 && status.st_mode & 0o777 == 0o700)
  }

  @Test func theFileBesideAnIndexHasItsFolder() {
    #expect(AccessKeyFile.path(besideIndex: "/srv/data/candidates.db") == "/srv/data/keys.ndjson")
  }

  // MARK: - Changes by others

  @Test func changesByAnotherAreSeenByTheNextCall() throws {
    let other = AccessKeyFile(path: test.path)
    #expect(thrown { () throws(AccessKeyError) in _ = try keys.key(for: "") } == .missing(path: test.path))
    // The system gives numbers of removed files to new ones, and the clock of a file system is coarse.
    for round in 0..<60 {
      let issued = try other.add(name: "key \(round % 10)")
      #expect(try keys.key(for: issued.secret)?.name == "key \(round % 10)", "\(round)")
      try other.revoke(name: "key \(round % 10)")
      #expect(try keys.key(for: issued.secret) == nil, "\(round)")
    }
  }

  @Test func aFileThatIsWrittenInPlaceIsReadAgain() throws {
    let issued = try keys.add(name: "page")
    #expect(try keys.key(for: issued.secret) != nil)
    let text = try test.text()
    let file = try #require(FileHandle(forWritingAtPath: test.path))
    try file.truncate(atOffset: 0)
    #expect(try keys.key(for: issued.secret) == nil)
    try file.write(contentsOf: Data(text.utf8))
    #expect(try keys.key(for: issued.secret)?.name == "page")
  }

  /// What happens to a file that a server reads.
  struct Loss: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let lose: @Sendable (String) throws -> Void
    let error: @Sendable (String) -> AccessKeyError
  }

  static let losses = [
    Loss(
      testDescription: "it is removed", lose: { unlink($0) }, error: { .missing(path: $0) }),
    Loss(
      testDescription: "others may read it", lose: { chmod($0, 0o640) },
      error: { .sharedWithOthers(path: $0) }),
    Loss(
      testDescription: "others may write it", lose: { chmod($0, 0o602) },
      error: { .sharedWithOthers(path: $0) }),
    Loss(
      testDescription: "it is a folder",
      lose: {
        unlink($0); mkdir($0, 0o700)
      },
      error: { .notReadable(path: $0, reason: "it is not a regular file") }),
    Loss(
      testDescription: "it is a FIFO",
      lose: {
        unlink($0); mkfifo($0, 0o600)
      },
      error: { .notReadable(path: $0, reason: "it is not a regular file") }),
    Loss(
      testDescription: "it leads to itself",
      lose: {
        unlink($0); symlink($0, $0)
      },
      error: { .notReadable(path: $0, reason: "Too many levels of symbolic links") }),
    Loss(
      testDescription: "a line of it is damaged",
      lose: {
        try (String(contentsOfFile: $0, encoding: .utf8) + "{\n").write(
          toFile: $0, atomically: false, encoding: .utf8)
      },
      error: { .malformed(path: $0, line: 2, problem: "this is not a JSON object") }),
  ]

  @Test(arguments: losses) func noKeyIsValidInAFileThatCannotBeUsed(_ loss: Loss) throws {
    let issued = try keys.add(name: "page")
    let text = try test.text()
    #expect(try keys.key(for: issued.secret) != nil)
    try loss.lose(test.path)
    for _ in 0..<2 {
      #expect(
        thrown { () throws(AccessKeyError) in _ = try keys.key(for: issued.secret) } == loss.error(test.path))
    }
    // It may come back.
    unlink(test.path)
    rmdir(test.path)
    try test.write(Data(text.utf8))
    #expect(try keys.key(for: issued.secret)?.name == "page")
  }

  @Test func aSharedFileIsListedButNotChanged() throws {
    _ = try keys.add(name: "page")
    chmod(test.path, 0o644)
    #expect(try keys.list().map(\.name) == ["page"])
    let shared = AccessKeyError.sharedWithOthers(path: test.path)
    #expect(thrown { () throws(AccessKeyError) in _ = try keys.add(name: "other") } == shared)
    #expect(thrown { () throws(AccessKeyError) in try keys.revoke(name: "page") } == shared)
    #expect(try keys.list().count == 1)
  }

  @Test(arguments: [0o700, 0o500]) func aFolderThatCannotBeWrittenIsNamed(_ mode: Int) throws {
    // The system's administrator may write everywhere.
    guard geteuid() != 0 else { return }
    _ = try keys.add(name: "page")
    chmod(test.folder.path, mode_t(mode))
    defer { chmod(test.folder.path, 0o700) }
    let error = thrown { () throws(AccessKeyError) in _ = try keys.add(name: "other") }
    #expect((error != nil) == (mode == 0o500))
    #expect(try keys.list().first?.name == "page")
  }
}

extension Timestamp {
  fileprivate func later(_ seconds: Double) -> Timestamp {
    Timestamp(microseconds: microseconds + Int64((seconds * 1e6).rounded()))
  }
}
