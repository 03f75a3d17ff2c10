import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search delete ID…`: removes candidates.
struct Delete: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove candidates; a later ingest may bring them back (see forget).")

  @OptionGroup var index: IndexOptions

  @Option(help: "Only where the record comes from here.")
  var connector: String?

  @Argument(help: "Ids of candidates; - reads them from standard input, one a line.")
  var ids: [String]

  func run() throws {
    let ids = IDList.ids(ids)
    let deleted = try index.openExisting().delete(ids: ids, connector: connector)
    for id in ids where !deleted.contains(id) && !deleted.contains(id.lowercased()) {
      StandardError.write("\(id): not in the index")
    }
    StandardError.write("deleted \(deleted.count)")
    if deleted.isEmpty { throw ExitStatus.nothingFound }
  }
}

/// Ids as arguments, or on standard input where a dash stands for them.
enum IDList {
  static func ids(_ arguments: [String]) -> [String] {
    var ids: [String] = []
    var seen: Set<String> = []
    for argument in arguments.map(DashedWords.restore) {
      for id in argument == "-" ? lines() : [argument] where seen.insert(id).inserted { ids.append(id) }
    }
    return ids
  }

  private static func lines() -> [String] {
    var lines: [String] = []
    while let line = readLine() {
      let id = String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
      if !id.isEmpty { lines.append(id) }
    }
    return lines
  }
}
