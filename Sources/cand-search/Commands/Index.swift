import ArgumentParser
import CandidateSearch
import Foundation

extension CustomField: ExpressibleByArgument {
  /// The field's name, with or without `custom.`.
  public init?(argument: String) {
    if argument.lowercased().hasPrefix("custom.") { self.init(query: argument) } else { self.init(argument) }
  }
}

/// `cand-search index PATH…`: adds and updates.
struct Index: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add and update candidates from files, folders or standard input.",
    discussion: """
      Takes JSON objects, lists, NDJSON and pages of Bindbee, Merge or Kombo, whatever the file is called. In a \
      folder, files that end in .json, .ndjson or .jsonl are read. A record that cannot be read is named and left \
      out, and the exit code is 3.
      """)

  @OptionGroup var index: IndexOptions

  @Option(help: "Where the records come from; ids are unique within a connector.")
  var connector = ""

  @Option(
    name: .customLong("custom-field"),
    help: "Make this custom field searchable as custom.NAME, now and from now on. May be repeated.")
  var customFields: [CustomField] = []

  @Option(help: "Write refused records, with their reasons, to this file (NDJSON).")
  var rejects: String?

  @Option(help: "text (one line on standard error) or json (on standard output).")
  var format: SummaryFormat = .text

  @Argument(help: "Files and folders; - is standard input.")
  var paths: [String] = []

  func validate() throws {
    if paths.isEmpty, customFields.isEmpty {
      throw ValidationError("name files or folders to index, or - for standard input")
    }
  }

  func run() throws {
    let index = try index.openForWriting()
    try index.addCustomFields(Set(customFields))
    let rejects = try self.rejects.map(RejectsFile.init(path:))
    let progress = ProgressLine()
    let summary = try index.ingest(connector: connector) { ingest in
      ingest.onRefusal = { refusal in
        progress.clear()
        StandardError.write(refusal.description)
        rejects?.write(refusal)
      }
      ingest.onProgress = { progress.show($0, $1) }
      for path in paths { try add(path, to: ingest) }
    }

    progress.clear()
    for times in summary.unreadTimes { StandardError.write(times.description) }
    try format.print(summary)
    if let failure = rejects?.failure { StandardError.write("cand-search: \(failure)") }
    if summary.refused > 0 { throw ExitStatus.refused }
  }

  private func add(_ path: String, to ingest: Ingest) throws {
    if path == "-" { return try ingest.add(.standardInput) }
    let files: [String]
    do throws(ReadFailure) {
      files = try InputFiles.find(path)
    } catch {
      return ingest.refuse(Refusal(error))
    }
    if files.isEmpty { StandardError.write("note: \(path): holds no .json, .ndjson or .jsonl file") }
    for file in files { try addFile(file, to: ingest) }
  }

  private func addFile(_ path: String, to ingest: Ingest) throws {
    let source: ByteSource
    do throws(ReadFailure) {
      source = try ByteSource(path: path)
    } catch {
      return ingest.refuse(Refusal(error))
    }
    try ingest.add(source)
  }
}
