import AccessKeys
import BenchmarkCorpus
import Foundation
import TestSupport

@testable import CandidateSearch

/// Two indexes that are equal inside of the scope of a key, and differ outside of it.
struct IndexPair: Sendable {
  /// A candidate's connector and id.
  struct Identity: Hashable, Sendable {
    let connector: String
    let id: String
  }

  /// Filters of keys; nil for none.
  static let filters: [String?] = [
    "connector:greenhouse", "-is:private", nil, "connector:lever -is:private",
    "title:engineer OR title:manager",
    "-(connector:greenhouse tag:python)", "name:j* OR is:private", "tag:unused",
  ]

  let folder: TemporaryFolder
  let scope: Scope
  /// The secret of the key with the scope.
  let secret: String
  let inside: [Identity]
  let outside: [Identity]

  var first: String { folder.file("first.db") }
  var second: String { folder.file("second.db") }
  var keys: String { folder.file("keys.ndjson") }

  init(seed: UInt64) throws {
    let filter = Self.filters[Int(seed) % Self.filters.count]
    let includesContacts = filter != nil && seed % 3 != 0
    folder = try TemporaryFolder()
    scope =
      try filter.map { try Scope($0, includesContacts: includesContacts) }
      ?? Scope(includesContacts: includesContacts)
    let rights = Set(AccessRight.allCases.filter { $0.permitsScope && ($0 != .contacts || includesContacts) })
    secret = try AccessKeyFile(path: folder.file("keys.ndjson"))
      .add(name: "scoped", scope: filter, rights: rights).secret
    let people = try Self.people(seed)
    try Self.make(people, at: folder.file("first.db"))
    for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: folder.file("first.db") + ending)
    {
      try FileManager.default.copyItem(
        atPath: folder.file("first.db") + ending, toPath: folder.file("second.db") + ending)
    }
    let index = try CandidateIndex(path: folder.file("second.db"), access: .writing)
    let found = try Self.identities(in: index.scoped(to: scope))
    inside = people.map(\.identity).filter { found.contains($0) }
    var change = OutsideChange(random: SplitMix64(state: seed &+ 1_000), inside: inside)
    let others = people.filter { !found.contains($0.identity) }
    let added = try change.apply(to: index, others) { [scope] index in
      try Self.identities(in: index.scoped(to: scope)).subtracting(found)
    }
    outside = added + others.map(\.identity)
    if !includesContacts {
      for person in people where found.contains(person.identity) {
        try index.ingest(connector: person.identity.connector) {
          try $0.add(ByteSource(bytes: Array(person.record(contacts: 1).utf8), name: "contacts"))
        }
      }
    }
    guard try Self.identities(in: index.scoped(to: scope)) == found else { throw Unequal() }
  }

  /// The change outside of the scope has changed the scope.
  struct Unequal: Error {}

  private static func identities(in index: CandidateIndex) throws -> Set<Identity> {
    var options = SearchOptions(limit: 1_000)
    options.includesRecords = false
    return Set(
      try index.search(SearchQuery(""), options).identities.map {
        Identity(connector: $0.connector, id: $0.id)
      })
  }

  /// A candidate without contacts, to which contacts are added.
  struct Person {
    let number: Int
    let identity: Identity
    let json: String

    /// The record with one or another set of contacts.
    func record(contacts: Int) -> String {
      let (word, host) = contacts == 0 ? ("nurse", "engineer") : ("smith", "python")
      return String(json.dropLast()) + """
        ,"email_addresses":["\(word)\(number)@\(host).example","anna.\(word)@\(host).example"],\
        "phone_numbers":["+49 30 55\(1_000 + number + contacts)"],\
        "urls":[{"type":"LINKEDIN","value":"https://linkedin.com/in/\(word)\(number)"}],\
        "custom_fields":{"source":"\(word)"},"raw_data":{"mail":"\(host)"}}
        """
    }
  }

  private static func people(_ seed: UInt64) throws -> [Person] {
    let corpus = Corpus(seed: seed &+ 40)
    let redaction = RecordRedaction()
    return try (0..<70).map { number in
      let record = try redaction.redacted(
        try CandidateDecoder().decode(json: String(decoding: corpus.record(number), as: UTF8.self)))
      return Person(
        number: number,
        identity: Identity(connector: ["greenhouse", "lever", ""][number % 3], id: record.id),
        json: record.json)
    }
  }

  private static func make(_ people: [Person], at path: String) throws {
    let index = try CandidateIndex(path: path, access: .writing)
    if let field = CustomField("source") { try index.addCustomFields([field]) }
    for connector in ["greenhouse", "lever", ""] {
      let lines = people.filter { $0.identity.connector == connector }.map { $0.record(contacts: 0) }
      try index.ingest(connector: connector) {
        try $0.add(ByteSource(bytes: Array(lines.joined(separator: "\n").utf8), name: "people"))
      }
      try index.store(OutsideChange.status(of: connector))
    }
  }
}

