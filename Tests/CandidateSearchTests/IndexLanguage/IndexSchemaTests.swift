import Testing

@testable import CandidateModel
@testable import CandidateQuery
@testable import CandidateSearch

/// Each test names the field that a row, or an attribute of one, is missing for.
@Suite struct IndexSchemaTests {
  @Test(arguments: Field.ID.allCases) func everyFieldHasOneRow(_ field: Field.ID) {
    #expect(IndexSchema.fields.filter { $0.field == field }.count == 1)
  }

  @Test(arguments: TextColumn.allCases) func everyColumnHasOneRow(_ column: TextColumn) {
    #expect(IndexSchema.fields.filter { $0.column == column }.count == 1)
  }

  @Test(arguments: Presence.allCases) func everyPresenceIsThatOfOneField(_ presence: Presence) {
    let fields = Field.all.filter { $0.presence == presence }.count
    #expect(fields + (IndexSchema.presencesWithoutField[presence] == nil ? 0 : 1) == 1)
    if case .none = IndexSchema.values(of: presence) { Issue.record("\(presence) has no values") }
  }

  @Test(arguments: Field.ID.allCases) func everyKindOfTermHasAPrefixOfItsOwn(_ field: Field.ID) {
    let known: [TermPrefix] = [.all, .initials, .romanized]
    let all = known + IndexSchema.fields.flatMap(\.filter.prefixes)
    for prefix in IndexSchema[field].filter.prefixes {
      #expect(all.filter { $0.bytes == prefix.bytes }.count == 1, "\(prefix.bytes)")
    }
  }

  @Test func csvColumnsAreNumberedFromOne() {
    let rows = IndexSchema.fields.filter { $0.csvColumn != nil }
    for number in 1...rows.count {
      let fields = rows.filter { $0.csvColumn == number }.map(\.field)
      #expect(fields.count == 1, "column \(number)")
    }
  }

  @Test(arguments: Field.all) func aFieldIsIndexedAsItsKindRequires(_ field: Field) {
    let row = IndexSchema[field.id]
    switch field.kind {
    case .text:
      #expect(TextTarget(field.id) != nil, "words")
      #expect(row.filter.wholeValue != nil, "whole values")
    case .value: #expect(row.filter.wholeValue != nil, "whole values")
    case .exact:
      if case .recordID = row.filter { break }
      #expect(row.filter.wholeValue != nil, "whole values")
    case .flag: if case .flag = row.filter { break } else { Issue.record("a term of its flag") }
    case .phone: if case .phone = row.filter { break } else { Issue.record("terms of numbers") }
    case .url: if case .url = row.filter { break } else { Issue.record("terms of addresses") }
    case .time: #expect(TimeQuery.match(field.id, TimeRange()) != .nothing)
    case .custom: if case .custom = row.filter { break } else { Issue.record("terms of values") }
    case .state, .presence: break
    }
    switch field.kind {
    case .text, .value, .phone, .url: #expect(field.presence != nil, "presence")
    default: break
    }
    if row.uses.contains(.facet) { #expect(row.filter.valuePrefix != nil, "terms to count hits by") }
    if row.uses.contains(.counted) { #expect(row.column != nil, "a column to count words of") }
  }

  /// A record with every member of the table: each is read, and each row returns its value.
  @Test(arguments: Field.all) func valuesAreReadFromRecords(_ field: Field) throws {
    let value: String
    switch field.kind {
    // A name is read as its parts; the rest is not part of a record, or of no certain name.
    case .text where field.id == .name, .exact where field.id == .connector: return
    case .state, .presence, .custom: return
    case .flag: value = "true"
    case .time: value = #""2024-03-01T00:00:00Z""#
    case .text, .value, .exact, .phone, .url: value = #""4155550123""#
    }
    let json = #"{"\#(field.recordName)":\#(value),"id":"1"}"#
    let candidate = try CandidateDecoder().decode(json: json)
    #expect(!candidate.values(of: field.id).isEmpty, "\(field.recordName)")
  }

  @Test func everyNamedFacetIsAFacet() {
    let named: [Facet] = [.tag, .company, .location, .title, .connector, .canEmail, .isPrivate]
    #expect(Set(named).isSubset(of: Facet.allCases))
    for facet in Facet.allCases { #expect(Facet(rawValue: facet.rawValue) == facet) }
    #expect(Facet(rawValue: "phone") == nil)
  }
}
