import Foundation

/// What a judge reads of a record: read from its JSON alone, by no engine.
struct CorpusRecord: Decodable, Sendable {
  var id: String
  var firstName: String?
  var lastName: String?
  var company: String?
  var title: String?
  var locations: [String]?
  var tags: [String]?
  var emails: [String]?
  var canEmail: Bool?

  enum CodingKeys: String, CodingKey {
    case id
    case firstName = "first_name"
    case lastName = "last_name"
    case company, title, locations, tags
    case emails = "email_addresses"
    case canEmail = "can_email"
  }

  init(json: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(CorpusRecord.self, from: Data(json))
  }

  /// The values of a field.
  func values(_ field: JudgedField) -> [String] {
    switch field {
    case .firstName: [firstName].compactMap(\.self)
    case .lastName: [lastName].compactMap(\.self)
    case .company: [company].compactMap(\.self)
    case .title: [title].compactMap(\.self)
    case .location: locations ?? []
    case .tag: tags ?? []
    case .email: emails ?? []
    case .emailLocalPart: (emails ?? []).compactMap { $0.split(separator: "@").first.map(String.init) }
    }
  }
}

/// The fields that answers are judged by.
enum JudgedField: String, Codable {
  case firstName = "first_name"
  case lastName = "last_name"
  case company, title, location, tag, email
  case emailLocalPart = "email_local_part"
}
