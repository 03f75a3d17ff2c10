import ArgumentParser
import CandidateSearch
import CommandSupport
import PostgresEngine

/// `cand-search reindex [PATH…]`: makes the index equal to an export, or rebuilds it from its records.
struct Reindex: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reindex",
    abstract: "Make the index equal to an export, or rebuild it from its own records.",
    discussion: """
      With paths: adds and updates, then removes the connector's candidates that the paths do not contain. Nothing is \
      removed if anything in the input was refused, or if more than a tenth of the candidates would be removed and \
      more than 100 or than half of them.

      Without paths: rebuilds everything that is derived from the stored records, by the rules of this version, and \
      trains the dictionary of compressed records again. Searches see the old index until it is done.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: IngestOptions

  @OptionGroup var removals: RemovalOptions

  @Flag(name: .customLong("dry-run"), help: "Change nothing; print what would change.")
  var isDryRun = false

  @Argument(help: "Files and folders; - is standard input.")
  var paths: [String] = []

  func validate() throws {
    if paths.isEmpty, isDryRun || removals.allowedRemovals != nil || options.rejects != nil {
      throw ValidationError("--dry-run, --allow-removals and --rejects need paths")
    }
  }

  func run() throws {
    let location = try index.settings(scope).expectingAll().location
    if paths.isEmpty { return try rebuild(location) }
    let index = isDryRun ? try location.openExisting() : try location.openForWriting()
    let run = try IngestRun(paths, options, index: index, isReplacing: true)
    let replacement = try run.loading {
      try index.replace(
        connector: options.connector, guard: removals.removalGuard, isDryRun: isDryRun, run.addInputs)
    }
    try run.finish(replacement.records, options.format, removal: replacement.removal)
  }

  private func rebuild(_ location: IndexLocation) throws {
    let index = try CandidateIndex(location: location.existingPath(), access: .rebuilding)
    let progress = ProgressLine()
    let count = try index.rebuild { progress.show(records: $0) }
    progress.clear()
    StandardError.write("rebuilt \(count)")
  }
}
