import Foundation

/// Compatibility decomposition (NFKD) in linear time.
///
/// Foundation decomposes a text in place and moves the rest of it at each step, and sorts the marks of a
/// character by insertion: both cost the square of the length. Therefore a text is decomposed in parts of
/// bounded length. A part ends before a starter, which is never reordered with what is before it. It also
/// ends after `maximumMarks` marks in a row, as in the Stream-Safe Text Format (UAX #15). The result equals
/// that of the whole text unless a text has more marks in a row.
package enum Decomposition {
  /// At most this many marks in a row are put in canonical order together. No language has more.
  package static let maximumMarks = 30
  /// A part ends before the first starter after this many scalars.
  package static let partLength = 64

  /// The decomposed scalars of a text.
  ///
  /// - Parameter decompose: decomposes a part, which has at most `partLength + maximumMarks` scalars.
  package static func scalars(
    of text: String, by decompose: (String) -> String = { $0.decomposedStringWithCompatibilityMapping }
  ) -> [Unicode.Scalar] {
    var decomposed: [Unicode.Scalar] = []
    decomposed.reserveCapacity(text.utf8.count)
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var (length, marks) = (0, 0)
    for i in scalars.indices {
      marks = isStarter(scalars[i]) ? 0 : marks + 1
      if marks > maximumMarks || (length >= partLength && marks == 0) {
        decomposed += decompose(String(scalars[start..<i])).unicodeScalars
        (start, length, marks) = (i, 0, min(marks, 1))
      }
      length += 1
    }
    let rest = start == scalars.startIndex ? text : String(scalars[start...])
    return decomposed + decompose(rest).unicodeScalars
  }

  /// Whether neither a scalar nor its decomposition is reordered with what is before it.
  private static func isStarter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // No mark has a lower number.
    case ..<0x300: true
    // Starters that are decomposed to marks: vowel signs of Tibetan, voicing marks of half-width kana.
    case 0xF73, 0xF75, 0xF81, 0xFF9E, 0xFF9F: false
    default: scalar.properties.canonicalCombiningClass == .notReordered
    }
  }
}
