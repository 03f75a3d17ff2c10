import TextAnalysis

/// Reads a segment from its first term to its last. Pages that are not as FTS5 writes them are an error.
struct SegmentReader: ~Copyable {
  private let termBytes = ByteBuffer()
  /// The first sixteen bytes of the term, for fast comparisons; the highest number after the last term.
  private(set) var termPrefix: UInt128 = 0
  /// Whether there was no next term.
  private(set) var isAtEnd = false

  /// The current posting.
  private(set) var docid: Int64 = 0
  /// Twice the length of the position list, plus 1 if the posting marks a removal.
  private(set) var header: UInt64 = 0
  /// The position list, valid until the next posting is read.
  private(set) var positions = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  private let storage: SegmentStorage
  private let segment: SegmentStructure.Segment
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity = 2 * SegmentFormat.pageSize
  /// A position list that continues on another page.
  private let dividedList = ByteBuffer()

  // The current page.
  private var pageNumber: Int
  private var pageLength = 0
  private var contentEnd = 0
  private var firstDocidOffset = 0
  /// Where the next term on the page begins; nil after the last one.
  private var nextTermOffset: Int?
  /// Where the offset of the term after the next one is, in the footer.
  private var footerOffset = 0
  private var isFirstTermOfPage = true
  private var offset = 0
  private var doclistOffset = 0

  init(_ storage: SegmentStorage, _ segment: SegmentStructure.Segment) {
    self.storage = storage
    self.segment = segment
    memory = .allocate(capacity: capacity)
    pageNumber = segment.first - 1
  }

  deinit { memory.deallocate() }

  /// The current term, without its first byte; valid until the next one is read.
  var term: UnsafeBufferPointer<UInt8> { termBytes.all }

