/// The ids of the records of one connector that were refused and not seen since.
package struct RefusedIDs: Sendable {
  /// At most this many are kept for each connector; of records refused beyond that only the count remains.
  package static let maximumCount = 10_000
  /// A longer id is not kept, in bytes.
  package static let maximumLength = 255

  private var ids: Set<ExactText>

  package init(_ ids: [String]) { self.ids = Set(ids.map(ExactText.init)) }

  /// The ids, in their order.
  package var all: [String] { ids.map(\.text).sorted() }

  /// Notes that a record was refused. An id that `ids=` cannot name is not kept.
  package mutating func insert(_ id: String) {
    let isUsable =
      id.utf8.count <= Self.maximumLength && id.utf8.allSatisfy { $0 > 0x20 && $0 != 0x2C && $0 != 0x7F }
    if isUsable, !id.isEmpty, ids.count < Self.maximumCount { ids.insert(ExactText(id)) }
  }

  /// Notes that a record came in, or that the API has it no more.
  package mutating func remove(_ id: String) { ids.remove(ExactText(id)) }
}
