/// A phone number as the index holds it: its digits from the last to the first, so that its ending is the
/// beginning of a token. The `00` of an international number and the `0` of a national one are left out, since the
/// same number is written with and without.
package struct PhoneNumber: Equatable {
  /// ASCII digits, the last first.
  package let reversedDigits: String
  /// Whether the number was written with a country's code.
  private let isInternational: Bool

  private static let fewestDigits = 4
  /// Shorter numbers begin with a zero of their own.
  private static let fewestDigitsWithTrunkZero = 9
  /// A country's code has so many digits.
  private static let countryCodes = 1...3
  /// What remains without it has so many; where it need not be one, what remains without it must be more than a
  /// number within a city.
  private static let fewestNationalDigits = (international: 7, otherwise: 8)

  /// The number in a text; nil if there are too few digits to mean anyone. What follows a word (`ext. 12`) is
  /// no part of it, nor is the `(0)` of a number that is written for callers from everywhere.
  package init?(_ text: String) {
    var digits: [UInt8] = []
    var hasPlus = false
    var opensAt: Int?
    for scalar in IndexedText.prefix(of: text).unicodeScalars {
      if let digit = Self.digit(scalar) {
        digits.append(digit)
      } else if scalar == "(" {
        opensAt = digits.count
      } else if scalar == ")" {
        if let opensAt, digits.count == opensAt + 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
      } else if scalar == "+" {
        hasPlus = true
      } else if digits.count >= Self.fewestNationalDigits.international, scalar.properties.isAlphabetic {
        break
      }
    }
    isInternational = hasPlus || digits.starts(with: "00".utf8)
    if digits.count >= Self.fewestDigitsWithTrunkZero {
      digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
    }
    guard digits.count >= Self.fewestDigits else { return nil }
    reversedDigits = String(decoding: digits.reversed(), as: UTF8.self)
  }

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isASCII { return ("0"..."9").contains(scalar) ? UInt8(scalar.value) : nil }
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
      return nil
    }
    return UInt8(ascii: "0") + UInt8(value)
  }

  /// The number without what may be a country's code, in the ways in which it may be one.
  package var reversedNationalDigits: [String] {
    let fewest =
      isInternational ? Self.fewestNationalDigits.international : Self.fewestNationalDigits.otherwise
    return Self.countryCodes.map { reversedDigits.dropLast($0) }
      .filter { $0.count >= fewest }
      .map { String($0.reversed().drop { $0 == "0" }.reversed()) }
  }
}
