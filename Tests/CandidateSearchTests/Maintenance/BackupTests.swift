import Foundation
import TestSupport
import Testing

@testable import CandidateSearch

/// Copying an index while it is used.
@Suite struct BackupTests {
  private let nurses: NursesOnDisk
  private var folder: TemporaryFolder { nurses.folder }
  private var path: String { nurses.path }

  init() throws { nurses = try NursesOnDisk() }

  @Test func aBackupIsOneConsistentState() throws {
    let index = try nurses.index(of: 0..<40)
    let copy = folder.file("copy.db")
    try CandidateIndex(path: path).backup(to: copy)
    try index.add([NursesOnDisk.record(40)])
    let restored = try CandidateIndex(path: copy, access: .writing)
    #expect(try restored.count("nurse") == 40)
    #expect(try restored.check(isFull: true).problems == [])
    #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
    #expect(throws: IndexError.self) { try index.backup(to: copy) }
    #expect(throws: IndexError.self) { try index.backup(to: "/proc/none/copy.db") }
  }

  @Test func aBackupIsCheckedBeforeItHasItsName() throws {
    let index = try nurses.index(of: 0..<40)
    try index.write { try $0.execute(sql: "DELETE FROM record WHERE number = 3") }
    let copy = folder.file("copy.db")
    let error = #expect(throws: IndexError.self) { try index.backup(to: copy) }
    #expect(error?.description.contains("damaged") == true)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.allSatisfy { !$0.contains("copy") }, "\(names)")
  }

  @Test func aBackupOverwritesNothing() throws {
    let index = try nurses.index(of: 0..<4)
    let copy = try folder.write("mine", to: "copy.db")
    #expect(symlink("/nonexistent/x", folder.file("link.db")) == 0)
    for target in [copy, folder.file("link.db"), path, folder.path] {
      #expect(throws: IndexError.self) { try index.backup(to: target) }
    }
    #expect(try String(contentsOfFile: copy, encoding: .utf8) == "mine")
    #expect(try index.count("nurse") == 4)
  }
}
