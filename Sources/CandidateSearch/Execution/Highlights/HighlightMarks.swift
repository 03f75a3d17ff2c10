import CandidateModel
import CandidateQuery

/// Collects the marks in a candidate.
struct HighlightMarks {
  private struct Mark {
    /// The position of the field in `IndexSchema.highlighted`.
    let field: Int
    /// The number of the value.
    let value: Int
    let range: Range<Int>
  }

  private let candidate: Candidate
  /// Read only if the name is marked.
  private lazy var partsOfFullName = candidate.partsOfFullName
  private var marks: [Mark] = []

  init(_ candidate: Candidate) { self.candidate = candidate }

  /// Marks bytes (UTF-8) of a field's value.
  mutating func add(_ range: Range<Int>, field: Field.ID, _ value: Int) {
    guard !range.isEmpty, let position = IndexSchema.highlighted.firstIndex(of: field) else { return }
    marks.append(Mark(field: position, value: value, range: range))
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
    var highlights: [Highlight] = []
    var rest = marks.sorted {
      ($0.field, $0.value, $0.range.lowerBound) < ($1.field, $1.value, $1.range.lowerBound)
    }[...]
    while let first = rest.first {
      let end = rest.firstIndex { $0.field != first.field || $0.value != first.value } ?? rest.endIndex
      highlights.append(
        Highlight(
          field: IndexSchema.highlighted[first.field], value: first.value,
          ranges: Self.merged(rest[..<end].map(\.range))))
      rest = rest[end...]
    }
    return highlights
  }

  /// Ranges in the order of their beginnings, those that touch or overlap merged.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges {
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
