import CandidateModel
import CandidateQuery

/// How an index stores each field: one row per field.
///
/// Columns, filter terms, presence, facets, highlights, term statistics, CSV columns and the cases of the
/// query compiler derive from these rows. To add a field, add its `Field.ID`, its row in `Field.all` and its
/// row here.
package enum IndexSchema {
  /// One row for each `Field.ID`, in the order in which a document contains their filter terms. Another order
  /// makes other documents and needs another `Document.version`.
  package static let fields: [IndexedField] = [
    IndexedField(.connector, filter: .connector(.connector), uses: .facet),
    IndexedField(.id, .text(.id), filter: .recordID, csvColumn: 1),
    IndexedField(.remoteID, .text(.remoteID), filter: .value(.remoteID)),
    IndexedField(.application, .ids(.applications), filter: .value(.application)),
    IndexedField(.attachment, .ids(.attachments), filter: .value(.attachment)),
    IndexedField(
      .isPrivate, .flag(.isPrivate), filter: .flag(.isPrivate), uses: .facet, csvColumn: 11),
    IndexedField(.canEmail, .flag(.canEmail), filter: .flag(.canEmail), uses: .facet, csvColumn: 10),
    IndexedField(
      .tag, .texts(.tags), column: .tag, filter: .value(.tag), wordPairs: .tagPair,
      uses: [.counted, .facet], csvColumn: 7),
    IndexedField(.missing, filter: .absence),
    IndexedField(
      .firstName, .text(.firstName), filter: .namePart(whole: .firstName, word: .first), csvColumn: 2),
    IndexedField(
      .lastName, .text(.lastName), filter: .namePart(whole: .lastName, word: .last), csvColumn: 3),
    IndexedField(
      .name, .fullName, column: .name, filter: .fullName(.name),
      uses: .counted),
    IndexedField(
      .email, .texts(.emailAddresses), column: .email, filter: .email(.email, domain: .domain),
      csvColumn: 8),
    IndexedField(.phone, .texts(.phoneNumbers), filter: .phone(.phone), csvColumn: 9),
    IndexedField(.url, .texts(.urls), filter: .url(host: .host, path: .path)),
    IndexedField(.custom, filter: .custom),
    IndexedField(
      .company, .text(.company), column: .company, filter: .words(.company), uses: [.counted, .facet],
      csvColumn: 5),
    IndexedField(
      .title, .text(.title), column: .title, filter: .words(.title), wordPairs: .titlePair,
      uses: [.counted, .facet], csvColumn: 4),
    IndexedField(
      .location, .texts(.locations), column: .location, filter: .words(.location),
      uses: [.counted, .facet], csvColumn: 6),
    IndexedField(.is),
    IndexedField(.has),
    IndexedField(
      .lastInteraction, .time(.lastInteractionAt), filter: .recency, csvColumn: 12),
    IndexedField(.modified, .time(.modifiedAt), filter: .recordTime(.modified)),
    IndexedField(.created, .time(.remoteCreatedAt), filter: .recordTime(.created)),
    IndexedField(.updated, .time(.remoteUpdatedAt), filter: .recordTime(.updated)),
  ]

  /// What `has:` and `missing:` test and no field contains.
  package static let presencesWithoutField: [Presence: FieldValues] = [.avatar: .text(.avatar)]
}

/// The columns of text of an index, in the order in which a document contains them.
package enum TextColumn: String, CaseIterable, Sendable {
  case name, company, title, location, tag, email
}

/// The kind of a filter term. Its letter or digit is part of every token of the kind. (Capitals cannot be
/// used: FTS5 folds them.)
package struct TermPrefix: Hashable, Sendable {
  /// The last of `bytes`.
  package let letter: UInt8
  /// Whether a hash of 128 bits replaces the value: an index contains millions of opaque ids, and a hash is
  /// shorter.
  package let isHashed: Bool

  private init(_ letter: Unicode.Scalar, isHashed: Bool = false) {
    self.letter = UInt8(ascii: letter)
    self.isHashed = isHashed
  }

  /// The bytes that every token of this kind begins with.
  package var bytes: [UInt8] { FilterTerm.separatorBytes + [letter] }

  /// The term of every candidate.
  package static let all = TermPrefix("a")
  package static let connector = TermPrefix("c")
  package static let remoteID = TermPrefix("r")
  package static let application = TermPrefix("p", isHashed: true)
  package static let attachment = TermPrefix("q", isHashed: true)
  package static let tag = TermPrefix("t")
  package static let email = TermPrefix("e")
  /// The part of an e-mail address after the @.
  package static let domain = TermPrefix("d")
  package static let phone = TermPrefix("n")
  package static let isPrivate = TermPrefix("s")
  package static let canEmail = TermPrefix("m")
  package static let missing = TermPrefix("x")
  package static let custom = TermPrefix("u")
  /// The host of a web address; the terms of the parts of its path follow.
  package static let host = TermPrefix("h")
  package static let path = TermPrefix("w")
  /// Whole values.
  package static let name = TermPrefix("1")
  package static let company = TermPrefix("2")
  package static let title = TermPrefix("3")
  package static let location = TermPrefix("4")
  package static let firstName = TermPrefix("5")
  package static let lastName = TermPrefix("6")
  /// Two words of a title or of a tag that follow one another: a phrase of frequent words that is rare (engineer senior) is found
  /// without comparing the positions of each.
  package static let titlePair = TermPrefix("g")
  package static let tagPair = TermPrefix("k")
  /// One word of a first or a last name.
  package static let first = TermPrefix("f")
  package static let last = TermPrefix("l")
  /// The initials of the first names and the last name: `J Smith` finds John Smith.
  package static let initials = TermPrefix("i")
  /// The common part of the Latin spellings of a word of a name in another script.
  package static let romanized = TermPrefix("y")
  /// The phonetic codes of a word of a name, romanized if it is in another script: the coarse one, then the fine one,
  /// so that the coarse code alone is a prefix.
  package static let sound = TermPrefix("b")
}
