extension VariedClass {
  /// Names with something added, left out or typed wrongly.
  static let names: [VariedClass] = [
    VariedClass("typed exactly") { draw in draw.named { person, _ in "\(person.first) \(person.last)" } },
    VariedClass("surname first") { draw in draw.named { person, _ in "\(person.last) \(person.first)" } },
    VariedClass("honorific added") { draw in
      draw.named { person, draw in "\(draw.word("honorifics")) \(person.first) \(person.last)" }
    },
    VariedClass("suffix added") { draw in
      draw.named { person, draw in "\(person.first) \(person.last) \(draw.word("suffixes"))" }
    },
    VariedClass("unrecorded middle name") { draw in
      draw.named { person, draw in "\(person.first) \(draw.word("middle")) \(person.last)" }
    },
    VariedClass("former company or city added") { draw in
      draw.named { person, draw in "\(person.first) \(person.last) \(draw.word("former"))" }
    },
    VariedClass("initial and surname") { draw in
      let person = draw.person()
      let initial = String(person.first.prefix(1))
      return VariedCase(
        person, beginning: initial, query: "\(initial)\(draw.chance() ? "." : "") \(person.last)")
    },
    VariedClass("first word half typed") { draw in
      let person = draw.person()
      let half = String(person.first.prefix(max(3, (person.first.count + 1) / 2)))
      return VariedCase(person, beginning: half, query: "\(half) \(person.last)")
    },
    VariedClass("one error in the first name") { draw in draw.mistyped(first: "one given", last: nil) },
    VariedClass("one error in the surname") { draw in draw.mistyped(first: nil, last: "one surname") },
    VariedClass("an error in each name") { draw in draw.mistyped(first: "one given", last: "one surname") },
    VariedClass("two errors in a name") { draw in
      draw.chance()
        ? draw.mistyped(first: "two given", last: nil) : draw.mistyped(first: nil, last: "two surname")
    },
    VariedClass("an error and a wrong word") { draw in
      var made = draw.mistyped(first: nil, last: "one surname")
      made.query += " \(draw.word("former").lowercased())"
      return made
    },
    VariedClass("nickname typed") { draw in draw.nickname(isTyped: true) },
    VariedClass("nickname recorded") { draw in draw.nickname(isTyped: false) },
    VariedClass("sound-alike first name") { draw in draw.spelled(first: "sound-alike given", last: nil) },
    VariedClass("sound-alike surname") { draw in draw.spelled(first: nil, last: "sound-alike surname") },
    VariedClass("other Latin spelling, Arabic first name") { draw in
      draw.spelled(first: "arabic given", last: nil)
    },
    VariedClass("other Latin spelling, Arabic surname") { draw in
      draw.spelled(first: nil, last: "arabic surname")
    },
    VariedClass("other Latin spelling, Asian first name") { draw in
      draw.spelled(first: "asian given", last: nil)
    },
    VariedClass("other Latin spelling, Asian surname") { draw in
      draw.spelled(first: nil, last: "asian surname")
    },
  ]

  /// Names of other scripts that are typed in Latin letters.
  static let scripts: [VariedClass] = [
    "Chinese", "Korean", "Japanese", "Arabic", "Hebrew", "Devanagari", "Bengali", "Tamil", "Telugu", "Thai",
    "Georgian", "Armenian", "Greek", "Cyrillic",
  ].map { script in
    VariedClass("\(script) name typed in Latin") { draw in draw.romanized(script.lowercased()) }
  }
}

extension VariedDraw {
  /// A person, and their name as it was typed in a record-linkage set.
  mutating func mistyped(first: String?, last: String?) -> VariedCase {
    typed(first: first.map { typedForm($0) }, last: last.map { typedForm($0) })
  }

  /// A person, and another spelling of their first name or surname.
  mutating func spelled(first: String?, last: String?) -> VariedCase {
    typed(first: first.map { twoForms($0) }, last: last.map { twoForms($0) })
  }

  private mutating func typed(first: VariedForms?, last: VariedForms?) -> VariedCase {
    let person = person(first: first?.recorded, last: last?.recorded)
    return VariedCase(
      person, query: "\(first?.typed ?? person.first) \(last?.typed ?? person.last)",
      typedFirst: first?.typed, typedLast: last?.typed)
  }

  mutating func nickname(isTyped: Bool) -> VariedCase {
    let pair = typedForm("nicknames")
    let (recorded, typed) = isTyped ? (pair.recorded, pair.typed) : (pair.typed, pair.recorded)
    let person = person(first: recorded)
    // Whoever may have been meant: all names of the nickname.
    let others = VariedNames(first: lists.forms("nicknames", with: typed))
    return VariedCase(person, query: "\(typed) \(person.last)", typedFirst: typed, others: others)
  }

  /// A person whose name is in another script; whoever's name is spelled so in Latin letters is a right answer.
  mutating func romanized(_ script: String) -> VariedCase {
    let (first, last) = (typedForm("\(script) given"), typedForm("\(script) surname"))
    let person = person(first: first.recorded, last: last.recorded)
    let surnameFirst = ["chinese", "korean", "japanese"].contains(script) && chance()
    return VariedCase(
      person, query: surnameFirst ? "\(last.typed) \(first.typed)" : "\(first.typed) \(last.typed)",
      typedFirst: first.typed, typedLast: last.typed,
      others: VariedNames(
        first: lists.forms("\(script) given", with: first.typed),
        last: lists.forms("\(script) surname", with: last.typed)))
  }
}
