import Foundation

/// The changes of document frequencies by inserted and removed documents, for each word and field. Belongs to one
/// thread. The memory grows with the number of different words.
package struct TermStatisticsChanges {
  /// The change of a word's document frequency in a field; `hidden` is the part of private candidates.
  package struct Change {
    package let term: [UInt8]
    package let field: TextColumn
    package let documents: Int
    package let hidden: Int
  }

  /// The counts of a word, apart from the word itself, so that counting touches few bytes.
  private struct Count {
    var documents = 0
    var hidden = 0
    /// The last document with the word, since a word counts once in each document.
    var lastDocument = -1
  }

  /// The positions of words in `counts`, by a hash of term and field; open addressing resolves collisions.
  private var positions: [UInt64: Int] = [:]
  private var counts: [Count] = []
  private var words: [(term: [UInt8], field: TextColumn)] = []
  private var documentCount = 0

  package init() {}

  /// The changes, in the order of the terms.
  package var sorted: [Change] {
    zip(words, counts).map {
      Change(term: $0.term, field: $0.field, documents: $1.documents, hidden: $1.hidden)
    }
    .sorted { $0.term.lexicographicallyPrecedes($1.term) }
  }

  package var isEmpty: Bool { words.isEmpty }

  package mutating func insert(_ document: Document) { count(document, by: 1) }

  package mutating func remove(_ document: Document) { count(document, by: -1) }

  private mutating func count(_ document: Document, by sign: Int) {
    documentCount += 1
    document.bytes.withUnsafeBytes { bytes in
      // The empty term of names counts all documents.
      add(UnsafeRawBufferPointer(rebasing: bytes[..<0]), in: .name, isPrivate: document.isPrivate, by: sign)
      for field in TextColumn.counted {
        let range = document.range(of: field)
        var start = range.lowerBound
        // One more byte ends the last token.
        for end in range.lowerBound...range.upperBound where end == range.upperBound || bytes[end] == 0x20 {
          let token = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
          start = end + 1
          if token.isEmpty || Self.isGap(token) { continue }
          add(token, in: field, isPrivate: document.isPrivate, by: sign)
        }
      }
    }
  }

  private static func isGap(_ token: UnsafeRawBufferPointer) -> Bool {
    token.count == FilterTerm.separatorBytes.count && token.elementsEqual(FilterTerm.separatorBytes)
  }

  private mutating func add(
    _ term: UnsafeRawBufferPointer, in field: TextColumn, isPrivate: Bool, by sign: Int
  ) {
    var hash = TableHash.hash(term) &+ UInt64(field.index)
    var known = positions[hash]
    while let other = known, !isWord(term, field, at: other) {
      hash &+= Self.probeStep
      known = positions[hash]
    }
    let position: Int
    if let known {
      position = known
    } else {
      position = counts.count
      positions[hash] = position
      counts.append(Count())
      words.append((Array(term), field))
    }
    guard counts[position].lastDocument != documentCount else { return }
    counts[position].lastDocument = documentCount
    counts[position].documents += sign
    if isPrivate { counts[position].hidden += sign }
  }

  /// Coprime to 2^64, so that every hash is reached.
  private static let probeStep: UInt64 = 0x9E37_79B9_7F4A_7C15

  private func isWord(_ term: UnsafeRawBufferPointer, _ field: TextColumn, at position: Int) -> Bool {
    guard words[position].field == field, words[position].term.count == term.count else { return false }
    return words[position].term.withUnsafeBytes { known in
      guard let known = known.baseAddress, let term = term.baseAddress else { return true }
      return memcmp(known, term, words[position].term.count) == 0
    }
  }
}
