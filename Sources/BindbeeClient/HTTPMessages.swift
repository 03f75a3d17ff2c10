import Foundation

/// A GET request.
struct HTTPRequest: Sendable {
  /// The address, with its query.
  let url: String
  /// `Name: value` each.
  let headers: [String]
  /// Whether the address has no TLS: then it is this machine's own.
  let isPlain: Bool
}

/// What a server answered.
struct HTTPAnswer: Sendable {
  var status = 0
  /// By lower-case name; those in `HTTPLimits.keptHeaders`.
  var headers: [String: String] = [:]
  /// Decompressed.
  var body: [UInt8] = []

  /// A header that contains a number of at least 0.
  func number(_ name: String) -> Double? {
    headers[name.lowercased()].flatMap(Double.init).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }
}

/// How much of an answer is read, and for how long.
struct HTTPLimits: Sendable {
  /// A longer answer is refused before more of it is decompressed, in bytes.
  var answerLength = BindbeeClient.maximumAnswerLength
  /// This much is read of an answer with another status than 200, in bytes.
  var errorLength = 64 << 10
  /// How long a request may take, its answer included, in seconds.
  var timeout: Double
  /// How long a connection may stay without a byte, in seconds.
  var stallTimeout: Double

  /// The headers that are read.
  static let keptHeaders: Set<String> = ["retry-after", "x-ratelimit-remaining", "x-ratelimit-reset"]
  /// The rest of a longer header is cut off, in bytes.
  static let headerLength = 200
}

/// Why no whole answer came.
enum TransferFailure: Error {
  /// It may be there the next time.
  case connection(String)
  /// The answer is longer than `HTTPLimits.answerLength`.
  case answerTooLong
}
