import Foundation

/// A row of the log, with the bytes that are stored. Texts are not read as `String`: those of a forger need not be UTF-8.
package struct StoredEntry {
  /// The texts that can be erased, in the order in which the digest depends on them.
  package enum TextColumn: String, CaseIterable, Sendable {
    case query, canonical, purpose
  }

  /// A text that can be erased; all three are nil where there is none.
  package struct Text {
    package let text: Data?
    package let salt: Data?
    package let digest: Data?

    package init(text: Data?, salt: Data?, digest: Data?) {
      self.text = text
      self.salt = salt
      self.digest = digest
    }

    /// A text with a salt of its own.
    init(_ text: String?) {
      guard let text else {
        self.init(text: nil, salt: nil, digest: nil)
        return
      }
      let (bytes, salt) = (Data(text.utf8), LogDigest.random(LogDigest.saltLength))
      self.init(text: bytes, salt: salt, digest: LogDigest.salted(bytes, salt: salt))
    }

    /// Whether the text is the one that the digest is of, or has been erased with its salt.
    var isSound: Bool {
      switch (text, salt, digest) {
      case (nil, nil, _): true
      case (let text?, let salt?, let digest?): LogDigest.salted(text, salt: salt) == digest
      default: false
      }
    }

    var isErased: Bool { text == nil && digest != nil }
  }

  /// A candidate that was shown. The keyed hash of the id takes the place of a salted digest: it remains when the id is
  /// erased, and a second digest would protect nothing.
  package struct Candidate {
    /// The position in the answer, from 0.
    package let place: Int64
    package let connector: Data
    package let id: Data?
    package let hash: Data

    package init(place: Int64, connector: Data, id: Data?, hash: Data) {
      self.place = place
      self.connector = connector
      self.id = id
      self.hash = hash
    }
  }

  /// The place of a candidate in the log.
  package struct Place: Sendable {
    package let entry: Int64
    /// The position in the answer, from 0.
    package let place: Int64

    package init(entry: Int64, place: Int64) {
      self.entry = entry
      self.place = place
    }
  }

  /// A candidate that was shown and whose id is not erased.
  package struct ShownID {
    package let place: Place
    package let connector: Data
    package let id: Data

    package init(place: Place, connector: Data, id: Data) {
      self.place = place
      self.connector = connector
      self.id = id
    }
  }

  package var number: Int64
  /// In microseconds since 1970; nil if it is no number.
  package var time: Int64?
  package var kind = Data()
  package var key = Data()
  package var scope = Data()
  package var count: Int64?
  package var generation: Int64?
  package var program = Data()
  package var request = Data()
  /// One for each of `TextColumn`.
  package var texts: [Text] = []
  package var digest: Data?

  /// A row whose columns are to be read.
  package init(number: Int64) { self.number = number }

  /// The row of an entry; it has no digest before it is chained.
  init(_ entry: SearchLogEntry) {
    self.init(number: 0)
    time = entry.time.microseconds
    kind = Data(entry.kind.rawValue.utf8)
    key = Data(entry.key.utf8)
    scope = Data(entry.scope.utf8)
    count = entry.count.map(Int64.init)
    generation = entry.generation.map(Int64.init)
    program = Data(entry.program.utf8)
    request = Data(entry.request.utf8)
    texts = [entry.query, entry.canonicalQuery, entry.purpose].map { Text($0) }
  }

  /// The text of a column.
  func text(_ column: TextColumn) -> Text {
    TextColumn.allCases.firstIndex(of: column).map { texts[$0] } ?? Text(nil)
  }

  /// The digest of the entry with the candidates that it showed, after the previous one. Of what can be erased it
  /// depends on the digests alone.
  func chainedDigest(_ candidates: [Candidate], after previous: Data, key logKey: Data) -> Data {
    var fields = FieldBytes()
    fields.append(previous)
    fields.append(logKey)
    for number in [number, time, count, generation] { fields.append(number) }
    for text in [kind, key, scope, program, request] { fields.append(text) }
    for text in texts { fields.append(text.digest) }
    fields.append(Int64(candidates.count))
    for candidate in candidates {
      fields.append(candidate.place)
      fields.append(candidate.connector)
      fields.append(candidate.hash)
    }
    return LogDigest.digest(of: fields)
  }

  /// The years 1 to 9999. The clock of a forger may be wrong.
  private static let times: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

  /// The entry as the log returns it.
  func logged(_ candidates: [Candidate]) -> LoggedEntry {
    func text(_ column: TextColumn) -> LoggedEntry.Text? {
      let text = self.text(column)
      return text.isErased ? .erased : text.text.map { .text(String(decoding: $0, as: UTF8.self)) }
    }
    return LoggedEntry(
      number: Int(number),
      time: Timestamp(microseconds: min(max(time ?? 0, Self.times.lowerBound), Self.times.upperBound)),
      // `verify` reports any other kind as a change of the entry.
      kind: SearchLogEntry.Kind(rawValue: String(decoding: kind, as: UTF8.self)) ?? .search,
      key: String(decoding: key, as: UTF8.self),
      purpose: text(.purpose), query: text(.query), canonicalQuery: text(.canonical),
      scope: String(decoding: scope, as: UTF8.self),
      count: count.map { Int($0) },
      candidates: candidates.map { candidate in
        LoggedEntry.Candidate(
          connector: String(decoding: candidate.connector, as: UTF8.self),
          id: candidate.id.map { String(decoding: $0, as: UTF8.self) })
      },
      generation: generation.map { Int($0) },
      program: String(decoding: program, as: UTF8.self), request: String(decoding: request, as: UTF8.self))
  }
}

/// An entry with its digest, and the candidates that it showed.
package struct ChainedEntry {
  package let entry: StoredEntry
  package let candidates: [StoredEntry.Candidate]
  package let digest: Data
}
