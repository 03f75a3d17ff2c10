import AccessKeys
import CandidateConfiguration
import CandidateModel
import CandidateSearch
import CommandSupport
import Foundation
import PostgresEngine
import SearchLog

/// The checks of files: whether they are there, and who may read and write them.
extension DoctorCheck {
  static let configurationFile = DoctorCheck(name: "configuration") { context in
    let found: FoundConfiguration
    do {
      found = try context.configuration.get()
    } catch {
      return [.error(error)]
    }
    guard let path = found.path else { return [.fine("no file (\(found.pathSource))")] }
    var findings = [Finding.fine("\(path) (\(found.pathSource))")]
    if let status = FileStatus(path: path), status.isWritableByOthers {
      findings.append(.error("\(path): others can write it", "chmod go-w \(HomePath.shell(path))"))
    } else if let status = FileStatus(path: path), status.isSharedWithOthers,
      found.entries.contains(where: { $0.value == .secret && $0.source.isFile })
    {
      findings.append(.warning("\(path): others can read its secrets", chmod(path)))
    }
    if context.scope == nil {
      // The text of a filter may name people.
      let sources = found.settings.scopes.map(\.source.description).joined(separator: ", ")
      findings.append(.error("scope (\(sources)): a filter is wrong", "cand-search config names the problem"))
    }
    return findings
  }

  static let secrets = DoctorCheck(name: "secrets") { context in
    guard let settings = try? context.configuration.get().settings else { return [] }
    var sources = [settings.apiKey]
    for connector in settings.connectors { sources += [connector.apiKey, connector.token] }
    sources += settings.webhook.keys.map(\.source)
    var seen: Set<SecretSource> = []
    return sources.compactMap(\.self).filter { seen.insert($0).inserted }.compactMap(finding)
  }

  /// What is wrong with the place of a secret; nil for one that needs no place.
  private static func finding(_ source: SecretSource) -> Finding? {
    if case .file(let path) = source, case .special(let kind)? = FileStatus(path: path)?.kind {
      // Reading it would wait, or take the secret from the program that needs it.
      return .note("\(path): \(kind), which is not read here")
    }
    do throws(ConfigurationError) {
      _ = try source.read()
    } catch {
      // Another program may have another environment.
      if case .variable = source { return .warning("\(error)") }
      return .error(error)
    }
    guard case .file(let path) = source else { return nil }
    return FileStatus(path: path)?.isSharedWithOthers == true
      ? .warning("\(path): others can read or write it", chmod(path)) : .fine("\(path): yours alone")
  }

  static let indexFile = DoctorCheck(name: "index") { context in
    guard let location = context.location else { return [unknownIndex] }
    var findings = [Finding.fine("\(location.shownPath) (\(location.source))")]
    if access(location.path, F_OK) != 0, errno == EACCES {
      return findings + [
        .error("its folder cannot be entered by this user", "run the same as the user of the index")
      ]
    }
    if case .failure(let error)? = context.index {
      findings.append(.error(error, without: location.path.absolutePath))
    }
    if let status = FileStatus(path: location.path), status.kind == .regular {
      findings[0] = .fine("\(findings[0].found): \(DoctorText.bytes(status.size))")
      let folder = URL(fileURLWithPath: location.path).deletingLastPathComponent().path
      if access(location.path, W_OK) != 0 || access(folder, W_OK) != 0 {
        findings.append(.note("this user may read it, and not write it or its folder"))
      }
    }
    return findings
  }

  static let permissions = DoctorCheck(name: "permissions") { context in
    guard let location = context.location, FileStatus(path: location.path)?.kind == .regular else {
      return []
    }
    let paths = (try? context.index?.get())?.companions ?? [location.path]
    let shared = paths.filter { FileStatus(path: $0)?.isSharedWithOthers ?? false }
    guard !shared.isEmpty else { return [.fine("the index is readable for its owner alone")] }
    return shared.map { path in
      .warning(
        "\(path): others can read or write it (\(FileStatus(path: path)?.permissions ?? ""))", chmod(path))
    }
  }

  static let keys = DoctorCheck(name: "keys") { context in
    guard let keys = context.keys else { return [] }
    let isNamed = keys.source != .standard
    do throws(AccessKeyError) {
      let list = try AccessKeyFile(path: keys.path).list()
      let expired = list.count { $0.isExpired(at: context.now) }
      let counts =
        "\(keys.path): \(DoctorText.count(list.count, "key"))" + (expired > 0 ? ", \(expired) expired" : "")
      guard let status = FileStatus(path: keys.path), status.isSharedWithOthers else {
        return [.fine(counts)]
      }
      return [
        .error("\(counts); others can read or write it, so that the server refuses all", chmod(keys.path))
      ]
    } catch {
      if case .missing = error, !isNamed { return [.fine("none")] }
      return [.error(error)]
    }
  }

  static let searchLog = DoctorCheck(name: "search log") { context in
    guard let log = context.log else { return [.fine("none")] }
    if log.isOnServer {
      // The same server: its problem has been told.
      if log.path == context.location?.path, case .failure? = context.index { return [] }
      do {
        _ = try SearchLog(location: log.path, access: .reading).head()
        return [.fine("\(log.shownPath) (\(log.source))")]
      } catch {
        return [.error(error)]
      }
    }
    guard FileStatus(path: log.path) != nil else {
      let folder = URL(fileURLWithPath: log.path).deletingLastPathComponent().path
      return access(folder, W_OK) == 0
        ? [.fine("\(log.path) (\(log.source)): nothing recorded yet")]
        : [.error("\(log.path) (\(log.source)): cannot be made in its folder")]
    }
    var findings: [Finding] = []
    do {
      _ = try SearchLog(location: log.path, access: .reading).head()
      findings.append(.fine("\(log.path) (\(log.source))"))
    } catch {
      findings.append(.error(error))
    }
    if FileStatus(path: log.path)?.isSharedWithOthers == true {
      findings.append(.warning("\(log.path): others can read or write it", chmod(log.path)))
    }
    return findings
  }

  static let disk = DoctorCheck(name: "disk") { context in
    guard let location = context.location else { return [] }
    let folder = URL(fileURLWithPath: location.path).deletingLastPathComponent().path
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return [] }
    let free = Int(
      clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    let text = "\(DoctorText.bytes(free)) free beside the index"
    let size = FileStatus(path: location.path)?.size ?? 0
    // A rebuild and an erasure write the whole file once more.
    if free < minimumFree { return [.error(text, "make room: changes will fail")] }
    if free < size { return [.warning("\(text), less than its size", "make room for reindex and forget")] }
    return [.fine(text)]
  }

  /// The minimum room for small changes, in bytes.
  private static let minimumFree = 64 << 20

  static let unknownIndex = Finding.note("not looked for, since the configuration is wrong")

  private static func chmod(_ path: String) -> String { "chmod 600 \(HomePath.shell(path))" }
}

extension ConfigurationSource {
  fileprivate var isFile: Bool { if case .file = self { true } else { false } }
}

/// Texts of findings.
enum DoctorText {
  /// A number of things: `1 key`, `2 keys`.
  static func count(_ count: Int, _ name: String) -> String { "\(count) \(name)\(count == 1 ? "" : "s")" }

  /// A number of bytes in the largest unit that it contains at least once.
  static func bytes(_ count: Int) -> String {
    let units: [(name: String, bytes: Int)] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)]
    guard let unit = units.first(where: { count >= $0.bytes }) else { return "\(count) bytes" }
    return "\(count / unit.bytes) \(unit.name)"
  }
}
