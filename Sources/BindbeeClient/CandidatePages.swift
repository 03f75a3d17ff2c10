/// A page of candidates.
public struct CandidatePage: Sendable {
  /// Which page of its walk, from 1.
  public let number: Int
  /// The page's list of candidates as it came: JSON, in UTF-8, from bracket to bracket.
  public let items: [UInt8]
  /// Whether it is the walk's last.
  public let isLast: Bool
}

/// The pages of a walk, which ends with the page that has no cursor. Its iterator throws `BindbeeError`, and
/// `CancellationError` where the task is cancelled.
public struct CandidatePages: AsyncSequence, Sendable {
  /// A page of candidates.
  public typealias Element = CandidatePage
  typealias Fetch =
    @Sendable (_ cursor: String?, _ onWait: @escaping @Sendable (BindbeeClient.Wait) -> Void) async throws ->
    PageEnvelope

  let onWait: @Sendable (BindbeeClient.Wait) -> Void
  let fetch: Fetch

  /// A walk from the first page.
  public func makeAsyncIterator() -> Iterator { Iterator(pages: self) }

  /// A walk.
  public struct Iterator: AsyncIteratorProtocol {
    private let pages: CandidatePages
    private var number = 0
    private var cursor: String?
    private var seen: Set<String> = []
    private var isAtEnd = false

    fileprivate init(pages: CandidatePages) { self.pages = pages }

    /// The next page; nil behind the last.
    public mutating func next() async throws -> CandidatePage? {
      if isAtEnd { return nil }
      try Task.checkCancellation()
      let page = try await pages.fetch(cursor, pages.onWait)
      number += 1
      cursor = page.cursor
      isAtEnd = cursor == nil
      if let cursor, !seen.insert(cursor).inserted { throw BindbeeError.cursorRepeated(page: number) }
      return CandidatePage(number: number, items: page.items, isLast: isAtEnd)
    }
  }
}
