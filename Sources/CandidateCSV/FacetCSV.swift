import CandidateSearch

/// Facets as comma-separated values, in lines like those of `CandidateCSV`: the facet, a value and its count.
package enum FacetCSV {
  /// The line with the names of the columns, in UTF-8.
  package static let header = CandidateCSV.line(["facet", "value", "count"])

  /// A line for each value of a facet, in UTF-8.
  package static func lines(of counts: FacetCounts) -> [UInt8] {
    counts.values.flatMap { CandidateCSV.line([counts.facet.rawValue, $0.value, "\($0.count)"]) }
  }
}
