/// Phone numbers as people write them: digits in groups, with signs between.
public enum PhoneText {
  /// The minimum number of digits.
  public static let fewestDigits = 4
  /// Free text with fewer digits is no phone number.
  static let fewestDigitsInText = 7
  /// In free text, groups with spaces between need at least this many digits, unless they begin with `+`, `(` or `0`.
  private static let fewestDigitsInSpacedText = 9
  private static let mostDigits = 18
  private static let mostSignsBetween = 3

  /// Whether a text is nothing but a phone number.
  public static func isNumber(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let shape = shape(of: scalars[...]) else { return false }
    return shape.length == scalars.count && shape.digits >= fewestDigitsInText
  }

  /// The length of the phone number that begins the scalars, where it contains more than one word: the rest of a text
  /// is words anyway. In a field of phone numbers fewer digits will do.
  static func spacedLength(_ scalars: ArraySlice<Unicode.Scalar>, inField: Bool) -> Int? {
    guard let first = scalars.first, first.isDigit || first == "+" || first == "(",
      let shape = shape(of: scalars), shape.isSpaced
    else { return nil }
    let fewest =
      inField
      ? fewestDigits : "+(0".unicodeScalars.contains(first) ? fewestDigitsInText : fewestDigitsInSpacedText
    return shape.digits >= fewest ? shape.length : nil
  }

  private struct Shape {
    var length = 0
    var digits = 0
    var isSpaced = false
  }

  /// The longest run of groups of digits that begins the scalars, where nothing that could be part of a word follows.
  private static func shape(of scalars: ArraySlice<Unicode.Scalar>) -> Shape? {
    var shape = Shape()
    var i = scalars.startIndex
    if scalars.first == "+" { i += 1 }
    while let group = group(scalars[i...]), shape.digits + group.digits <= mostDigits {
      shape.digits += group.digits
      let between = scalars[(scalars.startIndex + shape.length)..<i]
      if group.isInParentheses || between.contains(where: \.isQuerySpace) { shape.isSpaced = true }
      i += group.length
      shape.length = i - scalars.startIndex
      i += scalars[i...].prefix(mostSignsBetween).prefix(while: isSignBetween).count
    }
    guard shape.digits > 0 else { return nil }
    if shape.digits >= fewestDigitsInText { takeExtension(scalars, &shape) }
    let next = scalars.dropFirst(shape.length).first
    let isFollowed = next.map { $0.properties.isAlphabetic || $0.isDigit || $0 == "@" || $0 == ":" } ?? false
    return isFollowed ? nil : shape
  }

  private static func isSignBetween(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "/" || scalar.isQuerySpace
      || scalar.properties.generalCategory == .dashPunctuation
  }

  /// `x12`, `ext. 12`: dialled later, by whoever answers.
  private static func takeExtension(_ scalars: ArraySlice<Unicode.Scalar>, _ shape: inout Shape) {
    var rest = scalars.dropFirst(shape.length).drop(while: \.isQuerySpace)
    let word = rest.prefix { $0.properties.isAlphabetic || $0 == "." }
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
    let digits = scalars.dropFirst(isInParentheses ? 1 : 0).prefix(mostDigits + 1).prefix(while: \.isDigit)
      .count
    guard digits > 0 else { return nil }
    guard isInParentheses else { return (digits, digits, false) }
    return scalars.dropFirst(digits + 1).first == ")" ? (digits + 2, digits, true) : nil
  }
}

extension Unicode.Scalar {
  /// Of any script.
  var isDigit: Bool { isASCII ? ("0"..."9").contains(self) : properties.numericType == .decimal }
}
