/// By how much the documents that come and go change the number of documents that hold a word, field by field. Belongs
/// to one thread; its size is that of the different words.
struct VocabularyChanges {
  /// A word of a field. `hidden` counts its documents that are of private candidates.
  struct Change {
    let term: [UInt8]
    let field: TextColumn
    var documents = 0
    var hidden = 0
    /// The document that it was last met in: a word counts once in each.
    fileprivate var lastDocument = -1
  }

  /// By a hash of term and field. Two of a million words share one of 64 bits once in 10^7 indexes.
  private var changes: [UInt64: Change] = [:]
  private var documentCount = 0

  /// What has changed, in the order of the terms.
  var sorted: [Change] { changes.values.sorted { $0.term.lexicographicallyPrecedes($1.term) } }

  var isEmpty: Bool { changes.isEmpty }

  mutating func insert(_ document: Document) { count(document, by: 1) }

  mutating func remove(_ document: Document) { count(document, by: -1) }

  private mutating func count(_ document: Document, by sign: Int) {
    documentCount += 1
    document.bytes.withUnsafeBytes { bytes in
      // The empty term of names stands for all documents.
      add(UnsafeRawBufferPointer(rebasing: bytes[..<0]), .name, document.isPrivate, sign)
      for field in TextColumn.vocabulary {
        let text = UnsafeRawBufferPointer(rebasing: bytes[document.range(of: field)])
        for token in text.split(separator: 0x20) where !token.elementsEqual(Key.separatorBytes) {
          add(UnsafeRawBufferPointer(rebasing: token), field, document.isPrivate, sign)
        }
      }
    }
  }

  private mutating func add(
    _ term: UnsafeRawBufferPointer, _ field: TextColumn, _ isPrivate: Bool, _ sign: Int
  ) {
    let hash = UInt64(bitPattern: ContentHash.hash(term, without: nil)) &+ UInt64(field.index)
    var change = changes[hash] ?? Change(term: Array(term), field: field)
    guard change.lastDocument != documentCount else { return }
    change.lastDocument = documentCount
    change.documents += sign
    if isPrivate { change.hidden += sign }
    changes[hash] = change
  }
}

extension TextColumn {
  /// The columns whose words are counted. Those of e-mail addresses are many and mean nothing.
  static let vocabulary: [TextColumn] = [.name, .company, .title, .location, .tag]
}
