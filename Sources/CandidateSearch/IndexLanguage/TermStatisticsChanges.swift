/// The changes of document frequencies by inserted and removed documents, for each word and column. Belongs to one
/// thread. The memory grows with the number of different words.
package struct TermStatisticsChanges {
  /// The change of a word's document frequency in a column; `privateDocuments` is the part of private candidates.
  package struct Change {
    package let term: [UInt8]
    package let column: TextColumn
    package let documents: Int
    package let privateDocuments: Int
  }

  /// A word of a column and its counts.
  private struct Word {
    let hash: UInt64
    /// Where the term is in `terms`.
    let term: Range<Int>
    let column: TextColumn
    var documents = 0
    var privateDocuments = 0
    /// The last document with the word, since a word counts once in each document.
    var lastDocument = -1
  }

  private var words: [Word] = []
  /// The terms of the words, one after another.
  private var terms: [UInt8] = []
  /// A hash table with open addressing: the positions of words in `words`, from 1; 0 in a free slot. The number of slots is a
  /// power of two, and at least half of them are free.
  private var slots = [Int](repeating: 0, count: 64)
  private var documentCount = 0
  private let tableHash = TableHash()

  package init() {}

  /// The changes, in the order of the terms.
  package var sorted: [Change] {
    words.map {
      Change(
        term: Array(terms[$0.term]), column: $0.column, documents: $0.documents,
        privateDocuments: $0.privateDocuments)
    }
    .sorted { $0.term.lexicographicallyPrecedes($1.term) }
  }

  package var isEmpty: Bool { words.isEmpty }

  package mutating func insert(_ document: Document) { count(document, by: 1) }

  package mutating func remove(_ document: Document) { count(document, by: -1) }

  private mutating func count(_ document: Document, by sign: Int) {
    documentCount += 1
    document.withBytes { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      // The empty term of names counts all documents.
      add(UnsafeRawBufferPointer(rebasing: bytes[..<0]), in: .name, isPrivate: document.isPrivate, by: sign)
      for column in TextColumn.counted {
        let range = document.range(of: column)
        var start = range.lowerBound
        // One more byte ends the last token.
        for end in range.lowerBound...range.upperBound where end == range.upperBound || bytes[end] == 0x20 {
          let token = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
          start = end + 1
          if token.isEmpty || Self.isGap(token) { continue }
          add(token, in: column, isPrivate: document.isPrivate, by: sign)
        }
      }
    }
  }

  private static func isGap(_ token: UnsafeRawBufferPointer) -> Bool {
    token.count == FilterTerm.separatorBytes.count && token.elementsEqual(FilterTerm.separatorBytes)
  }

  private mutating func add(
    _ term: UnsafeRawBufferPointer, in column: TextColumn, isPrivate: Bool, by sign: Int
  ) {
    let position = position(of: term, in: column)
    guard words[position].lastDocument != documentCount else { return }
    words[position].lastDocument = documentCount
    words[position].documents += sign
    if isPrivate { words[position].privateDocuments += sign }
  }

  /// The position of a word in `words`, to which it is added if it is new.
  private mutating func position(of term: UnsafeRawBufferPointer, in column: TextColumn) -> Int {
    let hash = tableHash.hash(term) &+ UInt64(column.index)
    var slot = firstSlot(of: hash)
    while slots[slot] > 0 {
      let position = slots[slot] - 1
      if words[position].hash == hash, isWord(term, column, at: position) { return position }
      slot = (slot + 1) & (slots.count - 1)
    }
    let start = terms.count
    terms += term
    words.append(Word(hash: hash, term: start..<terms.count, column: column))
    slots[slot] = words.count
    if words.count * 2 > slots.count { grow() }
    return words.count - 1
  }

  private func isWord(_ term: UnsafeRawBufferPointer, _ column: TextColumn, at position: Int) -> Bool {
    let word = words[position]
    return word.column == column
      && terms.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[word.term]).hasBytes(of: term) }
  }

  private func firstSlot(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

  private mutating func grow() {
    slots = Array(repeating: 0, count: 4 * slots.count)
    for (position, word) in words.enumerated() {
      var slot = firstSlot(of: word.hash)
      while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = position + 1
    }
  }
}
