import CandidateSearch

/// The filter terms of a document by which hits are counted.
enum FacetTerms {
  /// The prefixes of the terms of all facets.
  private static let prefixes = IndexSchema.fields.filter { $0.uses.contains(.facet) }
    .compactMap { $0.filter.valuePrefix?.bytes }

  /// Appends them as an array of texts.
  static func write(_ document: Document, to writer: inout BinaryWriter) {
    var terms: [ArraySlice<UInt8>] = []
    let range = document.range(ofColumn: 0)
    for token in document.bytes[range].split(separator: 0x20)
    where prefixes.contains(where: { token.starts(with: $0) }) {
      if !terms.contains(token) { terms.append(token) }
    }
    var array = BinaryWriter(capacity: 256)
    array.raw(Int32(terms.isEmpty ? 0 : 1))
    array.raw(Int32(0))
    array.raw(textType)
    if !terms.isEmpty {
      array.raw(Int32(terms.count))
      array.raw(Int32(1))
      for term in terms { array.bytes(term) }
    }
    writer.bytes(array.buffer)
  }

  /// PostgreSQL's object id of the type text.
  private static let textType: Int32 = 25
}
