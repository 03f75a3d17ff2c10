import Foundation

/// What the numbers were measured on.
struct Machine: Codable {
  var processor: String
  var cores: Int
  var memoryBytes: Int
  var system: String

  init() {
    processor = Self.value(of: "model name", in: "/proc/cpuinfo", separator: ":") ?? "unknown"
    cores = ProcessInfo.processInfo.activeProcessorCount
    memoryBytes = Int(ProcessInfo.processInfo.physicalMemory)
    let name = Self.value(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=") ?? "unknown"
    system = name.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
  }

  private static func value(of key: String, in path: String, separator: Character) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix(key) {
      guard let position = line.firstIndex(of: separator) else { continue }
      return line[line.index(after: position)...].trimmingCharacters(in: .whitespaces)
    }
    return nil
  }
}
