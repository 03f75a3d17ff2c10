import TextAnalysis

/// Writes one segment: terms in ascending order, each with its postings in ascending order of docids. The pages are those
/// that a merge of FTS5 writes, byte for byte, unless parts of it are written by themselves.
struct SegmentWriter: ~Copyable {
  /// The number of pages that were written.
  private(set) var pageCount = 0

  private let output: SegmentOutput
  private var page = Page()
  /// The number of the page that is being filled, counted from 1.
  private var pageNumber: Int
  private let term = ByteBuffer(capacity: 1 << 10)
  private var isFirstTermOfPage = true
  private var isFirstDocidOfPage = true
  private var isFirstDocidOfTerm = true
  private var lastDocid: Int64 = 0
  /// The last page with a term, and a text that separates its first term from those of the pages before; nil if the row
  /// in `…_idx` was written.
  private var entry: (page: Int, separator: [UInt8])?
  /// The number of pages without a term since the last one with a term.
  private var termlessPages = 0
  private var doclistIndex: DoclistIndexWriter

  /// - Parameter lastPage: The last page of the segment that was written before; 0 for a new one.
  init(_ output: SegmentOutput, after lastPage: Int = 0) {
    self.output = output
    pageNumber = lastPage + 1
    doclistIndex = DoclistIndexWriter(output)
    if lastPage == 0 { entry = (page: 1, separator: []) }
  }

  /// Begins a term, without its first byte.
  mutating func append(term newTerm: UnsafeBufferPointer<UInt8>) throws {
    if page.count + page.footerCount + newTerm.count + 1 + 2 >= SegmentFormat.pageSize, !page.isEmpty {
      try writePage()
    }
    page.addTermOffset()
    let shared = sharedPrefix(with: newTerm)
    if isFirstTermOfPage {
      if pageNumber > 1 {
        try writeEntry()
        let separator = term.count == 0 ? newTerm[...] : newTerm.prefix(shared + 1)
        entry = (page: pageNumber, separator: [SegmentFormat.mainIndex] + separator)
      }
      page.append(UInt64(newTerm.count + 1))
      page.append(byte: SegmentFormat.mainIndex)
      page.append(newTerm)
    } else {
      page.append(UInt64(shared + 1))
      page.append(UInt64(newTerm.count - shared))
      page.append(UnsafeBufferPointer(rebasing: newTerm[shared...]))
    }
    term.truncate(to: shared)
    term.append(UnsafeBufferPointer(rebasing: newTerm[shared...]))
    isFirstTermOfPage = false
    isFirstDocidOfPage = false
    isFirstDocidOfTerm = true
    doclistIndex.beginTerm(page: pageNumber)
  }

  private func sharedPrefix(with newTerm: UnsafeBufferPointer<UInt8>) -> Int {
    let known = term.all
    let maximum = min(known.count, newTerm.count)
    guard let a = known.baseAddress.map(UnsafeRawPointer.init),
      let b = newTerm.baseAddress.map(UnsafeRawPointer.init)
    else { return 0 }
    var shared = 0
    while shared + 8 <= maximum {
      let difference =
        a.loadUnaligned(fromByteOffset: shared, as: UInt64.self)
        ^ b.loadUnaligned(fromByteOffset: shared, as: UInt64.self)
      if difference != 0 { return shared + difference.littleEndian.trailingZeroBitCount / 8 }
      shared += 8
    }
    while shared < maximum, known[shared] == newTerm[shared] { shared += 1 }
    return shared
  }

  /// Adds all postings of a term: docids as differences, each with the length of its position list and the list.
  /// - Throws: The error for damage, if they are not encoded as FTS5 does.
  mutating func append(doclist: UnsafeBufferPointer<UInt8>) throws {
    if page.count + page.footerCount + doclist.count < SegmentFormat.pageSize {
      page.append(doclist)
      return
    }
    var offset = 0
    var docid: Int64 = 0
    while offset < doclist.count {
      docid &+= appendWhole(doclist, &offset)
      guard offset < doclist.count else { break }
      guard let delta = Varint.get(doclist, &offset), let header = Varint.get(doclist, &offset),
        header >> 1 <= UInt64(doclist.count - offset)
      else { throw SegmentFormat.damage }
      docid &+= Int64(bitPattern: delta)
      let end = offset + Int(header >> 1)
      try append(
        docid: docid, header: header, positions: UnsafeBufferPointer(rebasing: doclist[offset..<end]))
      offset = end
    }
  }

