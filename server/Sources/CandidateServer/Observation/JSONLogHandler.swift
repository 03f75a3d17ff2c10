import CandidateJSON
import Foundation
import Logging
import Synchronization

/// Writes log messages as JSON lines, to standard error unless told otherwise.
struct JSONLogHandler: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  private let write: @Sendable ([UInt8]) -> Void

  init(level: Logger.Level, write: @escaping @Sendable ([UInt8]) -> Void = Self.standardError) {
    logLevel = level
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var members: [(String, JSONValue)] = [
      ("time", .string(Date.now.formatted(Self.timeFormat))),
      ("level", .string(event.level.rawValue)), ("message", .string("\(event.message)")),
    ]
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    members += all.sorted { $0.key < $1.key }.map { ($0.key, Self.json($0.value)) }
    write(JSONValue.object(members).bytes + [UInt8(ascii: "\n")])
  }

  private static func json(_ value: Logger.MetadataValue) -> JSONValue {
    switch value {
    case .string(let text): .string(text)
    case .stringConvertible(let number as Int): .number(number)
    case .stringConvertible(let number as Double): .decimal(number)
    case .stringConvertible(let other): .string(other.description)
    case .dictionary(let members):
      .object(members.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) })
    case .array(let values): .list(values.map(json))
    }
  }

  private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  /// One call for each line, so that lines of several threads do not mix.
  private static let standardError: @Sendable ([UInt8]) -> Void = { line in
    _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
