import CandidateConfiguration
import CandidateSearch
import CommandSupport
import PostgresEngine

/// What the checks of `cand-search doctor` look at. Each part may be missing, and then says why.
struct DoctorContext {
  /// The configuration, or what is wrong with it.
  let configuration: Result<FoundConfiguration, ConfigurationError>
  /// The index that options and configuration name; nil if a wrong configuration may name another.
  let location: IndexLocation?
  /// The candidates that exist; nil if what states it is wrong.
  let scope: Scope?
  /// The path of the keys; nil for none.
  let keys: (path: String, source: ConfigurationSource)?
  /// The search log; nil for none.
  let log: LogLocation?
  /// The index, opened for reading; nil if it is not known which, or in which scope.
  let index: Result<CandidateIndex, any Error>?
  /// The moment of the diagnosis.
  let now = Timestamp.now

  init(_ keys: KeysOptions, _ log: LogFileOption, _ scope: ScopeOptions) throws {
    do throws(ConfigurationError) {
      let found = try keys.index.found()
      configuration = .success(found)
      location = keys.index.location(found)
      self.keys = keys.location(found)
      self.log = log.readLocation(found, location)
    } catch {
      configuration = .failure(error)
      location = keys.index.path.map { IndexLocation(path: $0, source: .option("--index")) }
      self.keys = keys.path.map { ($0, .option("--keys")) }
      self.log = nil
    }
    self.scope = try Self.scope(scope, configuration)
    index = location.flatMap { [scope = self.scope] location in
      scope.map { scope in
        Result { try CandidateIndex(location: location.path, access: .reading(readers: 1), scope: scope) }
      }
    }
  }

  /// - Throws: `QueryError` for the filter of the option.
  private static func scope(
    _ options: ScopeOptions, _ configuration: Result<FoundConfiguration, ConfigurationError>
  ) throws -> Scope? {
    guard let found = try? configuration.get() else { return nil }
    do {
      return try options.resolved(found)
    } catch is ConfigurationError {
      return nil
    }
  }

  /// The names of the configured connectors.
  var connectors: [String] { (try? configuration.get())?.settings.connectors.map(\.name) ?? [] }
}
