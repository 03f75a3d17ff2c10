/// A text in compatibility decomposition, and where each scalar comes from.
package struct DecomposedText {
  package let scalars: [Unicode.Scalar]
  /// For each scalar, the bytes (UTF-8) of the character that it comes from; empty without offsets.
  ///
  /// A character is a grapheme cluster: decomposition reorders scalars within one, never across two.
  package private(set) var ranges: [Range<Int>] = []

  /// - Parameter offset: where the text begins in a longer one; nil if no offsets are wanted.
  package init(_ text: String, offset: Int?) {
    scalars = Decomposition.scalars(of: text)
    guard let offset else { return }
    ranges.reserveCapacity(scalars.count)
    var range = offset..<offset
    for character in text {
      range = range.upperBound..<(range.upperBound + character.utf8.count)
      ranges += repeatElement(range, count: decomposedCount(of: character))
    }
    if ranges.count < scalars.count {
      ranges += repeatElement(range, count: scalars.count - ranges.count)
    }
  }

  /// The number of scalars that the next character is decomposed to.
  private func decomposedCount(of character: Character) -> Int {
    // No decomposition begins with the scalar itself: if it is in the decomposed text, it is unchanged.
    if let scalar = Self.onlyScalar(of: character), ranges.count < scalars.count,
      scalars[ranges.count] == scalar
    {
      return 1
    }
    return Decomposition.scalars(of: String(character)).count
  }

  private static func onlyScalar(of character: Character) -> Unicode.Scalar? {
    let scalars = character.unicodeScalars
    guard let first = scalars.first, scalars.index(after: scalars.startIndex) == scalars.endIndex else {
      return nil
    }
    return first
  }
}

/// A text as `Folding` makes it, and where each scalar comes from.
package struct FoldedText {
  package private(set) var scalars: [Unicode.Scalar] = []
  /// For each scalar, the bytes (UTF-8) that it comes from; empty where no offsets are wanted.
  package private(set) var ranges: [Range<Int>] = []
  package let hasOffsets: Bool

  /// The fast path for ASCII; nil for any other text.
  package init?(ascii text: String, offset: Int?) {
    hasOffsets = offset != nil
    var text = text
    let isASCII = text.withUTF8 { bytes in
      guard ASCII.isASCII(bytes) else { return false }
      scalars.reserveCapacity(bytes.count)
      for (i, byte) in bytes.enumerated() {
        guard let folded = ASCII.folded(byte) else { continue }
        scalars.append(Unicode.Scalar(folded))
        if let offset { ranges.append((offset + i)..<(offset + i + 1)) }
      }
      return true
    }
    if !isASCII { return nil }
  }

  /// Scalars that are folded already, without offsets.
  init(folded scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    hasOffsets = false
  }

  package init(_ text: DecomposedText, by rule: Folding.Rule) {
    hasOffsets = !text.ranges.isEmpty
    scalars.reserveCapacity(text.scalars.count)
    if hasOffsets {
      ranges.reserveCapacity(text.scalars.count)
      for (scalar, range) in zip(text.scalars, text.ranges) { append(scalar, from: range, by: rule) }
    } else {
      for scalar in text.scalars { Folding.append(scalar, to: &scalars, by: rule) }
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar, from range: Range<Int>, by rule: Folding.Rule) {
    let last = scalars.last
    Folding.append(scalar, to: &scalars, by: rule)
    if let end = ranges.indices.last, scalars.count == ranges.count, scalars.last != last {
      // The scalar was composed with the one before to a syllable of Hangul. Both may have been characters.
      ranges[end] = ranges[end].lowerBound..<range.upperBound
    }
    while ranges.count < scalars.count { ranges.append(range) }
  }

  /// The bytes from the first to the last of some scalars.
  func range(of range: Range<Int>) -> Range<Int> {
    ranges[range.lowerBound].lowerBound..<ranges[range.upperBound - 1].upperBound
  }
}
