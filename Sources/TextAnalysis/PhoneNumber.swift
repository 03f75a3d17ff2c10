/// A phone number: its digits from the last to the first, so that the end of a number is the beginning of a
/// token. The `00` of an international number and the `0` of a national one are left out: the same number is
/// written with and without.
package struct PhoneNumber: Equatable {
  /// ASCII digits, the last first.
  package let reversedDigits: String
  /// Whether the number was written with a country code.
  private let isInternational: Bool

  private static let minimumDigits = 4
  /// In shorter numbers, a zero at the beginning belongs to the number.
  private static let minimumDigitsWithTrunkZero = 9
  /// The number of digits of a country code.
  private static let countryCodeLengths = 1...3
  /// The digits after the country code of an international number.
  private static let minimumInternationalRest = 7
  /// The digits after what may be a country code: more than a number within a city has.
  private static let minimumOtherRest = 8

  /// The number in a text; nil if it has too few digits. What follows a word (`ext. 12`) does not belong to
  /// it, nor does the `(0)` in `+44 (0)20`.
  package init?(_ text: String) {
    var text = text
    guard let number = text.withUTF8({ PhoneNumber(utf8: $0) }) else { return nil }
    self = number
  }

  /// The number in a text in UTF-8; nil if it has too few digits.
  package init?(utf8 text: UnsafeBufferPointer<UInt8>) {
    let number = IndexedText.withPrefix(of: text) { text in
      ASCII.isASCII(text)
        ? PhoneNumber(text.lazy.map { Unicode.Scalar($0) }, count: text.count)
        : PhoneNumber(String(decoding: text, as: UTF8.self).unicodeScalars, count: text.count)
    }
    guard let number else { return nil }
    self = number
  }

  private init?(_ scalars: some Sequence<Unicode.Scalar>, count: Int) {
    var digits: [UInt8] = []
    digits.reserveCapacity(count)
    var hasPlus = false
    var opensAt: Int?
    for scalar in scalars {
      if let digit = Self.digit(scalar) {
        digits.append(digit)
      } else if scalar == "(" {
        opensAt = digits.count
      } else if scalar == ")" {
        if let opensAt, digits.count == opensAt + 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
      } else if scalar == "+" {
        hasPlus = true
      } else if digits.count >= Self.minimumInternationalRest, Self.isLetter(scalar) {
        break
      }
    }
    isInternational = hasPlus || digits.starts(with: "00".utf8)
    digits.reverse()
    if digits.count >= Self.minimumDigitsWithTrunkZero {
      while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    }
    guard digits.count >= Self.minimumDigits else { return nil }
    reversedDigits = String(decoding: digits, as: UTF8.self)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? (0x61...0x7A).contains(scalar.value | 0x20) : scalar.properties.isAlphabetic
  }

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    guard scalar.isASCII else { return otherDigit(scalar) }
    return (0x30...0x39).contains(scalar.value) ? UInt8(truncatingIfNeeded: scalar.value) : nil
  }

  /// A digit of another script.
  private static func otherDigit(_ scalar: Unicode.Scalar) -> UInt8? {
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
      return nil
    }
    return UInt8(ascii: "0") + UInt8(value)
  }

  /// The same number with the code of Russia and Kazakhstan, 7, in place of their national prefix, 8, or the reverse; nil for any
  /// other number. Both are written before ten digits (ITU-T, national numbering plans of the code 7).
  package var reversedWithOtherPrefix: String? {
    guard reversedDigits.utf8.count == Self.digitsWithPrefix else { return nil }
    switch reversedDigits.last {
    case "7": return reversedDigits.dropLast() + "8"
    case "8" where !isInternational: return reversedDigits.dropLast() + "7"
    default: return nil
    }
  }

  private static let digitsWithPrefix = 11

  /// The number without its first digits, for each length that a country code may have.
  package var reversedNationalDigits: [String] {
    let minimum = isInternational ? Self.minimumInternationalRest : Self.minimumOtherRest
    return Self.countryCodeLengths.map { reversedDigits.dropLast($0) }
      .filter { $0.count >= minimum }
      .map { String($0.reversed().drop { $0 == "0" }.reversed()) }
  }
}
