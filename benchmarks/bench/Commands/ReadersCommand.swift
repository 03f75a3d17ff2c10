import ArgumentParser
import Foundation

/// `bench readers`: how many queries several threads of one process answer together.
struct ReadersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "readers",
    abstract: "Ask the queries of a file from several threads at once.",
    discussion:
      "Prints {\"threads\", \"queries\", \"seconds\"}: how many were answered, and how long it took.")

  @Option(help: "The index.")
  var index: String

  @Option(help: "The file of queries, one a line.")
  var queries: String

  @Option(help: "How many threads, 1 to 64.")
  var threads = 1

  @Option(help: "For how many seconds.")
  var seconds = 2.0

  func validate() throws {
    guard (1...64).contains(threads) else {
      throw ValidationError("--threads: expected 1 to 64, found \(threads)")
    }
    guard seconds >= 0, seconds.isFinite else {
      throw ValidationError("--seconds: expected 0 or more, found \(seconds)")
    }
  }

  func run() throws {
    let queries = try QueryFile.read(queries).filter { $0.problem == nil }.map(\.query)
    guard !queries.isEmpty else { throw FileFailure("\(self.queries): holds no query") }
    let library = try LibraryIndex(path: index, readers: threads)
    for query in queries { _ = try library.top(query) }
    let readers = (0..<threads).map { number in
      Reader(library: library, queries: queries, start: number * queries.count / threads, seconds: seconds)
    }
    let time = Stopwatch.seconds {
      readers.forEach { $0.begin() }
      readers.forEach { $0.end() }
    }
    let result = ReadersResult(
      threads: threads, queries: try readers.reduce(0) { try $0 + $1.answered.get() }, seconds: time)
    var output = try ByteOutput(path: nil)
    try output.append { $0.append(contentsOf: JSONOutput.bytes(result)) }
    try output.finish()
  }
}

/// One thread that asks the queries in turn, beginning with one of its own.
private final class Reader: @unchecked Sendable {
  private let body: @Sendable () throws -> Int
  private let done = DispatchSemaphore(value: 0)
  // Written by the thread before `done` is signalled, read after it was waited for.
  private(set) var answered: Result<Int, any Error> = .success(0)

  init(library: LibraryIndex, queries: [String], start: Int, seconds: Double) {
    body = {
      let end = ContinuousClock.now + .seconds(seconds)
      var count = 0
      repeat {
        _ = try library.top(queries[(start + count) % queries.count])
        count += 1
      } while ContinuousClock.now < end
      return count
    }
  }

  func begin() {
    Thread { [self] in
      answered = Result(catching: body)
      done.signal()
    }.start()
  }

  func end() { done.wait() }
}
