/// A version of the Unicode Standard. Which scalars are letters, and what they are folded to, changes with it: a text may
/// have been prepared for the index by other rules than those that a query is prepared by.
public struct UnicodeVersion: Sendable, Hashable, CustomStringConvertible {
  /// A hundred times the major version plus the minor one: 1501 is 15.1.
  package let number: Int

  package init(number: Int) { self.number = number }

  /// The version that this program knows: the age of the newest scalar. Swift tells it in no other way; the first use takes
  /// some milliseconds.
  public static let current = UnicodeVersion(
    number: (0..<firstUnusedScalar).reduce(0) { newest, value in
      let age = Unicode.Scalar(value)?.properties.age
      return max(newest, age.map { 100 * $0.major + $0.minor } ?? 0)
    })

  /// Beyond the ideographs there are none but tags and private ones, which are old.
  private static let firstUnusedScalar: UInt32 = 0x4_0000

  /// As it is written: `17.0`.
  public var description: String { "\(number / 100).\(number % 100)" }
}
