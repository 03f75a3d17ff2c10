/// What is indexed of a text, in compatibility decomposition, each scalar with the place of the character that it comes from.
///
/// A character is a grapheme: decomposition moves scalars about within one, never from one to the next.
package struct DecomposedText {
  package private(set) var scalars: [Unicode.Scalar] = []
  /// Ranges of bytes of UTF-8 in the text, one for each scalar.
  package private(set) var places: [Range<Int>] = []

  package init(_ text: String) {
    let text = IndexedText.prefix(of: text)
    let whole = Decomposition.scalars(of: text)
    scalars.reserveCapacity(whole.count)
    places.reserveCapacity(whole.count)
    var start = 0
    for character in text {
      let place = start..<(start + character.utf8.count)
      start = place.upperBound
      // Nothing is decomposed to what begins with itself: where the whole has the character, it stays as it is.
      if let scalar = Self.onlyScalar(of: character), scalars.count < whole.count,
        whole[scalars.count] == scalar
      {
        add(CollectionOfOne(scalar), at: place)
      } else {
        add(Decomposition.scalars(of: String(character)), at: place)
      }
    }
  }

  private static func onlyScalar(of character: Character) -> Unicode.Scalar? {
    let scalars = character.unicodeScalars
    guard let first = scalars.first, scalars.index(after: scalars.startIndex) == scalars.endIndex else {
      return nil
    }
    return first
  }

  private mutating func add(_ decomposed: some Sequence<Unicode.Scalar>, at place: Range<Int>) {
    for scalar in decomposed {
      scalars.append(scalar)
      places.append(place)
    }
  }
}

/// The scalars that `Folding` makes of a text, each with the place of what it comes from.
package struct PlacedScalars {
  package private(set) var scalars: [Unicode.Scalar] = []
  /// Ranges of bytes of UTF-8 in the text, one for each scalar.
  package private(set) var places: [Range<Int>] = []

  /// Folds by a rule: `Folding.append`, or the one with digraphs.
  package init(_ text: DecomposedText, _ append: (Unicode.Scalar, inout [Unicode.Scalar]) -> Void) {
    scalars.reserveCapacity(text.scalars.count)
    places.reserveCapacity(text.scalars.count)
    for (scalar, place) in zip(text.scalars, text.places) {
      let last = scalars.last
      append(scalar, &scalars)
      if let end = places.indices.last, scalars.count == places.count, scalars.last != last {
        // A syllable of Hangul goes on; its letters may have been characters of their own.
        places[end] = places[end].lowerBound..<place.upperBound
      }
      while places.count < scalars.count { places.append(place) }
    }
  }

  /// The bytes from the first to the last of some scalars.
  package func place(of range: Range<Int>) -> Range<Int> {
    places[range.lowerBound].lowerBound..<places[range.upperBound - 1].upperBound
  }
}