  private var content: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: contentEnd) }

  // MARK: Terms

  /// Moves to the next term on the page; after the last one, to that of the page after the current posting's. Returns false
  /// after the last one of all.
  mutating func nextTerm() throws -> Bool {
    while nextTermOffset == nil {
      guard try nextPage() else { return endTerms() }
    }
    guard let start = nextTermOffset else { return false }
    offset = start
    var shared = 0
    if !isFirstTermOfPage {
      shared = try number()
      guard shared >= 1 else { throw SegmentFormat.damage }
    }
    var length = try number()
    guard length >= 1, length <= contentEnd - offset else { throw SegmentFormat.damage }
    if isFirstTermOfPage {
      guard content[offset] == SegmentFormat.mainIndex else { throw SegmentFormat.damage }
      offset += 1
      length -= 1
      shared = 1
    }
    guard shared - 1 <= term.count else { throw SegmentFormat.damage }
    termBytes.truncate(to: shared - 1)
    termBytes.append(UnsafeBufferPointer(start: memory + offset, count: length))
    offset += length
    termPrefix = term.orderedPrefix
    doclistOffset = offset
    isFirstTermOfPage = false
    docid = 0
    try readTermOffset(after: start)
    return true
  }

  /// Moves to the first term that is not below this one, from the page on that may contain it; pages that contain postings
  /// alone are skipped. Returns false if there is none.
  mutating func nextTerm(notBelow lowest: UnsafeBufferPointer<UInt8>) throws -> Bool {
    let prefix = lowest.orderedPrefix
    while try nextTerm() {
      if termPrefix > prefix || termPrefix == prefix && !term.lexicographicallyPrecedes(lowest) {
        return true
      }
      if nextTermOffset != nil { continue }
      guard try findPage(after: lowest) else { return false }
    }
    return false
  }

  /// Finds the first page whose first term is above this one, as the next one to read. Returns false if there is none.
  private mutating func findPage(after term: UnsafeBufferPointer<UInt8>) throws -> Bool {
    guard let page = try storage.page(after: term, in: segment) else { return endTerms() }
    guard page > pageNumber else { throw SegmentFormat.damage }
    (pageNumber, nextTermOffset) = (page - 1, nil)
    return true
  }

  /// Notes that no term follows. Returns false.
  private mutating func endTerms() -> Bool {
    isAtEnd = true
    termPrefix = .max
    return false
  }

  /// Moves to the first term that is not below this one, unless the reader is there or after it. Pages on which all terms
  /// are below it may have been removed.
  mutating func skip(to boundary: [UInt8]) throws {
    if isAtEnd { return }
    if pageNumber >= segment.first, !isTerm(below: boundary) { return }
    try boundary.withUnsafeBufferPointer { boundary in
      let page = try storage.page(ofTerm: boundary, in: segment)
      if page > pageNumber, try storage.hasPage(page, of: segment) {
        (pageNumber, nextTermOffset) = (page - 1, nil)
      } else if page > pageNumber || nextTermOffset == nil {
        guard try findPage(after: boundary) else { return }
      }
      _ = try nextTerm(notBelow: boundary)
    }
  }

  /// The place of a term in a segment, which is the same after the terms before it were removed.
  struct Place: Equatable {
    let page: Int
    /// The number of bytes from the term's postings to the end of the page's contents.
    let length: Int
  }

  /// The place of the current term until its postings are read; always the same after the last one.
  var place: Place {
    isAtEnd ? Place(page: .max, length: 0) : Place(page: pageNumber, length: contentEnd - doclistOffset)
  }

  /// Whether the current term is below another one.
  func isTerm(below other: [UInt8]) -> Bool {
    other.withUnsafeBufferPointer { other in
      let prefix = other.orderedPrefix
      return termPrefix < prefix || termPrefix == prefix && term.lexicographicallyPrecedes(other)
    }
  }

  private mutating func number() throws -> Int {
    guard let number = Varint.get(content, &offset), number <= UInt64(UInt32.max) else {
      throw SegmentFormat.damage
    }
    return Int(number)
  }

  /// Reads where the term after one on the same page begins.
  private mutating func readTermOffset(after previous: Int) throws {
    let page = UnsafeBufferPointer(start: memory, count: pageLength)
    guard footerOffset < pageLength else {
      nextTermOffset = nil
      return
    }
    guard let delta = Varint.get(page, &footerOffset), delta > 0, delta < UInt64(contentEnd - previous) else {
      throw SegmentFormat.damage
    }
    nextTermOffset = previous + Int(delta)
  }

  // MARK: Pages

  /// Reads the next page. Returns false after the last one.
  private mutating func nextPage() throws -> Bool {
    guard segment.first > 0, pageNumber < segment.last else { return false }
    pageNumber += 1
    try storage.read(SegmentFormat.leaf(segment.id, page: pageNumber)) { bytes in
      guard bytes.count >= SegmentFormat.headerLength, let start = bytes.baseAddress else {
        throw SegmentFormat.damage
      }
      if bytes.count > capacity {
        memory.deallocate()
        capacity = bytes.count
        memory = .allocate(capacity: capacity)
      }
      memory.update(from: start, count: bytes.count)
      pageLength = bytes.count
    }
    firstDocidOffset = Int(memory[0]) << 8 | Int(memory[1])
    contentEnd = Int(memory[2]) << 8 | Int(memory[3])
    guard (SegmentFormat.headerLength...pageLength).contains(contentEnd), firstDocidOffset <= contentEnd,
      firstDocidOffset == 0 || firstDocidOffset >= SegmentFormat.headerLength
    else { throw SegmentFormat.damage }
    footerOffset = contentEnd
    isFirstTermOfPage = true
    try readTermOffset(after: 0)
    if let nextTermOffset, nextTermOffset < max(firstDocidOffset, SegmentFormat.headerLength) {
      throw SegmentFormat.damage
    }
    offset = SegmentFormat.headerLength
    return true
  }

  // MARK: Postings

  /// Moves to the next posting of the term. Returns false after the last one.
  mutating func nextPosting() throws -> Bool {
    while offset >= nextTermOffset ?? contentEnd {
      guard nextTermOffset == nil, try nextPage() else { return false }
      if firstDocidOffset > 0 {
        offset = firstDocidOffset
      } else if let nextTermOffset {
        offset = nextTermOffset
      } else {
        offset = contentEnd
      }
    }
    let isWhole = offset == firstDocidOffset
    guard let delta = Varint.get(content, &offset), let header = Varint.get(content, &offset),
      header >> 1 <= UInt64(Int32.max)
    else { throw SegmentFormat.damage }
    docid = Int64(bitPattern: delta) &+ (isWhole ? 0 : docid)
    self.header = header
    let length = Int(header >> 1)
    if length <= (nextTermOffset ?? contentEnd) - offset {
      positions = UnsafeBufferPointer(start: memory + offset, count: length)
      offset += length
    } else {
      try readDividedList(length)
    }
    return true
  }

  /// Reads a position list that continues on the next pages.
  private mutating func readDividedList(_ length: Int) throws {
    guard nextTermOffset == nil else { throw SegmentFormat.damage }
    dividedList.truncate(to: 0)
    dividedList.append(UnsafeBufferPointer(rebasing: content[offset...]))
    while dividedList.count < length {
      guard try nextPage() else { throw SegmentFormat.damage }
      let end = firstDocidOffset > 0 ? firstDocidOffset : nextTermOffset ?? contentEnd
      offset = min(end, offset + length - dividedList.count)
      dividedList.append(UnsafeBufferPointer(rebasing: content[SegmentFormat.headerLength..<offset]))
    }
    positions = dividedList.all
  }

  /// Skips pages of the current term on which all docids are below one. None of its postings must have been read.
  mutating func skipPages(below docid: Int64) throws {
    guard nextTermOffset == nil else { return }
    // A page from which on all postings may be needed, and the first page after the doclist or one that begins above the docid.
    var low = pageNumber
    var high = try min(storage.page(after: term, in: segment) ?? .max, segment.last + 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if let first = try storage.firstDocid(ofPage: middle, in: segment), first <= docid {
        low = middle
      } else {
        high = middle
      }
    }
    guard low > pageNumber else { return }
    pageNumber = low - 1
    guard try nextPage(), firstDocidOffset > 0 else { throw SegmentFormat.damage }
    offset = firstDocidOffset
  }

  // MARK: Trimming

  /// What remains of the segment without what is before the current term, whose postings must not have been read; without
  /// pages after the last term.
  func rest() -> SegmentRest {
    var rest = segment
    if isAtEnd {
      (rest.first, rest.last) = (0, 0)
      return SegmentRest(segment: rest)
    }
    rest.first = pageNumber
    return SegmentRest(segment: rest, removedPages: segment.first...pageNumber, firstPage: trimmedPage())
  }

  /// The current page from the current term on.
  private func trimmedPage() -> [UInt8] {
    var page: [UInt8] = [0, 0, 0, 0]
    Varint.append(UInt64(term.count + 1), to: &page)
    page.append(SegmentFormat.mainIndex)
    page += term
    let removed = doclistOffset - page.count
    page += content[doclistOffset...]
    page[2] = UInt8(truncatingIfNeeded: page.count >> 8)
    page[3] = UInt8(truncatingIfNeeded: page.count)
    Varint.append(UInt64(SegmentFormat.headerLength), to: &page)
    if let nextTermOffset {
      Varint.append(UInt64(nextTermOffset - removed - SegmentFormat.headerLength), to: &page)
      page += UnsafeBufferPointer(start: memory, count: pageLength)[footerOffset...]
    }
    return page
  }
}

/// What remains of a segment after its first terms were merged.
struct SegmentRest: Sendable {
  let segment: SegmentStructure.Segment
  /// The pages to remove; the last of them is replaced by `firstPage`.
  var removedPages: ClosedRange<Int>?
  var firstPage: [UInt8] = []

  /// Removes the other pages from the file.
  func store(in storage: SegmentStorage) throws {
    guard let removedPages else { return }
    try storage.removePages(removedPages, of: segment.id)
    let row = SegmentFormat.leaf(segment.id, page: segment.first)
    try firstPage.withUnsafeBytes { try storage.write($0, as: row) }
  }
}
