import CandidateModel

/// Collects the keys of a candidate, each once.
struct Keys {
  private var tokens: [String] = []

  init(_ candidate: Candidate, connector: String) {
    add(.all)
    add(.connector(connector))
    add(.id(candidate.id))
    add(.isPrivate(candidate.isPrivate))
    add(.canEmail(candidate.canEmail))
    for tag in candidate.tags where !tag.isBlank { add(.tag(tag)) }
    for address in candidate.emailAddresses where !address.isBlank {
      add(.email(address))
      if let at = address.lastIndex(of: "@") {
        add(.emailDomain(String(address[address.index(after: at)...])))
      }
    }
    for phone in candidate.phoneNumbers {
      if let digits = Key.reversedDigits(phone) { add(.phone(reversedDigits: digits)) }
    }
    for field in PresenceField.allCases where !field.isPresent(in: candidate) {
      add(.missing(field.rawValue))
    }
  }

  /// The whole value of a column, where people search by it.
  mutating func add(_ column: TextColumn, _ words: [Word]) {
    guard !words.isEmpty else { return }
    switch column {
    case .name, .company, .title, .location: add(.whole(column, words: words))
    case .tag, .email: break
    }
  }

  private mutating func add(_ key: Key) {
    if !tokens.contains(key.token) { tokens.append(key.token) }
  }

  func finish() -> String { tokens.joined(separator: " ") }
}

/// A field whose absence can be asked for. Absence is what is indexed: of most fields it is the rarer.
enum PresenceField: String, CaseIterable {
  case name, email, phone, location, tag, title, company, url, application, attachment, avatar, interaction

  func isPresent(in candidate: Candidate) -> Bool {
    switch self {
    case .name: Self.isPresent([candidate.firstName, candidate.lastName])
    case .email: Self.isPresent(candidate.emailAddresses)
    case .phone: Self.isPresent(candidate.phoneNumbers)
    case .location: Self.isPresent(candidate.locations)
    case .tag: Self.isPresent(candidate.tags)
    case .title: Self.isPresent([candidate.title])
    case .company: Self.isPresent([candidate.company])
    case .url: Self.isPresent(candidate.urls.map(\.address))
    case .application: !candidate.applications.isEmpty
    case .attachment: !candidate.attachments.isEmpty
    case .avatar: Self.isPresent([candidate.avatar])
    case .interaction: candidate.lastInteractionAt != nil
    }
  }

  private static func isPresent(_ values: [String?]) -> Bool {
    values.contains { !($0 ?? "").isBlank }
  }
}

extension String {
  /// Whether there is nothing but white space.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
