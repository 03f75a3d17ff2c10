import CandidateSearch
import Foundation

/// What the page says in the words of people who hire, where the library has terms.
enum PlainWords {
  // MARK: - Fields

  /// The name of a field.
  static func label(_ field: Field.ID) -> String {
    switch field {
    case .name: "Name"
    case .firstName: "First name"
    case .lastName: "Last name"
    case .company: "Company"
    case .title: "Title"
    case .location: "Place"
    case .tag: "Tag"
    case .email: "E-mail"
    case .phone: "Phone"
    case .url: "Web"
    case .id: "Id"
    case .remoteID: "Id in the source"
    case .connector: "Source"
    case .application: "Application"
    case .attachment: "Attachment"
    case .isPrivate: "Private"
    case .canEmail: "May be e-mailed"
    case .is: "State"
    case .has: "Has"
    case .missing: "Lacks"
    case .modified: "Received"
    case .created: "Created"
    case .updated: "Changed"
    case .custom: "Custom field"
    case .lastInteraction: "Last interaction"
    }
  }

  /// A value of a facet.
  static func value(_ value: String, of field: Field.ID) -> String {
    switch (field, value) {
    case (.isPrivate, "true"), (.canEmail, "true"): "Yes"
    case (.isPrivate, "false"), (.canEmail, "false"): "No"
    case (.isPrivate, _), (.canEmail, _): "Unknown"
    case (.connector, ""): "Uploaded"
    default: value
    }
  }

  // MARK: - Reasons

  /// The headings under which results are that do not match as typed.
  enum Group: Hashable {
    case asTyped, otherForms, corrected, similar

    init(_ tier: Tier) {
      switch tier {
      case .exact, .phrase, .together, .initials, .fields, .anywhere, .alternatives, .recent, .sorted, .id,
        .email:
        self = .asTyped
      case .synonym, .variant, .occupation: self = .otherForms
      case .corrected: self = .corrected
      case .wholeName, .sound, .similar, .dropped: self = .similar
      }
    }

    var heading: String? {
      switch self {
      case .asTyped: nil
      case .otherForms: "Also found: other spellings and related words"
      case .corrected: "With corrected spelling"
      case .similar: "Not what you typed, but similar"
      }
    }
  }

  /// Why a hit was found that does not match as typed.
  static func reason(_ hit: Hit) -> String? {
    let reason = hit.reason.map(sentence)
    return Group(hit.tier) == .corrected ? reason ?? "Spelling corrected" : reason
  }

  /// A message of the library with a capital letter, unless it begins with the name of a field, as it is typed.
  static func sentence(_ message: String) -> String {
    let isName = message.prefix { $0 != " " }.last == ":"
    return isName ? message : message.prefix(1).uppercased() + message.dropFirst()
  }

  /// What results without some servers leave out. Without names, if `servers` is empty.
  static func missingCandidates(_ servers: [String]) -> String {
    "Some candidates are missing from this list: \(IndexError.statement(ofMissingParts: servers))."
  }

  // MARK: - Times

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]

  /// A day: `8 August 2022`.
  static func day(_ time: Timestamp) -> String {
    let date = time.date
    return "\(date.day) \(months[(date.month - 1) % 12]) \(date.year)"
  }

  /// How long ago a day was: `3 weeks ago`. A day in the future is named.
  static func age(_ time: Timestamp, now: Timestamp) -> String {
    let days = now.date.daysSince1970 - time.date.daysSince1970
    return switch days {
    case ..<0: "on \(day(time))"
    case 0: "today"
    case 1: "yesterday"
    case ..<14: "\(days) days ago"
    case ..<60: "\(days / 7) weeks ago"
    case ..<730: "\(days * 12 / 365) months ago"
    default: "\(days / 365) years ago"
    }
  }

  /// How long ago a moment was: `5 minutes ago`.
  static func recentAge(_ time: Timestamp, now: Timestamp) -> String {
    let seconds = now.seconds - time.seconds
    return switch seconds {
    case ..<60: "just now"
    case ..<120: "a minute ago"
    case ..<3_600: "\(seconds / 60) minutes ago"
    case ..<7_200: "an hour ago"
    case ..<86_400: "\(seconds / 3_600) hours ago"
    default: age(time, now: now)
    }
  }

  // MARK: - Numbers

  /// A number of candidates.
  static func candidates(_ count: Int) -> String {
    count == 1 ? "1 candidate" : "\(number(count)) candidates"
  }

  /// The number of all results: at least that many, where some servers are missing.
  static func count(of results: SearchResults) -> String {
    (results.missingParts.isEmpty ? "" : "at least ") + candidates(results.count ?? 0)
  }

  /// A number of candidates within a sentence.
  static func candidatesOrNone(_ count: Int) -> String { count == 0 ? "none" : candidates(count) }

  /// A number with a narrow space between thousands, which no language reads as a fraction.
  static func number(_ number: Int) -> String {
    var digits = Array(String(number))
    var place = digits.count - 3
    while place > 0 {
      digits.insert("\u{202F}", at: place)
      place -= 3
    }
    return String(digits)
  }
}