/// Adds, changes and removes candidates outside of a scope.
struct OutsideChange {
  private static let words = [
    "Engineer", "Enginer", "Engineering", "Smith", "Smyth", "Manager", "Managre", "Nurse", "London", "Londan",
    "Python", "Pyton", "Outsideword", "Outsidewort", "Jo", "John", "Software", "Softwear", "Senior", "Anna",
  ]

  var random: SplitMix64
  let inside: [IndexPair.Identity]

  init(random: SplitMix64, inside: [IndexPair.Identity]) {
    self.random = random
    self.inside = inside
  }

  /// The status of a sync. With candidates outside alone it is outside, too.
  static func status(of connector: String, at begin: String = "2026-01-01T00:00:00Z") throws -> SyncStatus {
    var status = SyncStatus(connector: connector, kind: .full, begunAt: Timestamp(begin) ?? .now)
    (status.endedAt, status.freshAt, status.outcome) = (status.begunAt, status.begunAt, .complete)
    return status
  }

  /// Returns the candidates that were added. `intruders` returns those in the scope who were not before: they are
  /// removed again.
  mutating func apply(
    to index: CandidateIndex, _ people: [IndexPair.Person],
    intruders: (CandidateIndex) throws -> Set<IndexPair.Identity>
  ) throws -> [IndexPair.Identity] {
    var records: [(identity: IndexPair.Identity, json: String)] = []
    for person in people {
      let identity = person.identity
      switch random.next() % 3 {
      case 0: _ = try index.delete(ids: [identity.id], connector: identity.connector)
      case 1: records.append((identity, record(identity.id)))
      default: break
      }
    }
    // A scope that contains all candidates contains all connectors.
    let others = people.isEmpty ? [] : ["outside", "another"]
    for number in 0..<60 {
      let connector = (["greenhouse", "lever", ""] + others).randomElement(using: &random) ?? ""
      let isTwin = random.next() % 3 == 0
      let id = (isTwin ? inside.randomElement(using: &random)?.id : nil) ?? "added-\(number)"
      let identity = IndexPair.Identity(connector: connector, id: id)
      if !inside.contains(identity) { records.append((identity, record(id))) }
    }
    for (identity, json) in records {
      try index.ingest(connector: identity.connector) {
        try $0.add(ByteSource(bytes: Array(json.utf8), name: "outside"))
      }
    }
    for intruder in try intruders(index) {
      _ = try index.delete(ids: [intruder.id], connector: intruder.connector)
    }
    guard !people.isEmpty else { return [] }
    let connectors = Set(inside.map(\.connector))
    for connector in ["greenhouse", "lever", "", "outside"] where !connectors.contains(connector) {
      try index.store(Self.status(of: connector, at: "2026-02-02T00:00:00Z"))
    }
    return records.map(\.identity)
  }

  private mutating func record(_ id: String) -> String {
    func word() -> String { Self.words.randomElement(using: &random) ?? "" }
    // Many of one second, whose docids make room for one another.
    let time = "2024-0\(1 + random.next() % 3)-01T00:00:00Z"
    return """
      {"id":"\(id)","first_name":"\(word())","last_name":"\(word())","title":"\(word()) \(word())",\
      "company":"\(word())","tags":["\(word().lowercased())","\(word())"],"locations":["\(word())"],\
      "is_private":\(random.next() % 2 == 0),"can_email":\(random.next() % 2 == 0),"modified_at":"\(time)",\
      "last_interaction_at":"\(time)","email_addresses":["\(word())@\(word()).example"],\
      "phone_numbers":["+49 30 551000"]}
      """
  }
}
