/// A kind of difference between what is typed and what the record contains.
struct VariedClass: Sendable {
  let name: String
  /// A person and a query for them.
  let make: @Sendable (inout VariedDraw) -> VariedCase

  init(_ name: String, _ make: @escaping @Sendable (inout VariedDraw) -> VariedCase) {
    self.name = name
    self.make = make
  }
}

/// A person, a query for them, and who is a right answer.
struct VariedCase {
  var person: VariedPerson
  var query: String
  /// First names of right answers, beside the person's own; nil if the query names no first name.
  var firstNames: [String]?
  /// Surnames of right answers, beside the person's own.
  var lastNames: [String] = []
  /// Whether the query contains only the beginning of the first name: whoever's begins so is a right answer.
  var isBeginning = false
  /// What a right answer must contain beside its names.
  var conditions: [Intent.Condition] = []

  /// The rule for right answers.
  var intent: Intent {
    guard let firstNames else { return Intent(conditions: conditions) }
    return Intent(
      conditions: [
        Intent.Condition(field: .firstName, match: isBeginning ? .beginning : .whole, texts: firstNames),
        Intent.Condition(field: .lastName, match: .whole, texts: lastNames),
      ] + conditions)
  }

  /// A query for a person by name: right answers have the name as recorded or as typed.
  init(
    _ person: VariedPerson, query: String, typedFirst: String? = nil, typedLast: String? = nil,
    others: VariedNames = VariedNames()
  ) {
    self.person = person
    self.query = query.lowercased()
    firstNames = [person.first] + [typedFirst].compactMap(\.self) + others.first
    lastNames = [person.last] + [typedLast].compactMap(\.self) + others.last
  }

  /// A query of the beginning of a first name and the surname.
  init(_ person: VariedPerson, beginning: String, query: String) {
    self.init(person, query: query)
    firstNames = [beginning]
    isBeginning = true
  }

  /// A query for a role: any candidate who meets the conditions is a right answer.
  init(_ person: VariedPerson, query: String, conditions: [Intent.Condition]) {
    self.person = person
    self.query = query.lowercased()
    self.conditions = conditions
  }
}

/// Further names of right answers.
struct VariedNames {
  var first: [String] = []
  var last: [String] = []
}

extension VariedDraw {
  /// A person of this name, if given, with a company, a title and a city that few others have.
  mutating func person(first: String? = nil, last: String? = nil) -> VariedPerson {
    VariedPerson(
      first: first ?? givenName(), last: last ?? surname(),
      company: "\(word("companies")) \(word("legal-forms"))", title: typedTitle(), city: city())
  }

  /// A query of the full name, and the person.
  mutating func named(_ query: (VariedPerson, inout VariedDraw) -> String) -> VariedCase {
    let person = person()
    return VariedCase(person, query: query(person, &self))
  }
}
