import Synchronization
import TextAnalysis

/// The letters and digits that a text may contain, in any of its forms, and those that its tokens may begin with, as
/// bitsets. A value is not analysed if it lacks letters of every word.
struct LetterSet: Hashable {
  private var letters: UInt64 = 0
  private var initials: UInt64 = 0

  init(_ text: String) {
    var text = text
    self = text.withUTF8 { LetterSet($0) }
  }

  /// The set of a text in UTF-8.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    var previous: UInt64 = 0
    for byte in text {
      guard byte < 0x80 else {
        add(scalarsOf: text)
        break
      }
      let bits = Self.ascii[byte]
      letters |= bits
      if previous & Self.lettersAndDigits == 0 { initials |= bits }
      previous = bits
    }
    addFormOfDotNet()
  }

  /// Adds a text of any characters.
  private mutating func add(scalarsOf text: UnsafeBufferPointer<UInt8>) {
    var isWithinToken = false
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let bits = Self.bits(scalar)
      letters |= bits
      // A letter with a diacritic may be folded to several.
      if !isWithinToken || !scalar.isASCII { initials |= bits }
      // Other scripts have characters that are tokens of their own, and some that are one with the letter after them.
      if scalar.value >= Self.latinEnd { initials = .max }
      isWithinToken = scalar.isASCII && bits & Self.lettersAndDigits != 0
    }
  }

  /// `dotnet` also finds `.NET`.
  private mutating func addFormOfDotNet() {
    if letters & Self.dot == 0 { return }
    letters |= Self.bits("d") | Self.bits("o")
    initials |= Self.bits("d")
  }

  init(ofToken token: [UInt8]) { self.init(ofToken: token[...]) }

  /// The set of the words of a filter term with a prefix.
  init(ofTerm term: [UInt8], _ prefix: TermPrefix) {
    let separator = FilterTerm.separatorBytes
    var words: [UInt8] = []
    for byte in term.dropFirst(prefix.bytes.count) {
      words.append(byte)
      if words.suffix(separator.count).elementsEqual(separator) { words.removeLast(separator.count) }
    }
    self.init(ofToken: words[...])
  }

  private init(ofToken token: ArraySlice<UInt8>) {
    // What a token must contain: a full stop is no letter.
    letters = token.reduce(0) { $0 | Self.bits(ofByte: $1) }
    initials = token.first.map(Self.bits(ofByte:)) ?? 0
  }

  private static func bits(ofByte byte: UInt8) -> UInt64 { byte < 0x80 ? ascii[byte] & ~dot : others }

  /// Whether it is a superset of any of these sets.
  func containsAny(of sets: [LetterSet]) -> Bool {
    sets.contains { $0.letters & ~letters == 0 && $0.initials & ~initials == 0 }
  }

  /// The bit of all letters beyond ASCII.
  private static let others: UInt64 = 1 << 63
  private static let dot: UInt64 = 1 << 62
  private static let digits: UInt64 = 0x3FF << 26
  private static let lettersAndDigits: UInt64 = digits | 0x3FF_FFFF

  private static let ascii = ASCIIBits()

  private static func bits(_ scalar: Unicode.Scalar) -> UInt64 {
    switch scalar.value {
    case ..<0x80: ascii[UInt8(scalar.value)]
    case 0x80..<latinEnd: latin[scalar]
    // Greek, Cyrillic, the scripts of India …: their digits are folded to those of ASCII.
    case 0x0370...0x1CFF: others | digits
    case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3: others
    // Anything else may fold to Latin letters.
    default: .max
    }
  }

  private static let latinEnd: UInt32 = 0x250
  private static let latin = LatinBits()

  /// The bits of the Latin letters from U+0080 to U+024F, which are folded alike in every text, by both rules. Those of a
  /// letter are made when it first occurs: making all of them would take a twentieth of a search by the command line.
  private struct LatinBits: Sendable {
    /// 0 for what was not made yet, and `isMade` with all others. Never freed.
    private nonisolated(unsafe) let bits: UnsafeMutablePointer<Atomic<UInt64>>

    private static let isMade: UInt64 = 1 << 61

    init() {
      let count = Int(LetterSet.latinEnd) - 0x80
      bits = .allocate(capacity: count)
      for i in 0..<count { (bits + i).initialize(to: Atomic(0)) }
    }

    subscript(scalar: Unicode.Scalar) -> UInt64 {
      let i = Int(scalar.value) - 0x80
      let known = bits[i].load(ordering: .relaxed)
      if known != 0 { return known & ~Self.isMade }
      let text = DecomposedText(String(scalar), offset: nil)
      let folded = FoldedText(text, by: .usual).scalars + FoldedText(text, by: .digraphs).scalars
      let made = folded.reduce(0) { $0 | ($1.isASCII ? ascii[UInt8($1.value)] : others) }
      bits[i].store(made | Self.isMade, ordering: .relaxed)
      return made
    }
  }

  /// The bits of each character of ASCII, made once. An array would be retained and its bounds checked at every access.
  private struct ASCIIBits: Sendable {
    /// Never freed, nor changed.
    private nonisolated(unsafe) let bits: UnsafePointer<UInt64>

    init() {
      let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: 0x80)
      for byte in UInt8(0)..<0x80 {
        bits[Int(byte)] =
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"): 1 << UInt64(byte - UInt8(ascii: "a"))
          case UInt8(ascii: "A")...UInt8(ascii: "Z"): 1 << UInt64(byte - UInt8(ascii: "A"))
          case UInt8(ascii: "0")...UInt8(ascii: "9"): 1 << UInt64(26 + byte - UInt8(ascii: "0"))
          case UInt8(ascii: "."): LetterSet.dot
          default: 0
          }
      }
      self.bits = UnsafePointer(bits)
    }

    subscript(byte: UInt8) -> UInt64 { bits[Int(byte & 0x7F)] }
  }
}
