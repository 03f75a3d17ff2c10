import ArgumentParser

/// A share as people write it: `20` or `20%`.
package struct Percentage: ExpressibleByArgument {
  /// From 0 to 1.
  package let share: Double

  package init?(argument: String) {
    guard let number = Double(argument.hasSuffix("%") ? argument.dropLast() : argument[...]),
      (0...100).contains(number)
    else { return nil }
    share = number / 100
  }
}
