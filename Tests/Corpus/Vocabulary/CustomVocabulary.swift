import CandidateTime

/// The tables of the fields that each customer makes up.
struct CustomVocabulary: Sendable {
  private let categories = Words(ContactText.categories, offset: 1)
  private let sources = Words(ContactText.sources, offset: 3)
  private let nationalities = Words(ContactText.nationalities, offset: 4)
  private let notes = Words(ContactText.notes, offset: 3)

  /// Appends the object: a quarter of the records have one with members.
  func append(_ random: inout RandomStream, to buffer: inout [UInt8]) {
    switch random.below(1000) {
    case 0..<250: break
    case 250..<400: return buffer.append("{}")
    default: return buffer.append("null")
    }
    buffer.append("{\"category_group\":")
    buffer.appendQuoted(categories.draw(&random))
    if random.chance(perMille: 700) {
      buffer.append(",\"hire_source\":")
      buffer.appendQuoted(sources.draw(&random))
    }
    if random.chance(perMille: 300) {
      buffer.append(",\"nationality\":")
      buffer.appendQuoted(nationalities.draw(&random))
    }
    if random.chance(perMille: 200) {
      buffer.append(",\"original_hire_date\":\"")
      CivilDate(daysSince1970: Int64(9_000 + random.below(11_700))).append(to: &buffer)
      buffer.append("T00:00:00\"")
    }
    if random.chance(perMille: 250) {
      buffer.append(",\"notice_period_weeks\":")
      buffer.appendDecimal(random.below(27))
    }
    if random.chance(perMille: 250) {
      buffer.append(",\"willing_to_relocate\":")
      buffer.appendBool(random.chance(perMille: 400))
    }
    if random.chance(perMille: 200) {
      buffer.append(",\"recruiter_note\":")
      buffer.appendQuoted(notes.draw(&random))
    }
    buffer.append("}")
  }
}
