import CandidateModel
import CandidateQuery
import CandidateSearch
import Foundation
import Synchronization

/// What the process knows of an index between calls. Whatever decides an answer is of one generation.
final class IndexState: Sendable {
  /// The name of the setting that is 1 if any document is a partial one.
  static let partial = "partial_documents"

  let lookups = GenerationScoped<Lookups>(Lookups())
  private let settings = Mutex<[String: Int]?>(nil)
  private let connectors = GenerationScoped<[Int64: String]>([:])
  private let layouts = Mutex<(key: LayoutKey, layout: ClusterLayout)?>(nil)
  /// Until when servers are not waited for.
  private let unreachable = Mutex<[Int: ContinuousClock.Instant]>([:])
  private let window = Mutex<(bound: WindowBound, generation: Int)?>(nil)

  /// The settings of the last snapshot; nil before the first.
  var lastSettings: [String: Int]? { settings.withLock { $0 } }

  func note(_ read: [String: Int]) { settings.withLock { $0 = read } }

  /// The name of a connector. One that was added and then lost in a failover may have had another one's number.
  func connectorName(_ number: Int64, generation: Int) -> String? {
    connectors.withState(of: ServerTimeline.number(ofGeneration: generation)) { $0[number] } ?? nil
  }
  func noteConnector(_ number: Int64, _ name: String, generation: Int) {
    _ = connectors.withState(of: ServerTimeline.number(ofGeneration: generation)) { $0[number] = name }
  }

  /// The layout of a version, if it is the last one that was read.
  func layout(_ key: LayoutKey) -> ClusterLayout? {
    layouts.withLock { $0.flatMap { $0.key == key ? $0.layout : nil } }
  }
  func note(_ layout: ClusterLayout, _ key: LayoutKey) { layouts.withLock { $0 = (key, layout) } }

  /// Whether the index was divided over several servers when it was last read.
  var isDivided: Bool { lastSettings?[ClusterLayout.version] != nil }

  /// The servers of the cluster that could not be reached a moment ago.
  var unreachableServers: Set<Int> {
    unreachable.withLock { known in
      known = known.filter { ContinuousClock.now < $0.value }
      return Set(known.keys)
    }
  }
  func note(unreachable servers: some Sequence<Int>, after attempt: Duration) {
    let end = ContinuousClock.now + max(Self.unreachableTime, attempt * 10)
    unreachable.withLock { known in for server in servers { known[server] = end } }
  }

  /// For this long, and for ten times as long as the attempt took, no search waits for a server that could not be reached.
  private static let unreachableTime = Duration.seconds(2)

  /// Where the most recent candidates end: of this generation or of an earlier one, since it only decides the cost.
  func window(_ snapshot: PostgresSnapshot) throws -> WindowBound {
    let generation = try snapshot.generation()
    if let known = window.withLock({ $0 }), generation - known.generation < Self.maximumWindowAge {
      return known.bound
    }
    let docid = try snapshot.first(
      "SELECT docid FROM candidate ORDER BY docid OFFSET $1 LIMIT 1", [.integer(Int64(WindowBound.size))]
    ) { $0.integer(0) }
    let bound = WindowBound(docid: docid ?? .max)
    window.withLock { $0 = (bound, generation) }
    return bound
  }

  /// After this many generations the window is read again.
  private static let maximumWindowAge = 16

  /// Whether a query is known to match so few candidates that reading all of them is cheap. Statistics that were not
  /// looked up for the search are not looked up for this.
  func isRare(_ query: IndexQuery, in snapshot: PostgresSnapshot) throws -> Bool {
    let generation = try snapshot.generation()
    let bound = lookups.withState(of: generation) { lookups in
      guard let all = lookups.frequencies[FrequencyKey(term: "", includesPrivate: true)]?[.name] else {
        return false
      }
      guard let count = Self.upperBound(query, lookups) else { return false }
      return count <= max(Self.alwaysRare, all / Self.rareShare)
    }
    return bound ?? false
  }

