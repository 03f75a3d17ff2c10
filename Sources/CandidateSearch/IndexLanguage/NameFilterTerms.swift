import NameVariants
import TextAnalysis

/// The filter terms by which other spellings of a name are found.
struct NameFilterTerms {
  let terms: FilterTermWriter

  /// At most this many first names have an initial in the term.
  static let maximumInitials = 3

  /// Adds the terms of a first and a last name, both in their usual tokens, each followed by a space.
  func add(first: UnsafeBufferPointer<UInt8>, last: UnsafeBufferPointer<UInt8>) {
    addInitials(first, last)
    addRomanized(first)
    addRomanized(last)
  }

  /// `j patel` and `jr patel` for Jaya Rao Patel.
  private func addInitials(_ first: UnsafeBufferPointer<UInt8>, _ last: UnsafeBufferPointer<UInt8>) {
    guard !first.isEmpty, !last.isEmpty else { return }
    var initials: [UInt8] = []
    for token in first.split(separator: 0x20).prefix(Self.maximumInitials) {
      guard let length = Self.lengthOfInitial(token) else { return }
      initials += token.prefix(length)
      (initials + [0x20] + last).withUnsafeBufferPointer { terms.add(.initials, words: $0) }
    }
  }

  /// Returns the length in bytes of a token's first letter; nil in scripts without initials.
  private static func lengthOfInitial(_ token: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    switch token.first {
    case .some(UInt8(ascii: "a")...UInt8(ascii: "z")): 1
    // Latin, Greek, Cyrillic and Armenian letters of two bytes.
    case .some(0xC3...0xD6): 2
    default: nil
    }
  }

  private func addRomanized(_ name: UnsafeBufferPointer<UInt8>) {
    guard !ASCII.isASCII(name) else { return }
    for token in name.split(separator: 0x20) {
      // Greek and Cyrillic.
      guard let first = token.first, (0xCD...0xD4).contains(first),
        let skeleton = Romanization.skeleton(String(decoding: token, as: UTF8.self))
      else { continue }
      terms.add(.romanized, skeleton)
    }
  }
}
