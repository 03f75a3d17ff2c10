/// The document frequency of a term, by column.
package struct TermFrequency: Hashable, Sendable {
  private var counts: SIMD8<Int> = .zero

  /// Creates a frequency of 0 in every column.
  package init() {}

  private init(counts: SIMD8<Int>) { self.counts = counts }

  package subscript(column: TextColumn) -> Int {
    get { counts[column.index] }
    set { counts[column.index] = newValue }
  }

  /// The sum over all columns. A candidate counts once for each column.
  package var sum: Int { counts.wrappedSum() }

  /// The columns in which the term occurs, the most frequent first.
  package var columns: [TextColumn] {
    TextColumn.counted.filter { self[$0] > 0 }.sorted { self[$0] > self[$1] }
  }

  /// The first of `columns`; nil for a term that does not occur.
  package var mostFrequentColumn: TextColumn? {
    var most: TextColumn?
    var count = 0
    for column in TextColumn.counted where self[column] > count { (most, count) = (column, self[column]) }
    return most
  }

  /// The share of a column in the sum, from 0 to 1.
  package func share(of column: TextColumn) -> Double { sum == 0 ? 0 : Double(self[column]) / Double(sum) }

  /// An upper bound of the frequency of both of two terms in one document, by column.
  package func both(_ other: TermFrequency) -> TermFrequency {
    TermFrequency(counts: pointwiseMin(counts, other.counts))
  }

  /// An upper bound of the frequency of either of two terms, by column.
  package func either(_ other: TermFrequency) -> TermFrequency {
    TermFrequency(counts: counts &+ other.counts)
  }
}