  /// Reading this many matches by the GIN index takes a millisecond.
  private static let alwaysRare = 500
  /// A query that fewer than one in this many candidates match is read by the GIN index.
  private static let rareShare = 400

  /// An upper bound of the number of matches; nil if it is not known.
  private static func upperBound(_ query: IndexQuery, _ lookups: Lookups) -> Int? {
    switch query {
    case .nothing: 0
    case .everything, .record, .not: nil
    case .phrase(let tokens, let isPrefix, let columns):
      rarest(of: tokens, isPrefix, columns, lookups)
    case .together(let phrases, let isPrefix, let columns):
      rarest(of: Array(phrases.joined()), isPrefix, columns, lookups)
    case .and(let parts): parts.compactMap { upperBound($0, lookups) }.min()
    case .or(let parts):
      parts.reduce(0 as Int?) { sum, part in
        guard let sum, let bound = upperBound(part, lookups) else { return nil }
        return sum + bound
      }
    }
  }

  /// The count of the rarest token; of a prefix it is not known, but for the beginning of an address.
  private static func rarest(
    of tokens: [String], _ isPrefix: Bool, _ columns: [TextColumn], _ lookups: Lookups
  ) -> Int? {
    if isPrefix, let last = tokens.last, FilterKind.isSelective(last) { return 0 }
    return tokens.dropLast(isPrefix ? 1 : 0).compactMap { count($0, columns, lookups) }.min()
  }

  private static func count(_ token: String, _ columns: [TextColumn], _ lookups: Lookups) -> Int? {
    if FilterKind.isSelective(token) { return 0 }
    if let count = lookups.completed[token] { return count }
    guard
      let frequency = lookups.frequencies[FrequencyKey(term: token, includesPrivate: true)]
        ?? lookups.frequencies[FrequencyKey(term: token, includesPrivate: false)]
    else { return nil }
    if columns.isEmpty || !columns.allSatisfy(TextColumn.counted.contains) {
      return columns.isEmpty ? frequency.sum : nil
    }
    return columns.reduce(0) { $0 + frequency[$1] }
  }
}

/// The kinds of filter terms by how many candidates have one.
enum FilterKind {
  /// The prefixes of terms that hardly any two candidates share.
  private static let selective = [
    TermPrefix.remoteID, .application, .attachment, .email, .phone, .path, .name,
  ].map(\.bytes)

  static func isSelective(_ token: String) -> Bool {
    guard token.unicodeScalars.first == FilterTerm.separator else { return false }
    return selective.contains { token.utf8.starts(with: $0) }
  }
}

struct FrequencyKey: Hashable, Sendable {
  let term: String
  let includesPrivate: Bool
}

/// What was looked up in one generation.
struct Lookups: Sendable {
  struct Completions: Hashable, Sendable {
    let prefix: String
    let columns: [TextColumn]
    let limit: Int
    let includesPrivate: Bool
  }

  var customFields: Set<CustomField>?
  var frequencies = Bounded<FrequencyKey, TermFrequency>()
  var completions = Bounded<Completions, [CountedTerm]>()
  /// The number of candidates with a term that completed a prefix.
  var completed = Bounded<String, Int>()
  var docids = Bounded<String, [Docid]>()
}

/// A dictionary that forgets everything when it is full.
struct Bounded<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var values: [Key: Value] = [:]
  private let maximumCount: Int

  init(maximumCount: Int = 20_000) { self.maximumCount = maximumCount }

  subscript(key: Key) -> Value? {
    get { values[key] }
    set {
      if values.count >= maximumCount { values.removeAll() }
      values[key] = newValue
    }
  }
}

/// What names a state of the layout of a cluster.
struct LayoutKey: Hashable, Sendable {
  let version: Int
  /// After a failover, versions may be of other layouts.
  let timeline: Int
}
