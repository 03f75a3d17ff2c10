import CandidateModel
import CandidateQuery
import TextAnalysis

extension Presence {
  /// Whether a candidate has something there. Its absence is what is indexed: of most fields it is the rarer.
  func isPresent(in candidate: Candidate) -> Bool {
    switch self {
    case .name: Self.isPresent(candidate.firstName) || Self.isPresent(candidate.lastName)
    case .firstName: Self.isPresent(candidate.firstName)
    case .lastName: Self.isPresent(candidate.lastName)
    case .email: Self.isPresent(candidate.emailAddresses)
    case .phone: Self.isPresent(candidate.phoneNumbers)
    case .location: Self.isPresent(candidate.locations)
    case .tag: Self.isPresent(candidate.tags)
    case .title: Self.isPresent(candidate.title)
    case .company: Self.isPresent(candidate.company)
    case .url: candidate.urls.contains { !$0.address.isBlank }
    case .application: !candidate.applications.isEmpty
    case .attachment: !candidate.attachments.isEmpty
    case .avatar: Self.isPresent(candidate.avatar)
    case .interaction: candidate.lastInteractionAt != nil
    }
  }

  private static func isPresent(_ value: String?) -> Bool { value.map { !$0.isBlank } ?? false }
  private static func isPresent(_ values: [String]) -> Bool { values.contains { !$0.isBlank } }
}

extension String {
  /// Whether there is nothing but white space.
  var isBlank: Bool {
    // Most texts begin with a character of ASCII that is none.
    if let first = utf8.first, first > 0x20, first < 0x7F { return false }
    return allSatisfy(\.isWhitespace)
  }
}
