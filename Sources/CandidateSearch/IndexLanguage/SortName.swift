import CandidateModel
import TextAnalysis

/// The key of the order by name: the last name, then the first, letters only, without case and accents. It is cut to
/// `maximumLength`, so that a row stays small: names with an equal prefix of that length are equal in this order.
package struct SortName {
  /// The maximum length of a key, in bytes of UTF-8.
  package static let maximumLength = 32
  /// Separates the last from the first name. It sorts below any letter and the space, so that equal last names are
  /// adjacent.
  private static let separator = UInt8(ascii: "\t")

  private var bytes: [UInt8] = []
  /// The separator to write before the next letter.
  private var pending: UInt8?

  /// The key of a candidate's name; nil if the name contains no letter.
  package static func key(of candidate: Candidate) -> String? {
    var key = SortName()
    key.bytes.reserveCapacity(maximumLength)
    candidate.withUTF8(of: .lastName) { key.append($0) }
    key.pending = separator
    candidate.withUTF8(of: .firstName) { key.append($0) }
    return key.bytes.isEmpty ? nil : String(decoding: key.bytes, as: UTF8.self)
  }

  private mutating func append(_ name: UnsafeBufferPointer<UInt8>) {
    if ASCII.isASCII(name) {
      let foldings = ASCII.foldings
      for byte in name where !append(Unicode.Scalar(foldings[byte])) { return }
    } else {
      for scalar in Folding.fold(String(decoding: name, as: UTF8.self)) where !append(scalar) { return }
    }
  }

  /// Appends a scalar; returns false if the key has no room for it.
  private mutating func append(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value == 0x20 || scalar.value == 0x2D {
      if pending == nil { pending = UInt8(ascii: " ") }
    } else if Self.isLetter(scalar) {
      let length = (bytes.isEmpty || pending == nil ? 0 : 1) + UTF8.width(scalar)
      guard bytes.count + length <= Self.maximumLength else { return false }
      if !bytes.isEmpty, let pending { bytes.append(pending) }
      pending = nil
      if scalar.isASCII {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    return true
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? (0x61...0x7A).contains(scalar.value) : CharacterClass(scalar).isWordCharacter
  }
}
