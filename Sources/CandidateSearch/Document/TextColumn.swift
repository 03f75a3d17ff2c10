import CandidateModel

/// The columns of the index that hold what people read.
enum TextColumn: String, CaseIterable, Sendable {
  case name, company, title, location, tag, email

  /// What a candidate says there.
  func values(of candidate: Candidate) -> [String] {
    switch self {
    case .name: [candidate.fullName]
    case .company: [candidate.company].compactMap(\.self)
    case .title: [candidate.title].compactMap(\.self)
    case .location: candidate.locations
    case .tag: candidate.tags
    case .email: candidate.emailAddresses
    }
  }

  /// The words of a value. An address is taken apart at every sign: `example.net` is not about .NET.
  func words(of value: String) -> [Word] {
    guard self == .email else { return WordSplitter.words(value) }
    let parts = value.split { !$0.isLetter && !$0.isNumber }
    return parts.flatMap { WordSplitter.words(String($0)) }
  }
}
