extension Field {
  /// The table, in the order in which help and documentation show it.
  public static let all: [Field] = [
    Field(
      .name, .text, [], "words of the whole name",
      ["name:doe", "name:\"john doe\"", "name:=\"john doe\""]),
    Field(.firstName, .text, [], "words of the first name", ["first_name:john"]),
    Field(.lastName, .text, [], "words of the last name", ["last_name:doe", "last_name:=doe"]),
    Field(
      .company, .text, [], "the company where the candidate has applied", ["company:google"]),
    Field(
      .title, .text, [], "the position for which the candidate has applied",
      ["title:\"software engineer\"", "title:eng*"]),
    Field(.location, .text, ["locations"], "where the candidate is", ["location:\"New York\""]),
    Field(
      .tag, .value, ["tags"], "a whole tag, or with a star its beginning", ["tag:JUNIOR", "tag:camp*"]),
    Field(
      .email, .text, ["email_addresses", "emails"], "a whole address, its domain after @, or a part",
      ["email:john@doe.com", "email:@doe.com", "email:john"]),
    Field(
      .phone, .phone, ["phone_numbers", "phones"],
      "a number in any notation, with or without the country's code, or its last digits, at least four",
      ["phone:(415) 555-0123", "phone:0123"]),
    Field(
      .url, .url, ["urls"], "a web address, its host, path or last part",
      ["url:linkedin.com/in/johndoe", "url:johndoe"]),
    Field(
      .isPrivate, .flag, [], "whether the candidate is restricted: true, false or unknown",
      ["is_private:false"]),
    Field(
      .canEmail, .flag, [], "whether the candidate may be e-mailed: true, false or unknown",
      ["can_email:true"]),
    Field(
      .is, .state, [], "private or emailable, known to be so", ["is:emailable", "-is:private"]),
    Field(
      .has, .presence, [], "candidates with something in a field: " + presenceNames,
      ["has:email", "has:interaction"]),
    Field(.missing, .presence, [], "candidates with nothing there", ["missing:phone"]),
    Field(
      .lastInteraction, .time, ["last_interaction_at"], "when someone last dealt with the candidate",
      ["last_interaction:2024-03", "last_interaction:<90d"]),
    Field(
      .modified, .time, ["modified_at"], "when the record was last synced",
      ["modified:>=2024-01-01", "modified:today"]),
    Field(
      .created, .time, ["remote_created_at"], "when the candidate was created", ["created:2023..2024"]),
    Field(
      .updated, .time, ["remote_updated_at"], "when the candidate was last updated", ["updated:>1y"]),
    Field(.connector, .exact, [], "where the record comes from", ["connector:greenhouse"]),
    Field(.id, .exact, [], "the record's id", ["id:018b18ef-c487-703c-afd9-0ca478ccd9d6"]),
    Field(.remoteID, .exact, [], "the third party's id", ["remote_id:123321"]),
    Field(
      .application, .exact, ["applications"], "the id of an application",
      ["application:018b4bfb-5ece-70b1-ad5e-862a9433aa65"]),
    Field(
      .attachment, .exact, ["attachments"], "the id of an attachment",
      ["attachment:018b4bfb-5ece-70b1-ad5e-862a9433aa65"]),
    Field(
      .custom, .custom, [], "a custom field's whole value, where the index was told to hold that field",
      ["custom.hire_source:refer"]),
  ]

  private static let presenceNames = Presence.allCases.map(\.rawValue).joined(separator: ", ")
}
