import CandidateModel
import Foundation

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
    let record = Record(
      id: id, first_name: first, last_name: last, title: title, company: company, locations: locations,
      tags: tags, email_addresses: emails)
    return try CandidateDecoder().decode(bytes: Array(JSONEncoder().encode(record)))
  }

  /// The members by their names in a record.
  private struct Record: Encodable {
    let id: String
    let first_name, last_name, title, company: String?
    let locations, tags, email_addresses: [String]
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
