@testable import CandidateModel
@testable import CandidateSearch

/// A candidate in few words.
struct Person: Sendable {
  var first: String?
  var last: String?
  var title: String?
  var company: String?
  var locations: [String] = []
  var tags: [String] = []
  var emails: [String] = []

  func candidate(id: String = "1") throws -> Candidate {
    var candidate = try CandidateDecoder().decode(json: #"{"id":"\#(id)"}"#)
    (candidate.firstName, candidate.lastName) = (first, last)
    (candidate.title, candidate.company) = (title, company)
    (candidate.locations, candidate.tags, candidate.emailAddresses) = (locations, tags, emails)
    return candidate
  }
}

extension Candidate {
  /// The values of a field that highlights tell.
  func values(_ field: Field.ID) -> [String] {
    switch field {
    case .firstName: [firstName ?? ""]
    case .lastName: [lastName ?? ""]
    case .company: [company ?? ""]
    case .title: [title ?? ""]
    case .location: locations
    case .tag: tags
    case .email: emailAddresses
    default: []
    }
  }
}
