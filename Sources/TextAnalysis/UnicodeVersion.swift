/// A version of the Unicode Standard. Which scalars are letters, and how they are folded, differs between
/// versions: an index may contain texts that were analysed by other rules than a query.
public struct UnicodeVersion: Sendable, Hashable, CustomStringConvertible {
  /// 100 times the major version plus the minor one: 1501 is 15.1.
  package let number: Int

  package init(number: Int) { self.number = number }

  /// The version of this program: the age of the newest scalar, as Swift has no other way to read it. The
  /// first use takes some milliseconds.
  public static let current = UnicodeVersion(
    number: (0..<firstUnusedScalar).reduce(0) { newest, value in
      let age = Unicode.Scalar(value)?.properties.age
      return max(newest, age.map { 100 * $0.major + $0.minor } ?? 0)
    })

  /// Scalars after the ideographs are tags and private use, which are old.
  private static let firstUnusedScalar: UInt32 = 0x4_0000

  /// Major and minor version: `17.0`.
  public var description: String { "\(number / 100).\(number % 100)" }
}
