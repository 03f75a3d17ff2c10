/// A query as somebody may type it, and what answers it.
struct RelevanceQuery: Codable, Equatable {
  var `class`: RelevanceClass
  var query: String
  var intent: Intent
}

/// What people type when they look for somebody they know, or for a role.
enum RelevanceClass: String, Codable, CaseIterable {
  case fullName = "full name"
  case firstNameAndCompany = "first name and company"
  case lastNameAndTitle = "last name and title"
  case titleAndCity = "title and city"
  case email = "e-mail"
  case localPart = "local part of the e-mail"
  case nickname = "nickname and last name"
  case withoutDiacritics = "without diacritics"
  case transliterated
  case initials
  case swapped = "two letters swapped"
  case missing = "one letter missing"
  case halfTyped = "last word half typed"
  case tagAndTitle = "tag and title"
}
