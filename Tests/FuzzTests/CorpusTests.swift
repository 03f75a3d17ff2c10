import Foundation
import FuzzTargets
import TestSupport
import Testing

/// The inputs that coverage-guided fuzzing found worth keeping (`make fuzz`), and those that it once broke something with.
@Suite struct CorpusTests {
  @Test(arguments: FuzzTarget.allCases) func everythingHolds(_ target: FuzzTarget) throws {
    let inputs = try Fixture.text("Tests/Fixtures/fuzz/\(target.rawValue).base64").split(separator: "\n")
    #expect(inputs.count > 20)
    for input in inputs {
      let bytes = try #require(Data(base64Encoded: String(input)))
      #expect(target.violation(Array(bytes)) == nil, "\(input)")
    }
  }
}
