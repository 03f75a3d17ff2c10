/// A made-up candidate who is added to the corpus, so that a query can be about them.
struct VariedPerson {
  var first: String
  var last: String
  var company: String
  var title: String
  var city: String

  /// The record as the API sends it; `number` makes id and times.
  func record(_ number: Int) -> VariedRecord {
    let digits = String(number + 1, radix: 16)
    let id = "00000000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    // Spread over the corpus's years, so that recency decides nothing.
    let (year, month, day) = (2019 + number % 7, 1 + number / 7 % 12, 1 + number / 84 % 28)
    let time = "\(year)-\(Self.two(month))-\(Self.two(day))T12:00:\(Self.two(number % 60))Z"
    return VariedRecord(
      id: id, remoteID: "varied-\(number)", modifiedAt: time, firstName: capitalized(first),
      lastName: capitalized(last), company: company, title: title, lastInteractionAt: time, locations: [city])
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// A name of the lists with capitals, as records have them.
  private func capitalized(_ name: String) -> String {
    var result = ""
    var isStart = true
    for letter in name {
      result += isStart ? letter.uppercased() : String(letter)
      isStart = letter == "-" || letter == " " || letter == "'"
    }
    return result
  }
}

/// A record with every member that an engine reads.
struct VariedRecord: Encodable {
  var id: String
  var remoteID: String
  var modifiedAt: String
  var firstName: String
  var lastName: String
  var company: String
  var title: String
  var lastInteractionAt: String
  var locations: [String]
  var isPrivate = false
  var canEmail = true
  var phoneNumbers: [String] = []
  var emailAddresses: [String] = []
  var tags: [String] = []
  var applications: [String] = []
  var attachments: [String] = []

  enum CodingKeys: String, CodingKey {
    case id
    case remoteID = "remote_id"
    case modifiedAt = "modified_at"
    case firstName = "first_name"
    case lastName = "last_name"
    case company, title
    case lastInteractionAt = "last_interaction_at"
    case locations
    case isPrivate = "is_private"
    case canEmail = "can_email"
    case phoneNumbers = "phone_numbers"
    case emailAddresses = "email_addresses"
    case tags, applications, attachments
  }
}
