import Foundation

/// The configuration that a program found: that of a file, with the variables of the environment before it.
public struct FoundConfiguration {
  /// The file that is read where no other is named.
  public static let standardPath = "/etc/cand-search/config.toml"
  /// The variable that names a file.
  public static let pathVariable = "CAND_SEARCH_CONFIG"
  /// The name of a file with which none is read.
  public static let noFile = "none"

  /// What the file and the variables state.
  public private(set) var settings: ProgramConfiguration
  /// The path of the file; nil if none was read.
  public var path: String? { file?.path }
  /// Where the path of the file comes from: an option, a variable or the default.
  public let pathSource: ConfigurationSource
  private let file: ConfigurationFile?
  private let environment: [String: String]

  /// Reads the file that an option names, else that of `CAND_SEARCH_CONFIG`, else the standard one if it exists: that file
  /// and no other, once. A file that may exist and cannot be read is an error, since it may state a scope.
  ///
  /// - Parameters:
  ///   - option: The value of `--config`; nil without it. `none` reads no file, also in the variable.
  /// - Throws: `ConfigurationError`.
  public init(
    option: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
    standardPath: String = Self.standardPath
  ) throws(ConfigurationError) {
    self.environment = environment
    let variable = environment[Self.pathVariable].flatMap { $0.isEmpty ? nil : $0 }
    let path: String?
    if let option {
      (path, pathSource) = (option, .option("--config"))
    } else if let variable {
      (path, pathSource) = (variable, .variable(Self.pathVariable))
    } else {
      (path, pathSource) = (Self.mayExist(standardPath) ? standardPath : nil, .standard)
    }
    file = if let path, path != Self.noFile { try ConfigurationFile(path: path) } else { nil }
    settings = try file?.read() ?? ProgramConfiguration()
    try settings.setByVariables(environment)
  }

  /// Where the value of a member comes from.
  /// - Parameters:
  ///   - section: The table; empty for the beginning of the file.
  public func source(of name: String, in section: String = "") -> ConfigurationSource {
    entries.first { $0.name == name && $0.section == section }?.source ?? .standard
  }

  /// All members with their values, in the order of the documents; those of connectors and keys once for each.
  public var entries: [ConfigurationEntry] {
    EntryList(path: path, isJSON: file?.isJSON ?? false, environment: environment)
      .entries(of: settings, file?.table)
  }

  /// Whether there is a file, or this process may not know.
  private static func mayExist(_ path: String) -> Bool {
    access(path, F_OK) == 0 || errno != ENOENT && errno != ENOTDIR
  }
}
