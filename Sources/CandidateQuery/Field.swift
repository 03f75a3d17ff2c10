/// A field that a query can ask for. One table drives parser, compiler, help and documentation.
public struct Field: Sendable, Hashable {
  /// The field.
  public let id: ID
  /// What it can hold.
  public let kind: Kind
  /// Other names for it: those of the API's records.
  public let aliases: [String]
  /// What it finds, in a line.
  public let summary: String
  /// A query that uses it.
  public let example: String

  /// The name that it is asked for by.
  public var name: String { id.rawValue }

  /// All fields, one case each: a compiler that forgets one does not compile.
  public enum ID: String, CaseIterable, Sendable {
    case name, company, title, location, tag, email, id, connector
    case canEmail = "can_email"
    case isPrivate = "is_private"
  }

  /// What a field's values are.
  public enum Kind: Sendable, Hashable {
    /// Words; `:"…"` a phrase, `:=` the whole value.
    case text
    /// One whole value, or with a star its beginning.
    case value
    /// One whole value that has no beginning of its own.
    case exact
    /// true, false or unknown.
    case flag
  }

  /// The table.
  public static let all: [Field] = [
    Field(
      .name, .text, [], "words of the first or last name", "name:doe"),
    Field(
      .company, .text, [], "the company where the candidate has applied", "company:google"),
    Field(
      .title, .text, [], "the position for which the candidate has applied", "title:\"software engineer\""),
    Field(
      .location, .text, ["locations"], "where the candidate is", "location:\"New York\""),
    Field(
      .tag, .value, ["tags"], "a whole tag, or with a star its beginning", "tag:JUNIOR, tag:camp*"),
    Field(
      .email, .text, ["email_addresses", "emails"],
      "a whole address, its domain after @, or a part", "email:john@doe.com, email:@doe.com"),
    Field(
      .canEmail, .flag, [], "whether the candidate may be e-mailed", "can_email:true"),
    Field(
      .isPrivate, .flag, [], "whether the candidate is restricted", "is_private:false"),
    Field(
      .connector, .exact, [], "where the record comes from", "connector:greenhouse"),
    Field(
      .id, .exact, [], "the record's id", "id:018b18ef-c487-703c-afd9-0ca478ccd9d6"),
  ]

  private init(_ id: ID, _ kind: Kind, _ aliases: [String], _ summary: String, _ example: String) {
    (self.id, self.kind, self.aliases, self.summary, self.example) = (id, kind, aliases, summary, example)
  }

  /// The field of this name or alias, in any case.
  public static func named(_ name: String) -> Field? {
    let name = name.lowercased()
    return all.first { $0.name == name || $0.aliases.contains(name) }
  }

  /// The field whose name is most like this, if any is.
  public static func nearest(to name: String) -> Field? {
    let name = name.lowercased()
    let ranked = all.map { field in
      (field, ([field.name] + field.aliases).map { EditDistance.between($0, name) }.min() ?? .max)
    }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, name.count / 2) else { return nil }
    return best.0
  }
}

/// How many letters must be changed, added, dropped or swapped with their neighbour to turn one word into another.
public enum EditDistance {
  /// The distance (optimal string alignment); costs the product of the lengths.
  public static func between(_ a: String, _ b: String) -> Int {
    let a = Array(a.unicodeScalars)
    let b = Array(b.unicodeScalars)
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let change = rows[i][j] + (a[i] == b[j] ? 0 : 1)
        var best = min(change, rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
