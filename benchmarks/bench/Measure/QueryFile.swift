import Foundation

/// A file of queries, one a line. Empty lines are skipped; there are no comments, since a query may begin with any
/// sign. A line is at most so long that no search engine would take more.
enum QueryFile {
  struct Line: Equatable {
    var query: String
    /// What is wrong with it; nil if it can be asked.
    var problem: String?
  }

  static let longestLine = 1_000_000

  static func read(_ path: String) throws -> [Line] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw FileFailure("\(path): cannot be read: \(error.localizedDescription)")
    }
    return lines(data)
  }

  static func lines(_ data: Data) -> [Line] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = data.starts(with: mark) ? data.dropFirst(mark.count) : data
    return text.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let bytes = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard bytes.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else { return nil }
      if bytes.count > longestLine {
        let start = String(decoding: bytes.prefix(60), as: UTF8.self)
        return Line(query: start + "…", problem: "longer than \(longestLine) bytes")
      }
      guard let query = String(validating: bytes, as: UTF8.self) else {
        return Line(query: String(decoding: bytes, as: UTF8.self), problem: "not UTF-8")
      }
      return Line(query: query)
    }
  }
}

/// A file that cannot be used, and why.
struct FileFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
