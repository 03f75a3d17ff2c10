import NameVariants
import TextAnalysis

/// The filter terms by which other spellings of a name are found.
package struct NameFilterTerms {
  package let terms: FilterTermWriter
  /// The terms by the tokens of a part of a name in ASCII.
  private let latin = RecentValues<NamePart, [UInt8]>(maximumCount: 16_384)
  /// Those of other parts, whose terms take ten times as long to make.
  private let foreign = RecentValues<NamePart, [UInt8]>(maximumCount: 16_384)
  private let initials = ByteBuffer()

  package init(terms: FilterTermWriter) { self.terms = terms }

  /// At most this many first names have an initial in the term.
  package static let maximumInitials = 3

  /// Adds the terms of a first and a last name, both in their usual tokens, each followed by a space.
  package func add(first: UnsafeBufferPointer<UInt8>, last: UnsafeBufferPointer<UInt8>) {
    addInitials(first, last)
    // A text that is the whole name may begin with the surname.
    addSounds(first, of: last.isEmpty ? .whole : .given)
    addSounds(last, of: first.isEmpty ? .whole : .family)
  }

  /// `j patel` and `jr patel` for Jaya Rao Patel.
  private func addInitials(_ first: UnsafeBufferPointer<UInt8>, _ last: UnsafeBufferPointer<UInt8>) {
    guard !first.isEmpty, !last.isEmpty else { return }
    initials.truncate(to: 0)
    for token in first.split(separator: 0x20).prefix(Self.maximumInitials) {
      guard let length = Self.lengthOfInitial(token) else { return }
      initials.append(UnsafeBufferPointer(rebasing: token.prefix(length)))
      let end = initials.count
      initials.append(0x20)
      initials.append(last)
      terms.add(.initials, words: initials.all)
      initials.truncate(to: end)
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

  // MARK: - Sounds

  /// The maximum number of Latin spellings of a word of another script that have terms.
  private static let maximumSpellings = 6

  /// Adds the phonetic codes of each word of a part of the name, and the common forms of the Latin spellings of words
  /// of other scripts. Memoised, since names occur again and again.
  private func addSounds(_ name: UnsafeBufferPointer<UInt8>, of part: NamePart) {
    if name.isEmpty { return }
    let isLatin = ASCII.isASCII(name)
    let sounds = (isLatin ? latin : foreign).value(of: name, part) { name in
      let start = terms.bytes.count
      if isLatin {
        for token in name.split(separator: 0x20) { addCodes(UnsafeBufferPointer(rebasing: token)) }
      } else {
        addForeignSounds(name, of: part)
      }
      defer { terms.bytes.truncate(to: start) }
      return Array(terms.bytes.suffix(from: start))
    }
    terms.bytes.append(sounds)
  }

  private func addForeignSounds(_ name: UnsafeBufferPointer<UInt8>, of part: NamePart) {
    let tokens = name.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    for token in tokens { addCodes(token) }
    // A skeleton of Greek or Cyrillic letters knows more spellings than the usual ones.
    let skeletons = tokens.filter(Self.isGreekOrCyrillic).compactMap(Romanization.skeleton)
    var known = Set(skeletons)
    for skeleton in skeletons { terms.add(.romanized, skeleton) }
    for word in Romanization.words(of: tokens, part: part) {
      for spelling in word.spellings.prefix(Self.maximumSpellings) {
        addCodes(spelling)
        guard skeletons.isEmpty, let skeleton = Romanization.skeleton(spelling),
          known.insert(skeleton).inserted
        else { continue }
        terms.add(.romanized, skeleton)
      }
    }
  }

  private static func isGreekOrCyrillic(_ token: String) -> Bool {
    token.utf8.first.map { (0xCD...0xD4).contains($0) } ?? false
  }

  /// Adds the codes of a word; none if it contains other than Latin letters.
  private func addCodes(_ word: String) {
    var word = word
    word.withUTF8(addCodes)
  }

  private func addCodes(_ word: UnsafeBufferPointer<UInt8>) {
    if let code = PhoneticCode(utf8: word) { terms.add(.sound, coarse: code.coarse, fine: code.fine) }
  }
}
