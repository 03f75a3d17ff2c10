import BenchmarkCorpus
import Foundation

/// How names are typed by those who do not type them as they are written; nil where a name leaves no room for it.
enum Spelling {
  private static let romanizer = Romanizer()
  private static let german: [Character: String] = ["ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"]

  /// A Latin name in ASCII letters alone; nil for a name that is so already, or in another script.
  static func withoutDiacritics(_ first: String, _ last: String) -> String? {
    let name = "\(first) \(last)"
    guard !isASCII(name),
      name.unicodeScalars.allSatisfy({ $0.value < 0x370 || (0x1E00...0x1EFF).contains($0.value) })
    else { return nil }
    return romanizer.romanize(name)
  }

  /// A Cyrillic or Greek name in Latin letters, or a German one with `ue` for `ü`.
  static func transliterated(_ first: String, _ last: String) -> (first: String, last: String)? {
    let scalars = (first + last).unicodeScalars
    if scalars.allSatisfy({ (0x370...0x4FF).contains($0.value) || $0.isASCII }),
      scalars.contains(where: { !$0.isASCII })
    {
      return (romanizer.romanize(first), romanizer.romanize(last))
    }
    let spelled = (spellUmlauts(first), spellUmlauts(last))
    guard spelled != (first.lowercased(), last.lowercased()), isASCII(spelled.0 + spelled.1) else {
      return nil
    }
    return spelled
  }

  private static func spellUmlauts(_ name: String) -> String {
    name.lowercased().map { german[$0] ?? String($0) }.joined()
  }

  /// Two neighbouring letters behind the first have changed places.
  static func swapped(_ name: String, _ random: inout some RandomNumberGenerator) -> String? {
    var letters = Array(name.lowercased())
    let places = (1..<max(1, letters.count - 1)).filter { letters[$0] != letters[$0 + 1] }
    guard letters.count >= 5, letters.allSatisfy(isLatin), let place = places.randomElement(using: &random)
    else {
      return nil
    }
    letters.swapAt(place, place + 1)
    return String(letters)
  }

  /// A letter behind the first is missing.
  static func missing(_ name: String, _ random: inout some RandomNumberGenerator) -> String? {
    var letters = Array(name.lowercased())
    guard letters.count >= 5, letters.allSatisfy(isLatin),
      let place = (1..<letters.count).randomElement(using: &random)
    else { return nil }
    letters.remove(at: place)
    return String(letters)
  }

  /// The first half of a name of one word.
  static func half(_ name: String) -> String? {
    let letters = name.lowercased()
    guard letters.count >= 6, letters.allSatisfy(isLatin) else { return nil }
    return String(letters.prefix((letters.count + 1) / 2))
  }

  private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

  private static func isLatin(_ letter: Character) -> Bool {
    letter.isLetter && letter.unicodeScalars.allSatisfy { $0.value < 0x250 }
  }
}
