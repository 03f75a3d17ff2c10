import ArgumentParser
import CommandSupport
import Foundation

/// Ids as arguments; for a dash, those on standard input.
struct IDListOptions: ParsableArguments {
  @Flag(
    name: [.customShort("0"), .customLong("null")],
    help: "The ids on standard input end with a NUL each, as --format ids -0 prints them.")
  var endWithNUL = false

  func validate(_ arguments: [String]) throws {
    if endWithNUL, !arguments.contains("-") {
      throw ValidationError("-0 needs -, which reads standard input")
    }
  }

  /// The different ids.
  func ids(_ arguments: [String]) throws -> [String] {
    var ids: [String] = []
    var seen: Set<[UInt8]> = []
    for argument in arguments.map(DashedWords.restore) {
      for id in argument == "-" ? try input() : [argument] where seen.insert(Array(id.utf8)).inserted {
        ids.append(id)
      }
    }
    return ids
  }

  private func input() throws -> [String] {
    let bytes = try FileHandle.standardInput.readToEnd() ?? Data()
    let ids = bytes.split(separator: endWithNUL ? 0 : 0x0A).map { String(decoding: $0, as: UTF8.self) }
    // Between NULs every character belongs to the id, in a line all but the end of it.
    return endWithNUL
      ? ids : ids.map { $0.hasSuffix("\r") ? String($0.dropLast()) : $0 }.filter { !$0.isEmpty }
  }
}
