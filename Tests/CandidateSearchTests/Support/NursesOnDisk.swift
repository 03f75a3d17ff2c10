import TestSupport

@testable import CandidateSearch

/// An index in a folder of its own, whose candidates are nurses with numbers for ids.
struct NursesOnDisk {
  let folder: TemporaryFolder
  var path: String { folder.file("candidates.db") }

  init() throws { folder = try TemporaryFolder() }

  static func record(_ i: Int, title: String = "Nurse") -> String {
    #"{"id":"\#(i)","first_name":"Ada","title":"\#(title)","last_interaction_at":"2021-07-0\#(i % 9 + 1)"}"#
  }

  func index(of numbers: Range<Int>, connector: String = "") throws -> CandidateIndex {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add(numbers.map { Self.record($0) }, connector: connector)
    return index
  }
}
