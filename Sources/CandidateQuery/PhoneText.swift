/// Phone numbers as people write them: digits in groups, with signs between.
public enum PhoneText {
  /// The minimum number of digits.
  public static let minimumDigits = 4
  /// The minimum number of digits of a phone number in free text.
  static let minimumDigitsInText = 7
  /// In free text, groups with spaces between need at least this many digits, unless they begin with `+`, `(` or `0`.
  private static let minimumDigitsInSpacedText = 9
  /// The maximum number of digits.
  private static let maximumDigits = 18
  /// The maximum number of signs between two groups of digits.
  private static let maximumSignsBetween = 3

  /// Whether all of a text is a phone number.
  public static func isNumber(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, beginsNumber(first) else { return false }
    let scalars = Array(text.unicodeScalars)
    guard let shape = shape(of: scalars[...]) else { return false }
    return shape.length == scalars.count && shape.digits >= minimumDigitsInText
  }

  /// The length of the phone number at the start of the scalars, if it consists of more than one word; nil otherwise: a
  /// number of one word is a word. A field of phone numbers requires fewer digits than free text.
  static func spacedLength(_ scalars: ArraySlice<Unicode.Scalar>, inField: Bool) -> Int? {
    guard let first = scalars.first, beginsNumber(first), let shape = shape(of: scalars), shape.isSpaced
    else { return nil }
    let minimum =
      inField
      ? minimumDigits : "+(0".unicodeScalars.contains(first) ? minimumDigitsInText : minimumDigitsInSpacedText
    return shape.digits >= minimum ? shape.length : nil
  }

  private static func beginsNumber(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isDigit || scalar == "+" || scalar == "("
  }

  private struct Shape {
    var length = 0
    var digits = 0
    var isSpaced = false
  }

  /// The longest run of groups of digits at the start of the scalars; nil if a character of a word follows it.
  private static func shape(of scalars: ArraySlice<Unicode.Scalar>) -> Shape? {
    var shape = Shape()
    var i = scalars.startIndex
    if scalars.first == "+" { i += 1 }
    while let group = group(scalars[i...]), shape.digits + group.digits <= maximumDigits {
      shape.digits += group.digits
      let between = scalars[(scalars.startIndex + shape.length)..<i]
      if group.isInParentheses || between.contains(where: \.isQuerySpace) { shape.isSpaced = true }
      i += group.length
      shape.length = i - scalars.startIndex
      i += scalars[i...].prefix(maximumSignsBetween).prefix(while: isSignBetween).count
    }
    guard shape.digits > 0 else { return nil }
    if shape.digits >= minimumDigitsInText { takeExtension(scalars, &shape) }
    let next = scalars.dropFirst(shape.length).first
    let isFollowed = next.map { $0.isAlphabetic || $0.isDigit || $0 == "@" || $0 == ":" } ?? false
    return isFollowed ? nil : shape
  }

  private static func isSignBetween(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "/" || scalar.isQuerySpace
      || scalar.properties.generalCategory == .dashPunctuation
  }

  /// Adds an extension: `x12`, `ext. 12`.
  private static func takeExtension(_ scalars: ArraySlice<Unicode.Scalar>, _ shape: inout Shape) {
    var rest = scalars.dropFirst(shape.length).drop(while: \.isQuerySpace)
    let word = rest.prefix { $0.isAlphabetic || $0 == "." }
    guard ["x", "ext", "ext."].contains(String(String.UnicodeScalarView(word)).lowercased()) else { return }
    rest = rest.dropFirst(word.count).drop(while: \.isQuerySpace)
    let digits = rest.prefix(6).prefix(while: \.isDigit).count
    guard digits > 0 else { return }
    shape.length = rest.startIndex + digits - scalars.startIndex
    shape.isSpaced = true
  }

  /// Digits, or digits in parentheses.
  private static func group(
    _ scalars: ArraySlice<Unicode.Scalar>
  ) -> (length: Int, digits: Int, isInParentheses: Bool)? {
    let isInParentheses = scalars.first == "("
    let digits = scalars.dropFirst(isInParentheses ? 1 : 0).prefix(maximumDigits + 1).prefix(while: \.isDigit)
      .count
    guard digits > 0 else { return nil }
    guard isInParentheses else { return (digits, digits, false) }
    return scalars.dropFirst(digits + 1).first == ")" ? (digits + 2, digits, true) : nil
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is a decimal digit of any script.
  var isDigit: Bool { isASCII ? ("0"..."9").contains(self) : properties.numericType == .decimal }
}
