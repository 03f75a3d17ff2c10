import Foundation

/// The files that a run leaves behind.
struct ResultFiles {
  let folder: String

  func write(_ results: Results) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write("RESULTS.md", Array(MarkdownReport(results: results).text.utf8))
    try write("RESULTS.json", JSONOutput.bytes(results, isPretty: true))
    if let svg = GrowthPlot(results: results).svg { try write("growth.svg", Array(svg.utf8)) }
  }

  func write(_ results: VariedResults) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write("RESULTS.md", Array(results.markdown.utf8))
    try write("RESULTS.json", JSONOutput.bytes(results, isPretty: true))
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    let path = "\(folder)/\(name)"
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw FileFailure("\(path): cannot be written: \(error.localizedDescription)")
    }
  }
}
