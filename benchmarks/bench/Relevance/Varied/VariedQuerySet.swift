import BenchmarkCorpus

/// A query whose text differs from the record, and what answers it.
struct VariedQuery: Codable, Equatable {
  var `class`: String
  var query: String
  var intent: Intent
  /// Whether the index contains a right answer; otherwise every hit is a wrong person.
  var isPresent: Bool
}

/// The queries of all classes, as many for people who are absent, and the people who are added to a corpus: the same
/// for the same numbers.
struct VariedQuerySet {
  /// The number of draws for each query, until one fits.
  private static let tries = 100

  private(set) var people: [VariedRecord] = []
  private(set) var queries: [VariedQuery] = []

  /// - Parameter names: the names in the corpus without these people.
  init(lists: VariedLists, names: VariedNameIndex, perClass: Int, seed: UInt64) {
    var names = names
    var seen: Set<String> = []
    var draw = VariedDraw(lists: lists, random: QueryRandom(state: seed))
    for kind in VariedClass.all {
      for _ in 0..<perClass {
        guard let made = Self.draw(kind, &draw, { seen.insert($0.query).inserted }) else { continue }
        names.insert(first: made.person.first, last: made.person.last)
        people.append(made.person.record(people.count))
        queries.append(VariedQuery(class: kind.name, query: made.query, intent: made.intent, isPresent: true))
      }
    }
    // After all people are known.
    for kind in VariedClass.all {
      for _ in 0..<perClass {
        let absent = Self.draw(kind, &draw) {
          $0.firstNames != nil && !names.contains($0) && seen.insert($0.query).inserted
        }
        guard let absent else { continue }
        queries.append(
          VariedQuery(class: kind.name, query: absent.query, intent: absent.intent, isPresent: false))
      }
    }
  }

  private static func draw(_ kind: VariedClass, _ draw: inout VariedDraw, _ fits: (VariedCase) -> Bool)
    -> VariedCase?
  {
    for _ in 0..<tries {
      let made = kind.make(&draw)
      if fits(made) { return made }
    }
    return nil
  }
}

/// The full names that an index contains.
struct VariedNameIndex {
  private var firstNames: [String: Set<String>] = [:]

  init() {}

  init(corpus: Corpus, records: Int) throws {
    var line: [UInt8] = []
    for number in 0..<records {
      line.removeAll(keepingCapacity: true)
      corpus.append(number, to: &line)
      let record = try CorpusRecord(json: line)
      if let first = record.firstName, let last = record.lastName { insert(first: first, last: last) }
    }
  }

  mutating func insert(first: String, last: String) {
    firstNames[Self.key(last), default: []].insert(Self.key(first))
  }

  /// Whether a candidate with the names of a query exists.
  func contains(_ made: VariedCase) -> Bool {
    let wanted = (made.firstNames ?? []).map(Self.key)
    return made.lastNames.contains { last in
      guard let found = firstNames[Self.key(last)] else { return false }
      return wanted.contains { first in
        made.isBeginning ? found.contains { $0.hasPrefix(first) } : found.contains(first)
      }
    }
  }

  private static func key(_ name: String) -> String { RecordText.words(name).joined(separator: " ") }
}
