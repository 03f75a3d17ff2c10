import CandidateQuery
import CandidateTime
import Testing

@Suite struct ResolverTests {
  private static let context = QueryResolver.Context(
    now: Timestamp(startOf: CivilDate(daysSince1970: 20_781)),  // 2026-11-24
    customFields: Set([CustomField("hire_source")].compactMap(\.self)))

  static let wrong: [(query: String, message: String)] = [
    (
      "tga:JUNIOR",
      """
      there is no field “tga”
        tga:JUNIOR
        ^^^^^^^^^^
      Did you mean tag:? To search for it as text, put it in quotes: "tga:JUNIOR"
      """
    ),
    (
      "engineer Skills:java",
      """
      there is no field “Skills”
        engineer Skills:java
                 ^^^^^^^^^^^
      To search for it as text, put it in quotes: "Skills:java"
      """
    ),
    (
      "can_email:maybe",
      """
      can_email: cannot be “maybe”
        can_email:maybe
        ^^^^^^^^^^^^^^^
      write can_email:true, can_email:false or can_email:unknown
      """
    ),
    (
      "id:018b*",
      """
      id: takes a whole value, not the beginning of one
        id:018b*
        ^^^^^^^^
      leave the star out
      """
    ),
    (
      "engineer tag:",
      """
      tag: has no value
        engineer tag:
                 ^^^^
      write tag:VALUE, or "tag:" in quotes to search for it as text
      """
    ),
    (
      "engineer tag:()",
      """
      tag: has no value
        engineer tag:()
                 ^^^^^^
      write tag:VALUE, or "tag:" in quotes to search for it as text
      """
    ),
    (
      "-name:((( NOT ",
      """
      name: has no value
        -name:((( NOT 
         ^^^^^^^^^^^^^
      write name:VALUE, or "name:" in quotes to search for it as text
      """
    ),
  ]

  @Test(arguments: wrong) func pointsAtWhatIsWrong(query: String, message: String) {
    let error = #expect(throws: QueryError.self) {
      try QueryResolver.resolve(try QueryParser.parse(query).tree, of: query, in: Self.context)
    }
    #expect(error?.description == message)
  }

  static let right: [(query: String, resolved: Query)] = [
    ("tag:JUNIOR", .whole(.tag, "JUNIOR")),
    ("TAGS:a", .whole(.tag, "a")),
    ("tag:*", .present(.tag)),
    ("tag:camp*", .beginning(.tag, "camp")),
    ("title:\"a b\"", .words(.title, QueryText("a b", isPhrase: true))),
    ("title:=a", .whole(.title, "a")),
    ("can_email:yes", .flag(.canEmail, true)),
    ("is_private:UNKNOWN", .flag(.isPrivate, nil)),
  ]

  @Test(arguments: right) func resolves(query: String, resolved: Query) throws {
    #expect(
      try QueryResolver.resolve(try QueryParser.parse(query).tree, of: query, in: Self.context) == resolved)
  }

  @Test func everyFieldStandsInTheTableOnce() {
    for field in Field.ID.allCases {
      #expect(Field.all.filter { $0.id == field }.count == 1, "\(field.rawValue)")
    }
    let names = Field.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
    for field in Field.all {
      #expect(!field.summary.isEmpty)
      for example in field.examples {
        #expect(throws: Never.self) {
          try QueryResolver.resolve(try QueryParser.parse(example).tree, of: example, in: Self.context)
        }
      }
    }
  }
}
