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

/// The unit of systemd in `docs/systemd`, as far as it can be checked without running it.
@Suite(
  .enabled(
    if: SystemdAnalyze.isInstalled,
    "systemd-analyze is not installed: the unit was not checked"))
struct SystemdUnitTests {
  private static let installed = "/usr/local/bin/cand-search-server"
  /// Ten times the highest exposure, of 10.
  private static let threshold = 20

  private let folder: TemporaryFolder
  private let name = "cand-search-server.service"
  private let unit: String

  /// The unit with the program that was built in place of the installed one.
  init() throws {
    folder = try TemporaryFolder()
    unit = try Fixture.text("docs/systemd/\(name)")
      .replacing(Self.installed, with: CommandRun.binary("cand-search-server").path)
  }

  private func analyze(_ arguments: [String], _ unit: String) throws -> (exit: Int32, output: String) {
    let path = try folder.write(unit, to: name)
    let run = try CommandRun(program: SystemdAnalyze.program, arguments + [path], folder: folder.path)
    return (run.exit, run.output + run.error)
  }

  /// What systemd says of the unit; it exits with 0 also where it ignores a line.
  private func complaints(_ unit: String) throws -> String {
    let (exit, output) = try analyze(["verify", "--man=no", "--recursive-errors=no"], unit)
    let lines = output.split(separator: "\n").filter { $0.contains(name) }
    return exit == 0 ? lines.joined(separator: "\n") : "exit \(exit): \(output)"
  }

  @Test func isValid() throws {
    #expect(!unit.contains(Self.installed))
    #expect(try complaints(unit) == "")
  }

  struct Defect: CustomTestStringConvertible {
    let name: String
    let line: String
    let replacement: String
    var testDescription: String { name }
  }

  /// The check can fail.
  @Test(arguments: [
    Defect(name: "a key that does not exist", line: "NoNewPrivileges=yes", replacement: "NoNewPrivilege=yes"),
    Defect(name: "a value that is none", line: "ProtectSystem=strict", replacement: "ProtectSystem=most"),
    Defect(
      name: "a program that does not exist", line: "ExecStart=/", replacement: "ExecStart=/nonexistent/"),
  ]) func aDefectIsFound(_ defect: Defect) throws {
    #expect(unit.contains(defect.line))
    #expect(try !complaints(unit.replacing(defect.line, with: defect.replacement)).isEmpty)
  }

  @Test(
    .enabled(
      if: SystemdAnalyze.ratesFiles, "this systemd-analyze does not rate files: the exposure was not checked")
  )
  func isHardened() throws {
    let arguments = ["security", "--offline=true", "--no-pager", "--threshold=\(Self.threshold)"]
    let (exit, output) = try analyze(arguments, unit)
    #expect(exit == 0, "\(output)")
    #expect(try analyze(arguments, "[Service]\nExecStart=/bin/true\n").exit != 0, "the check can fail")
  }
}