  /// Adds the postings from an offset on that fit on the page as they are: not the first one of a page, whose docid is no
  /// difference. Returns the difference of their docids.
  private mutating func appendWhole(_ doclist: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> Int64 {
    var sum: UInt64 = 0
    if isFirstDocidOfPage { return 0 }
    let room = SegmentFormat.pageSize - page.count - page.footerCount
    let start = offset
    while true {
      var end = offset
      guard let delta = Varint.get(doclist, &end), let header = Varint.get(doclist, &end),
        header >> 1 < UInt64(max(0, room - (end - start))), end + Int(header >> 1) <= doclist.count
      else { break }
      offset = end + Int(header >> 1)
      sum &+= delta
    }
    page.append(UnsafeBufferPointer(rebasing: doclist[start..<offset]))
    if offset > start {
      lastDocid = (isFirstDocidOfTerm ? 0 : lastDocid) &+ Int64(bitPattern: sum)
      isFirstDocidOfTerm = false
    }
    return Int64(bitPattern: sum)
  }

  /// Adds a posting. Its header is twice the length of the position list, plus 1 if the posting marks a removal.
  mutating func append(docid: Int64, header: UInt64, positions: UnsafeBufferPointer<UInt8>) throws {
    if page.count + page.footerCount >= SegmentFormat.pageSize { try writePage() }
    if isFirstDocidOfPage {
      page.markFirstDocid()
      try doclistIndex.append(docid: docid, page: pageNumber)
    }
    let isWhole = isFirstDocidOfTerm || isFirstDocidOfPage
    page.append(UInt64(bitPattern: isWhole ? docid : docid &- lastDocid))
    lastDocid = docid
    isFirstDocidOfTerm = false
    isFirstDocidOfPage = false
    page.append(header)
    try append(positions)
  }

  /// Adds a position list, which may continue on the next pages. A number in it is never divided.
  private mutating func append(_ positions: UnsafeBufferPointer<UInt8>) throws {
    var start = 0
    while page.count + page.footerCount + positions.count - start >= SegmentFormat.pageSize {
      let room = SegmentFormat.pageSize - page.count - page.footerCount
      var end = start
      while end - start < room {
        guard Varint.get(positions, &end) != nil else { throw SegmentFormat.damage }
      }
      page.append(UnsafeBufferPointer(rebasing: positions[start..<end]))
      start = end
      try writePage()
    }
    page.append(UnsafeBufferPointer(rebasing: positions[start...]))
  }

  private mutating func writePage() throws {
    if isFirstTermOfPage {
      if isFirstDocidOfPage { doclistIndex.appendEmptyPage() }
      termlessPages += 1
    }
    let row = SegmentFormat.leaf(0, page: pageNumber)
    try page.finish { try output.append($0, as: row) }
    pageNumber += 1
    pageCount += 1
    isFirstTermOfPage = true
    isFirstDocidOfPage = true
  }

  /// Writes the row of the last page with a term, with which a search finds the page. Only then it is known whether the
  /// postings of the page's last term have an index.
  private mutating func writeEntry() throws {
    guard let (page, separator) = entry else { return }
    let hasIndex = try doclistIndex.finish(isLong: termlessPages >= DoclistIndexWriter.minimumPages)
    termlessPages = 0
    output.append(SegmentEntry(separator: separator, page: page, hasDoclistIndex: hasIndex))
    entry = nil
  }

  /// Writes what is left. Returns the number of the last page; 0 if nothing was added.
  mutating func finish() throws -> Int {
    if !page.isEmpty { try writePage() }
    if pageNumber > 1 { try writeEntry() }
    try output.finish()
    return pageNumber - 1
  }
}

/// A leaf page that is being filled.
private struct Page: ~Copyable {
  private let memory: UnsafeMutablePointer<UInt8>
  private let footer: UnsafeMutablePointer<UInt8>
  private(set) var count = SegmentFormat.headerLength
  private(set) var footerCount = 0
  private var lastTermOffset = 0

  init() {
    // The longest term and the numbers around it can follow when a page is nearly full.
    let capacity = 2 * SegmentFormat.pageSize + SegmentFormat.maximumToken
    memory = .allocate(capacity: capacity)
    memory.initialize(repeating: 0, count: capacity)
    footer = .allocate(capacity: 2 * SegmentFormat.pageSize)
    footer.initialize(repeating: 0, count: 2 * SegmentFormat.pageSize)
  }

  deinit {
    memory.deallocate()
    footer.deallocate()
  }

  var isEmpty: Bool { count == SegmentFormat.headerLength }

  @inline(__always) mutating func append(byte: UInt8) {
    memory[count] = byte
    count += 1
  }

  @inline(__always) mutating func append(_ number: UInt64) { count += Varint.put(number, at: memory + count) }

  @inline(__always) mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    (memory + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  /// Notes that a term follows.
  @inline(__always) mutating func addTermOffset() {
    footerCount += Varint.put(UInt64(count - lastTermOffset), at: footer + footerCount)
    lastTermOffset = count
  }

  /// Notes that the first docid follows.
  @inline(__always) mutating func markFirstDocid() { store(count, at: 0) }

  private func store(_ offset: Int, at position: Int) {
    memory[position] = UInt8(truncatingIfNeeded: offset >> 8)
    memory[position + 1] = UInt8(truncatingIfNeeded: offset)
  }

  /// Calls `body` with the page, and begins the next one.
  @inline(__always) mutating func finish(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    store(count, at: 2)
    (memory + count).update(from: footer, count: footerCount)
    try body(UnsafeRawBufferPointer(start: memory, count: count + footerCount))
    store(0, at: 0)
    store(0, at: 2)
    count = SegmentFormat.headerLength
    footerCount = 0
    lastTermOffset = 0
  }
}
