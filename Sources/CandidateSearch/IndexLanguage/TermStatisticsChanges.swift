import Foundation

/// By how much the documents that come and go change the number of documents that hold a word, field by field. Belongs
/// to one thread; its size is that of the different words.
struct TermStatisticsChanges {
  /// A word of a field, and by how much its counts change; `hidden` is of private candidates alone.
  struct Change {
    let term: [UInt8]
    let field: TextColumn
    let documents: Int
    let hidden: Int
  }

  /// What is counted of a word; apart from the word itself, so that counting moves few bytes.
  private struct Count {
    var documents = 0
    var hidden = 0
    /// The document that it was last met in: a word counts once in each.
    var lastDocument = -1
  }

  /// The positions of the counts of words, by a hash of term and field, or the next free one after it.
  private var places: [UInt64: Int] = [:]
  private var counts: [Count] = []
  private var words: [(term: [UInt8], field: TextColumn)] = []
  private var documentCount = 0

  /// What has changed, in the order of the terms.
  var sorted: [Change] {
    zip(words, counts).map {
      Change(term: $0.term, field: $0.field, documents: $1.documents, hidden: $1.hidden)
    }
    .sorted { $0.term.lexicographicallyPrecedes($1.term) }
  }

  var isEmpty: Bool { words.isEmpty }

  mutating func insert(_ document: Document) { count(document, by: 1) }

  mutating func remove(_ document: Document) { count(document, by: -1) }

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
    var known = places[hash]
    while let other = known, !isWord(term, field, at: other) {
      hash &+= Self.probeStep
      known = places[hash]
    }
    let place: Int
    if let known {
      place = known
    } else {
      place = counts.count
      places[hash] = place
      counts.append(Count())
      words.append((Array(term), field))
    }
    guard counts[place].lastDocument != documentCount else { return }
    counts[place].lastDocument = documentCount
    counts[place].documents += sign
    if isPrivate { counts[place].hidden += sign }
  }

  /// Coprime to 2^64, so that every hash is reached.
  private static let probeStep: UInt64 = 0x9E37_79B9_7F4A_7C15

  private func isWord(_ term: UnsafeRawBufferPointer, _ field: TextColumn, at place: Int) -> Bool {
    guard words[place].field == field, words[place].term.count == term.count else { return false }
    return words[place].term.withUnsafeBytes { known in
      guard let known = known.baseAddress, let term = term.baseAddress else { return true }
      return memcmp(known, term, words[place].term.count) == 0
    }
  }
}
