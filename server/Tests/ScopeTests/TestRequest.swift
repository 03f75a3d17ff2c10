import Foundation

/// A request of a test.
struct TestRequest: CustomStringConvertible, Sendable {
  var method: String
  var path: String
  /// The parameters that are not in the path.
  var parameters: [(name: String, value: Value)]
  var body: [UInt8]?
  /// Whether the parameters are in the body.
  var isByBody = false
  /// Whether the parameters are in the body, as a form sends them.
  var isForm = false
  var fields: [String] = []

  /// The value of a parameter.
  enum Value: Sendable {
    case text(String)
    case integer(Int)
    case flag(Bool)
    case texts([String])
  }

  /// Whether its answer has times.
  var explains: Bool {
    parameters.contains { if case ("explain", .flag(true)) = ($0.name, $0.value) { true } else { false } }
  }

  var description: String { "\(method) \(target) \(bytes.map { String(decoding: $0, as: UTF8.self) } ?? "")" }

  /// The same search from a cursor on.
  func continued(from cursor: String) -> TestRequest {
    var request = self
    request.parameters.removeAll { $0.name == "cursor" }
    request.parameters.append(("cursor", .text(cursor)))
    return request
  }

  var target: String {
    isByBody || isForm || parameters.isEmpty ? path : path + "?" + pairs
  }

  private var pairs: String {
    parameters.map { "\($0.name)=\(Self.encoded($0.value.text))" }.joined(separator: "&")
  }

  var bytes: [UInt8]? {
    if isForm { return Array(pairs.utf8) }
    guard isByBody else { return body }
    let members = Dictionary(parameters.map { ($0.name, $0.value.json) }) { $1 }
    return (try? JSONSerialization.data(withJSONObject: members)).map(Array.init)
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        String(UnicodeScalar(byte))
      default: "%" + String(format: "%02X", byte)
      }
    }.joined()
  }
}

extension TestRequest.Value {
  fileprivate var text: String {
    switch self {
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .texts(let texts): texts.joined(separator: ",")
    }
  }

  fileprivate var json: Any {
    switch self {
    case .text(let text): text
    case .integer(let number): number
    case .flag(let flag): flag
    case .texts(let texts): texts
    }
  }
}
