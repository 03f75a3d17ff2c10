/// A part of the program that reads what strangers write, and what must be true of it for every input.
///
/// The same functions serve libFuzzer (`make fuzz`) and the test that replays the corpus.
package enum FuzzTarget: String, CaseIterable, Sendable {
  case decoder, reader, query, page

  /// What does not hold for these bytes; nil if everything holds.
  package func violation(_ bytes: [UInt8]) -> String? {
    do {
      switch self {
      case .decoder: try DecoderProperties.check(bytes)
      case .reader: try ReaderProperties.check(bytes)
      case .query: try QueryProperties.check(bytes)
      case .page: try PageProperties.check(bytes)
      }
      return nil
    } catch {
      return "\(error)"
    }
  }
}

/// A property that does not hold.
struct Violation: Error, CustomStringConvertible {
  let description: String
}

func hold(_ condition: Bool, _ property: @autoclosure () -> String) throws {
  if !condition { throw Violation(description: property()) }
}
