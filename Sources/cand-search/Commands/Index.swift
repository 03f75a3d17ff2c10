import ArgumentParser
import CandidateSearch
import CommandSupport
import Foundation

/// `cand-search index PATH…`: adds and updates candidates.
struct Index: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Add and update candidates from files, folders or standard input.",
    discussion: """
      Reads JSON objects, lists, NDJSON and pages of Bindbee, Merge or Kombo, under any file name. In a folder, files \
      that end in .json, .ndjson or .jsonl are read. A record that cannot be read is named and left out; the exit code \
      is then 3.

      --compress stores the records of this index in about three tenths of their size, from 1,000 records on; those that \
      it contains are converted at once. A sqlite3 shell cannot read them then. --no-compress converts them back. Both \
      are settings of the file: later commands need no option.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: IngestOptions

  @Option(
    name: .customLong("custom-field"),
    help: "Make this custom field searchable as custom.NAME, in all records. May be repeated.")
  var customFields: [CustomField] = []

  @Flag(
    inversion: .prefixedNo, exclusivity: .exclusive,
    help: "Store the records of this index compressed, from now on.")
  var compress: Bool?

  @Argument(help: "Files and folders; - is standard input.")
  var paths: [String] = []

  func validate() throws {
    if paths.isEmpty, customFields.isEmpty, compress == nil {
      throw ValidationError("name files or folders to index, or - for standard input")
    }
  }

  func run() throws {
    let location = try index.settings(scope).expectingAll().location
    let index = try location.openForWriting()
    try index.addCustomFields(Set(customFields))
    if let compress { try index.setRecordCompression(compress) }
    let run = try IngestRun(paths, options, index: index)
    let summary = try run.loading { try index.ingest(connector: options.connector, run.addInputs) }
    try run.finish(summary, options.format)
  }
}

extension CustomField: ExpressibleByArgument {
  /// Creates a field from its name, with or without `custom.`.
  public init?(argument: String) {
    if argument.lowercased().hasPrefix("custom.") { self.init(query: argument) } else { self.init(argument) }
  }
}
