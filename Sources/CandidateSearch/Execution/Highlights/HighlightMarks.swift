import CandidateModel
import CandidateQuery

/// Collects the marks in a candidate.
struct HighlightMarks {
  private let partsOfFullName: [PartOfName]
  private var ranges: [Value: [Range<Int>]] = [:]

  private struct Value: Hashable {
    let field: Field.ID
    let number: Int
  }

  init(_ candidate: Candidate) { partsOfFullName = candidate.partsOfFullName }

  /// Marks bytes (UTF-8) of a field's value.
  mutating func add(_ range: Range<Int>, field: Field.ID, _ value: Int) {
    if !range.isEmpty { ranges[Value(field: field, number: value), default: []].append(range) }
  }

  /// Marks bytes (UTF-8) of a column's value. A mark in the full name is returned as marks in the first and the last
  /// name.
  mutating func add(_ range: Range<Int>, column: TextColumn, _ value: Int) {
    guard column == .name else { return add(range, field: column.field, value) }
    for part in partsOfFullName {
      let marked = range.clamped(to: part.range)
      let start = part.range.lowerBound
      add((marked.lowerBound - start)..<(marked.upperBound - start), field: part.field, 0)
    }
  }

  /// All marks, in the order of `IndexSchema.highlighted`. Ranges that touch or overlap are merged.
  var highlights: [Highlight] {
    IndexSchema.highlighted.flatMap { field in
      ranges.keys.filter { $0.field == field }.sorted { $0.number < $1.number }
        .map { Highlight(field: field, value: $0.number, ranges: Self.merged(ranges[$0] ?? [])) }
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

/// A first or a last name, with its range in the full name, in bytes of UTF-8.
private struct PartOfName {
  let field: Field.ID
  let range: Range<Int>
}

extension Candidate {
  fileprivate var partsOfFullName: [PartOfName] {
    let first = (firstName ?? "").utf8.count
    let last = (lastName ?? "").utf8.count
    let gap = first > 0 && last > 0 ? 1 : 0
    let isFamilyNameFirst = Script.writesFamilyNameFirst(lastName ?? "")
    let firstStart = isFamilyNameFirst ? last + gap : 0
    let lastStart = isFamilyNameFirst ? 0 : first + gap
    return [
      PartOfName(field: .firstName, range: firstStart..<(firstStart + first)),
      PartOfName(field: .lastName, range: lastStart..<(lastStart + last)),
    ]
  }
}
