import Foundation

/// Numbers as people read them in the report.
enum Numbers {
  /// Microseconds, with a unit that leaves few digits.
  static func time(_ microseconds: Double) -> String {
    switch microseconds {
    case ..<1000: "\(digits(microseconds)) µs"
    case ..<1_000_000: "\(digits(microseconds / 1000)) ms"
    default: "\(digits(microseconds / 1_000_000)) s"
    }
  }

  /// A ratio; bold where it is below 1: there the other is faster than we are.
  static func ratio(_ ratio: Double) -> String { ratio < 1 ? "**\(digits(ratio))×**" : "\(digits(ratio))×" }

  static func bytes(_ bytes: Int) -> String { "\(digits(Double(bytes) / 1_000_000)) MB" }

  static func percent(_ share: Double) -> String { String(format: "%.0f %%", share * 100) }

  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    return String(
      digits.enumerated().flatMap { i, digit in
        i > 0 && (digits.count - i) % 3 == 0 ? [",", digit] : [digit]
      })
  }

  /// Three digits that count.
  static func digits(_ number: Double) -> String {
    switch abs(number) {
    case 100...: grouped(Int(number.rounded()))
    case 10...: String(format: "%.1f", number)
    default: String(format: "%.2f", number)
    }
  }
}
