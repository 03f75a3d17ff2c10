import Foundation
import TestSupport
import Testing

private enum SystemdAnalyze {
  static let program = "/usr/bin/systemd-analyze"
  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }
  /// Whether it rates files, and not only units that are installed.
  static var ratesFiles: Bool {
    let help = try? CommandRun(program: program, ["--help"], folder: "/")
    return help?.output.contains("--offline") == true
  }
}

/// The units of systemd in `docs/systemd`, as far as they can be checked without running them.
@Suite(
  .enabled(
    if: SystemdAnalyze.isInstalled,
    "systemd-analyze is not installed: the units were not checked"))
struct SystemdUnitTests {
  /// Ten times the highest exposure, of 10.
  private static let threshold = 20
  private static let sandbox = "cand-search-.service.d/sandbox.conf"
  static let services = ["cand-search-server.service", "cand-search-sync.service"]
  static let units = services + ["cand-search-sync.timer"]

  private let folder: TemporaryFolder

  /// Copies the units, with the programs that were built in place of the installed ones.
  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("cand-search-.service.d"), withIntermediateDirectories: false)
    for name in Self.units + [Self.sandbox] {
      let unit = try Fixture.text("docs/systemd/\(name)")
      _ = try folder.write(
        unit.replacing(/ExecStart=(cand-search-[a-z]+)/) {
          "ExecStart=\(CommandRun.binary(String($0.output.1)).path)"
        }, to: name)
    }
  }

  private func analyze(_ arguments: [String], _ name: String) throws -> (exit: Int32, output: String) {
    let run = try CommandRun(
      program: SystemdAnalyze.program, arguments + [folder.file(name)], folder: folder.path)
    return (run.exit, run.output + run.error)
  }

  /// What systemd says of a unit; it exits with 0 also where it ignores a line.
  private func complaints(_ name: String) throws -> String {
    let (exit, output) = try analyze(["verify", "--man=no", "--recursive-errors=no"], name)
    let lines = output.split(separator: "\n").filter { $0.contains("cand-search") }
    return exit == 0 ? lines.joined(separator: "\n") : "exit \(exit): \(output)"
  }

  @Test(arguments: units) func isValid(_ name: String) throws {
    #expect(try complaints(name) == "")
  }

  struct Defect: CustomTestStringConvertible {
    let name: String
    let file: String
    let line: String
    let replacement: String
    var testDescription: String { name }
  }

  /// The check can fail, and reads the settings that the services share.
  @Test(arguments: [
    Defect(
      name: "a key that does not exist", file: sandbox, line: "NoNewPrivileges=yes",
      replacement: "NoNewPrivilege=yes"),
    Defect(
      name: "a value that is none", file: sandbox, line: "ProtectSystem=strict",
      replacement: "ProtectSystem=most"),
    Defect(
      name: "a program that does not exist", file: services[0], line: "ExecStart=/",
      replacement: "ExecStart=/nonexistent/"),
  ]) func aDefectIsFound(_ defect: Defect) throws {
    let text = try String(contentsOfFile: folder.file(defect.file), encoding: .utf8)
    #expect(text.contains(defect.line))
    _ = try folder.write(text.replacing(defect.line, with: defect.replacement), to: defect.file)
    #expect(try !complaints(Self.services[0]).isEmpty)
  }

  @Test(
    .enabled(
      if: SystemdAnalyze.ratesFiles, "this systemd-analyze does not rate files: the exposure was not checked"),
    arguments: services)
  func isHardened(_ name: String) throws {
    let arguments = ["security", "--offline=true", "--no-pager", "--threshold=\(Self.threshold)"]
    let (exit, output) = try analyze(arguments, name)
    #expect(exit == 0, "\(output)")
    try FileManager.default.removeItem(atPath: folder.file(Self.sandbox))
    #expect(try analyze(arguments, name).exit != 0, "the check can fail")
  }
}
