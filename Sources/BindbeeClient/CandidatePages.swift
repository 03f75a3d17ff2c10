/// A page of candidates.
public struct CandidatePage: Sendable {
  /// Which page of its walk, from 1.
  public let number: Int
  /// The page's list of candidates as it came: JSON, in UTF-8, from bracket to bracket.
  public let items: [UInt8]
  /// The ids of its candidates, in their order; of those that have one that can be read.
  public let ids: [String]
  /// Whether it is the walk's last.
  public let isLast: Bool
}

/// The pages of a walk, which ends with the page that has no cursor. Its iterator throws `BindbeeError`, and
/// `CancellationError` if the task is cancelled. It keeps a hash of each cursor and of each id that came.
public struct CandidatePages: AsyncSequence, Sendable {
  /// A walk fails after this many pages in a row without a candidate that it has not met before.
  public static let maximumIdlePages = 1000

  /// A page of candidates.
  public typealias Element = CandidatePage
  package typealias Fetch =
    @Sendable (_ cursor: String?, _ onWait: @escaping @Sendable (BindbeeClient.Wait) -> Void) async throws ->
    PageEnvelope

  let onWait: @Sendable (BindbeeClient.Wait) -> Void
  let fetch: Fetch

  package init(onWait: @escaping @Sendable (BindbeeClient.Wait) -> Void = { _ in }, fetch: @escaping Fetch) {
    self.onWait = onWait
    self.fetch = fetch
  }

  /// A walk from the first page.
  public func makeAsyncIterator() -> Iterator { Iterator(pages: self) }

  /// A walk.
  public struct Iterator: AsyncIteratorProtocol {
    private let pages: CandidatePages
    private var number = 0
    private var cursor: String?
    private var cursors: Set<Int> = []
    private var ids: Set<Int> = []
    /// How many pages there were since the last that had a new id.
    private var idlePages = 0
    private var isAtEnd = false

    fileprivate init(pages: CandidatePages) { self.pages = pages }

    /// The next page; nil after the last.
    public mutating func next() async throws -> CandidatePage? {
      if isAtEnd { return nil }
      try Task.checkCancellation()
      let page = try await pages.fetch(cursor, pages.onWait)
      number += 1
      cursor = page.cursor
      isAtEnd = cursor == nil
      if let cursor, !cursors.insert(cursor.hashValue).inserted {
        throw BindbeeError.cursorRepeated(page: number)
      }
      try noteProgress(page)
      return CandidatePage(number: number, items: page.items, ids: page.ids, isLast: isAtEnd)
    }

    private mutating func noteProgress(_ page: PageEnvelope) throws(BindbeeError) {
      let count = ids.count
      for id in page.ids { ids.insert(id.hashValue) }
      idlePages = ids.count > count ? 0 : idlePages + 1
      if idlePages >= CandidatePages.maximumIdlePages, !isAtEnd {
        throw .noNewCandidates(pages: idlePages)
      }
    }
  }
}
