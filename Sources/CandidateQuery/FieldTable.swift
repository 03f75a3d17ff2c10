extension Field {
  /// Identifies a field. Each has a row in `Field.all` and one in the index schema.
  public enum ID: String, CaseIterable, Sendable {
    case name, company, title, location, tag, email, phone, url, id, connector, application, attachment
    case firstName = "first_name"
    case lastName = "last_name"
    case remoteID = "remote_id"
    case isPrivate = "is_private"
    case canEmail = "can_email"
    case `is`, has, missing, modified, created, updated, custom
    case lastInteraction = "last_interaction"
  }

  /// The table, in the order in which help and documentation show it.
  public static let all: [Field] = [
    Field(
      .name, .text, presence: .name, summary: "words of the whole name",
      examples: ["name:doe", "name:\"john doe\"", "name:=\"john doe\""]),
    Field(
      .firstName, .text, presence: .firstName, summary: "words of the first name",
      examples: ["first_name:john"]),
    Field(
      .lastName, .text, presence: .lastName, summary: "words of the last name",
      examples: ["last_name:doe", "last_name:=doe"]),
    Field(
      .company, .text, presence: .company,
      summary: "the company as the ATS reports it; in most systems the current employer",
      examples: ["company:google"]),
    Field(
      .title, .text, presence: .title,
      summary: "the position as the ATS reports it; in most systems the current one",
      examples: ["title:\"software engineer\"", "title:eng*"]),
    Field(
      .location, .text, aliases: ["locations"], presence: .location, summary: "where the candidate is",
      examples: ["location:\"New York\""]),
    Field(
      .tag, .value, aliases: ["tags"], presence: .tag, summary: "a whole tag, or with a star its beginning",
      examples: ["tag:JUNIOR", "tag:camp*"]),
    Field(
      .email, .text, aliases: ["email_addresses", "emails"], presence: .email,
      contactMembers: ["email_addresses"],
      summary: "a whole address, its domain after @, or a part",
      examples: ["email:john@doe.com", "email:@doe.com", "email:john"]),
    Field(
      .phone, .phone, aliases: ["phone_numbers", "phones"], presence: .phone,
      contactMembers: ["phone_numbers"],
      summary:
        "a number in any notation, with or without the country's code, or its last digits, at least four",
      examples: ["phone:(415) 555-0123", "phone:0123"]),
    Field(
      .url, .url, aliases: ["urls"], presence: .url, contactMembers: ["urls"],
      summary: "a web address, its host, path or last part",
      examples: ["url:linkedin.com/in/johndoe", "url:johndoe"]),
    Field(
      .isPrivate, .flag, summary: "whether the candidate is restricted: true, false or unknown",
      examples: ["is_private:false"]),
    Field(
      .canEmail, .flag, summary: "whether the candidate may be e-mailed: true, false or unknown",
      examples: ["can_email:true"]),
    Field(
      .is, .state, summary: "private or emailable, known to be so",
      examples: ["is:emailable", "-is:private"]),
    Field(
      .has, .presence, summary: "candidates with something in a field: " + presenceNames,
      examples: ["has:email", "has:interaction"]),
    Field(.missing, .presence, summary: "candidates with nothing there", examples: ["missing:phone"]),
    Field(
      .lastInteraction, .time, aliases: ["last_interaction_at"], presence: .interaction,
      summary: "when someone last dealt with the candidate",
      examples: ["last_interaction:2024-03", "last_interaction:<90d"]),
    Field(
      .modified, .time, aliases: ["modified_at"], summary: "when the record was last synced",
      examples: ["modified:>=2024-01-01", "modified:today"]),
    Field(
      .created, .time, aliases: ["remote_created_at"], summary: "when the candidate was created",
      examples: ["created:2023..2024"]),
    Field(
      .updated, .time, aliases: ["remote_updated_at"], summary: "when the candidate was last updated",
      examples: ["updated:>1y"]),
    Field(
      .connector, .exact, summary: "where the record comes from", examples: ["connector:greenhouse"]),
    Field(
      .id, .exact, summary: "the record's id", examples: ["id:018b18ef-c487-703c-afd9-0ca478ccd9d6"]),
    Field(.remoteID, .exact, summary: "the third party's id", examples: ["remote_id:123321"]),
    Field(
      .application, .exact, aliases: ["applications"], presence: .application,
      summary: "the id of an application",
      examples: ["application:018b4bfb-5ece-70b1-ad5e-862a9433aa65"]),
    Field(
      .attachment, .exact, aliases: ["attachments"], presence: .attachment,
      summary: "the id of an attachment",
      examples: ["attachment:018b4bfb-5ece-70b1-ad5e-862a9433aa65"]),
    Field(
      .custom, .custom, contactMembers: ["custom_fields", "raw_data"],
      summary: "a custom field's whole value, where the index was told to contain that field",
      examples: ["custom.hire_source:refer"]),
  ]

  private static let presenceNames = Presence.allCases.map(\.rawValue).joined(separator: ", ")
}

/// The values of `has:` and `missing:`, in the order in which documents contain the terms of what is missing.
public enum Presence: String, CaseIterable, Sendable {
  case name, email, phone, location, tag, title, company, url, application, attachment, avatar, interaction
  case firstName = "first_name"
  case lastName = "last_name"
}
