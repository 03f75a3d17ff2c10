import CandidateModel
import CandidateQuery

/// What is marked in a candidate so far.
struct HighlightMarks {
  private let partsOfFullName: [(field: Field.ID, range: Range<Int>)]
  private var ranges: [Place: [Range<Int>]] = [:]

  private struct Place: Hashable {
    let field: Field.ID
    let value: Int
  }

  init(_ candidate: Candidate) { partsOfFullName = candidate.partsOfFullName }

  mutating func add(_ range: Range<Int>, field: Field.ID, _ value: Int) {
    if !range.isEmpty { ranges[Place(field: field, value: value), default: []].append(range) }
  }

  /// Marks bytes of a column's value. The full name is told as first and last name.
  mutating func add(_ range: Range<Int>, column: TextColumn, _ value: Int) {
    guard column == .name else { return add(range, field: column.field, value) }
    for (field, part) in partsOfFullName {
      add(range.clamped(to: part).moved(by: -part.lowerBound), field: field, 0)
    }
  }

  /// All marks, in the order of `Highlighter.fields`, ranges that touch or overlap as one.
  var highlights: [Highlight] {
    Highlighter.fields.flatMap { field in
      ranges.keys.filter { $0.field == field }.sorted { $0.value < $1.value }
        .map { Highlight(field: field, value: $0.value, ranges: Self.merged(ranges[$0] ?? [])) }
    }
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}

extension Candidate {
  /// Where in the full name, in bytes of UTF-8, the first and the last name stand.
  fileprivate var partsOfFullName: [(field: Field.ID, range: Range<Int>)] {
    let first = (firstName ?? "").utf8.count
    let last = (lastName ?? "").utf8.count
    let gap = first > 0 && last > 0 ? 1 : 0
    return Script.writesFamilyNameFirst(lastName ?? "")
      ? [(.firstName, (last + gap)..<(last + gap + first)), (.lastName, 0..<last)]
      : [(.firstName, 0..<first), (.lastName, (first + gap)..<(first + gap + last))]
  }
}
