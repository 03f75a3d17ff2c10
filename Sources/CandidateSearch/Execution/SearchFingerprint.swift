import CandidateModel
import CandidateQuery
import Foundation

/// What was asked: a cursor is for the same search only.
struct SearchFingerprint: Sendable {
  let source: Search.Source
  let options: SearchOptions
  let visibility: Visibility

  /// A hash of all that decides which hits there are, and in what order.
  var hash: Int64 {
    let query =
      switch source {
      case .text(let text): "t\(text)"
      case .query(let query): "q\(query)"
      }
    let all =
      "\(options.sort?.description ?? "")\(options.findsVariants)\(options.completesLastWord)\(options.correctsWords)\(visibility.rawValue)\(query)"
    return Int64(bitPattern: Array(all.utf8).withUnsafeBytes { Hash128($0).prefix })
  }
}

/// Where a page ends and the next begins. Its cursor is made only where somebody asks for it.
struct NextPage: Sendable {
  let fingerprint: SearchFingerprint
  let now: Timestamp
  let step: Int
  let place: SortPosition
  /// What cursors of the index are signed with.
  let key: Data

  var cursor: String {
    SearchCursor(fingerprint: fingerprint.hash, now: now, step: step, place: place).text(signedWith: key)
  }
}
