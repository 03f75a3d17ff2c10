import GRDB
import Synchronization

/// Sets of the candidates in which words stand, for all readers of an index, while its postings do not change. Where
/// words are frequent each and seldom together, FTS5 takes milliseconds and sets take microseconds.
///
/// A set is made once FTS5 has spent about as long on its word as making it takes, in all searches since the last change
/// but the first: so a single search makes none; nor does any make more than one. Safe to use from many threads.
final class DocumentBitsetCache: Sendable {
  /// More memory than this is not held, in bytes. A set of a million candidates takes 125 KB.
  private let maximumSize: Int
  /// Sets are worth a thought where FTS5 takes longer, in microseconds.
  let slowStep: Int
  /// Making a set takes about a microsecond for so many candidates, if a tenth of them bear the word.
  private let candidatesPerMicrosecond: Int

  fileprivate struct State {
    var generation = Int.min
    var sets: DocumentBitsets?
    var size = 0
    /// The microseconds that FTS5 has spent on those of which there is no set.
    var spent: [IndexQuery: Int] = [:]
  }
  private let state = Mutex(State())
  /// Held by who makes sets; the others ask FTS5 meanwhile.
  private let making = Mutex(())

  private let ordinals: GenerationCache<DocidOrdinals>

  init(
    _ ordinals: GenerationCache<DocidOrdinals> = .init(), maximumSize: Int = 64 << 20, slowStep: Int = 100,
    candidatesPerMicrosecond: Int = 100
  ) {
    (self.ordinals, self.slowStep) = (ordinals, slowStep)
    (self.maximumSize, self.candidatesPerMicrosecond) = (maximumSize, candidatesPerMicrosecond)
  }

  /// The sets of the state of the database that this read transaction sees; nil if there are none.
  func sets(_ db: Database) throws -> DocumentBitsets? {
    guard state.withLock({ $0.sets != nil }) else { return nil }
    let generation = try Setting.generation(db)
    return state.withLock { $0.generation == generation ? $0.sets : nil }
  }

  /// Notes how many microseconds FTS5 has spent on what one search asked, and makes the set that is due.
  func note(_ spent: [IndexQuery: Int], _ db: Database, _ cancellation: Cancellation = .never) throws {
    let generation = try Setting.generation(db)
    let candidates = try TermStatistics(db: db, isPublic: false).candidateCount()
    let price = candidates / candidatesPerMicrosecond
    guard let due = state.withLock({ $0.note(spent, generation, price) }) else { return }
    try making.withLockIfAvailable { _ in
      let ordinals = try ordinals.value(db) { try DocidOrdinals(db, cancellation) }
      let set = try DocumentBitset(of: due, ordinals, db, cancellation)
      state.withLock { $0.keep(set, of: due, ordinals, generation, within: maximumSize) }
    }
  }
}

extension DocumentBitsetCache.State {
  /// More words are not remembered.
  private static let mostNoted = 10_000

  /// The one whose set is most worth its price, if there is any.
  fileprivate mutating func note(_ spent: [IndexQuery: Int], _ generation: Int, _ price: Int) -> IndexQuery? {
    if generation > self.generation { self = Self(generation: generation) }
    guard generation == self.generation else { return nil }
    if self.spent.count > Self.mostNoted { self.spent = [:] }
    var due: (match: IndexQuery, spent: Int)?
    for (match, time) in spent where sets?.sets[match] == nil {
      guard let before = self.spent[match] else {
        self.spent[match] = 0
        continue
      }
      let all = before + time
      self.spent[match] = all
      if all >= price, all > due?.spent ?? -1 { due = (match, all) }
    }
    return due?.match
  }

  /// What readers of an older state need is not kept. When there is no more room, all begins anew.
  fileprivate mutating func keep(
    _ set: DocumentBitset, of match: IndexQuery, _ ordinals: DocidOrdinals, _ generation: Int,
    within maximumSize: Int
  ) {
    guard generation == self.generation else { return }
    if size + set.size > maximumSize { (sets, size) = (nil, 0) }
    var all = sets?.sets ?? [:]
    all[match] = set
    sets = DocumentBitsets(ordinals: ordinals, sets: all)
    size += set.size
    spent[match] = nil
  }
}
