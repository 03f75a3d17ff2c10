extension VariedClass {
  /// Titles, companies and places in other words than the record's.
  static let roles: [VariedClass] = [
    VariedClass("title with another word order") { draw in draw.titled("title-order") },
    VariedClass("title abbreviated") { draw in draw.titled("title-abbreviations") },
    VariedClass("title inflected") { draw in draw.titled("title-plurals") },
    VariedClass("other title of the occupation") { draw in draw.titled("occupations") },
    VariedClass("company with another legal form") { draw in
      let form = draw.typedForm("legal-forms")
      let name = "\(draw.word("companies")) \(draw.surname().capitalized)"
      var person = draw.person()
      person.company = "\(name) \(form.recorded)"
      return VariedCase(
        person, query: "\(name) \(form.typed)", conditions: [Intent.Condition(.company, .words, name)])
    },
    VariedClass("title and place in another language") { draw in draw.placed("places") },
    VariedClass("title and nickname or other name of a city") { draw in draw.placed("city-nicknames") },
    VariedClass("surname and place in another language") { draw in
      let place = draw.forms("places").shuffled(using: &draw.random)
      var person = draw.person()
      person.city = place.first ?? ""
      let conditions = [
        Intent.Condition(.lastName, .whole, person.last),
        Intent.Condition(field: .location, match: .words, texts: place),
      ]
      return VariedCase(
        person, query: "\(person.last) \(place.dropFirst().first ?? "")", conditions: conditions)
    },
    VariedClass("surname and title") { draw in
      let person = draw.person()
      return VariedCase(
        person, query: "\(person.last) \(person.title)",
        conditions: [
          Intent.Condition(.lastName, .whole, person.last), Intent.Condition(.title, .words, person.title),
        ])
    },
    VariedClass("surname and city") { draw in
      let person = draw.person()
      return VariedCase(
        person, query: "\(person.last) \(person.city)",
        conditions: [
          Intent.Condition(.lastName, .whole, person.last), Intent.Condition(.location, .words, person.city),
        ])
    },
  ]

  static let all = names + scripts + roles
}

extension VariedDraw {
  /// A person with a title of a kind, and a query of another form of the title with their surname.
  mutating func titled(_ kind: String) -> VariedCase {
    let forms = typedForm(kind)
    var person = person()
    person.title = forms.recorded
    return VariedCase(
      person, query: "\(forms.typed) \(person.last)",
      conditions: [
        Intent.Condition(.lastName, .whole, person.last),
        Intent.Condition(.title, .words, forms.recorded, forms.typed),
      ])
  }

  /// A person in a city, and a query of their title with another name of the city.
  mutating func placed(_ kind: String) -> VariedCase {
    let names = forms(kind)
    let place = kind == "places" ? names.shuffled(using: &random) : names
    var person = person()
    person.city = place.first ?? ""
    return VariedCase(
      person, query: "\(person.title) \(place.dropFirst().first ?? "")",
      conditions: [
        Intent.Condition(.title, .words, person.title),
        Intent.Condition(field: .location, match: .words, texts: names),
      ])
  }
}
