import Foundation
import FuzzTargets
import TestSupport
import Testing

/// The inputs that coverage-guided fuzzing found worth keeping (`make fuzz`), and those that it once broke something with.
@Suite struct CorpusTests {
  @Test(arguments: FuzzTarget.allCases) func everythingHolds(_ target: FuzzTarget) throws {
    let folder = Fixture.path("Tests/Fixtures/fuzz/\(target.rawValue)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count > 20)
    for name in names {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
      #expect(target.violation(Array(bytes)) == nil, "\(target.rawValue)/\(name)")
    }
  }
}
