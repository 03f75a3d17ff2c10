/// A version of the Unicode Standard. Which scalars are letters, and how they are folded, differs between
/// versions: an index may contain texts that were analysed by other rules than a query.
public struct UnicodeVersion: Sendable, Hashable, CustomStringConvertible {
  /// 100 times the major version plus the minor one: 1501 is 15.1.
  package let number: Int

  package init(number: Int) { self.number = number }

  /// The version of this program: the age of the newest scalar, as Swift has no other way to read it.
  public static let current = UnicodeVersion(
    number: addedScalars.lazy.compactMap(\.properties.age).map { 100 * $0.major + $0.minor }.max() ?? 0)

  /// A scalar that each version has added, from 14.0 on. A test compares the newest with all scalars.
  private static let addedScalars: [Unicode.Scalar] = [
    "\u{870}", "\u{CF3}", "\u{2FFC}", "\u{897}", "\u{20C1}",
  ]

  /// Major and minor version: `17.0`.
  public var description: String { "\(number / 100).\(number % 100)" }
}
