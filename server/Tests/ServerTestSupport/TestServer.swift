import AccessKeys
import BenchmarkCorpus
import CandidateSearch
import CandidateServer
import Foundation
import Synchronization
import TestSupport

/// A server in this process, over an index of its own, on a free port of loopback.
struct TestServer: Sendable {
  let port: Int
  let folder: TemporaryFolder

  /// A connection to it.
  func connect() async throws -> Wire { try await Wire(port: port) }

  /// Sends a request on a connection of its own and returns the answer.
  func answer(
    _ method: String = "GET", _ path: String, _ headers: [String] = [], body: [UInt8] = []
  ) async throws -> Wire.Answer {
    let wire = try await connect()
    try await wire.send(Wire.request(method, path, headers, body: body))
    guard let answer = try await wire.answer(to: method) else {
      throw TestFailure("no answer to \(method) \(path.prefix(80))")
    }
    return answer
  }
}

/// Runs a server over some candidates while a test runs. Fails if the server ends with an error, or before the test.
func withServer(
  candidates: Int = 0,
  _ change: (inout CandidateServer.Options, TemporaryFolder) throws -> Void = { _, _ in },
  _ body: @escaping @Sendable (TestServer) async throws -> Void,
  made make: (CandidateServer.Options) throws -> CandidateServer = CandidateServer.init
) async throws {
  let folder = try TemporaryFolder()
  let path = folder.file("candidates.db")
  try Samples.copy(candidates, to: path)
  var options = CandidateServer.Options(indexPath: path)
  options.port = 0
  options.logLevel = .critical
  try change(&options, folder)
  let server = try make(options)
  let (ports, port) = AsyncStream.makeStream(of: Int.self)
  try await withThrowingTaskGroup(of: Bool.self) { group in
    group.addTask {
      try await server.run { port.yield($0) }
      return false
    }
    group.addTask {
      for await port in ports {
        try await body(TestServer(port: port, folder: folder))
        break
      }
      return true
    }
    guard try await group.next() == true else { throw TestFailure("the server ended before the test") }
    group.cancelAll()
    // A server whose task is cancelled stops as one that received a signal.
    do { while try await group.next() != nil {} } catch is CancellationError {}
  }
}

/// What a test waited for and did not get.
struct TestFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Indexes that tests start from; each is made once.
enum Samples {
  private static let folder = Result { try TemporaryFolder() }
  private static let made = Mutex<Set<Int>>([])

  /// Makes an index of the first candidates of the corpus; 0 for the sample candidates.
  static func copy(_ count: Int, to path: String) throws {
    let original = try folder.get().file("\(count).db")
    try made.withLock { made in
      guard made.insert(count).inserted else { return }
      let index = try CandidateIndex(path: original, access: .writing)
      if count == 0 {
        try index.ingest { try $0.add(ByteSource(path: Fixture.samples)) }
      } else {
        let corpus = Corpus(seed: 1)
        var lines: [UInt8] = []
        for number in 0..<count {
          corpus.append(number, to: &lines)
          lines.append(UInt8(ascii: "\n"))
        }
        try index.ingest { try $0.add(ByteSource(bytes: lines, name: "corpus")) }
      }
    }
    for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: original + ending) {
      try FileManager.default.copyItem(atPath: original + ending, toPath: path + ending)
    }
  }
}

/// An index of the sample candidates in a folder of its own.
final class TemporaryIndex: Sendable {
  private let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("candidates.db")
    try Samples.copy(0, to: path)
  }
}

/// A value that a closure sets and another reads.
final class Shared<Value: Sendable>: Sendable {
  private let stored: Mutex<Value>

  init(_ value: Value) { stored = Mutex(value) }

  var value: Value {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }
}
