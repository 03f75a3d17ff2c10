/// A part of the candidates of a connector, by their ids. A candidate is always in the same one, so that two transactions of
/// different lanes never change the same candidate.
package struct Lane: Sendable, Hashable {
  /// From 0, below the engine's `laneCount`.
  package let number: Int

  package init(number: Int) { self.number = number }

  /// The lane of which a candidate's number is, of `count` lanes. Numbers of one lane are committed in their order.
  package init(ofNumber number: Int64, count: Int) { self.number = Int(number % Int64(count)) }

  /// The lane of the candidate with an id, of `count` lanes.
  package init(ofID id: String, count: Int) {
    if count == 1 {
      number = 0
    } else {
      var id = id
      number = Int(id.withUTF8 { Hash128(UnsafeRawBufferPointer($0)).prefix } % UInt64(count))
    }
  }
}
