import CandidateModel
import TextAnalysis

/// What candidates are ordered by where names order them: the last name, then the first, letters only, without case and
/// accents. It is cut, so that a row stays small: names that begin alike for so long count as one.
struct SortName {
  /// In bytes of UTF-8.
  static let maximumLength = 32
  /// Stands before the first name: below any letter and the space, so that all of one last name stay together.
  private static let separator = UInt8(ascii: "\t")

  private var bytes: [UInt8] = []
  /// Goes before the next letter.
  private var pending: UInt8?

  /// The key of a candidate's name; nil where the name holds no letter.
  static func key(of candidate: Candidate) -> String? {
    var key = SortName()
    key.bytes.reserveCapacity(maximumLength)
    for name in [candidate.lastName, candidate.firstName] {
      if let name { key.append(name) }
      key.pending = separator
    }
    return key.bytes.isEmpty ? nil : String(decoding: key.bytes, as: UTF8.self)
  }

  private mutating func append(_ name: String) {
    if !appendASCII(name) {
      for scalar in Folding.fold(name) where !append(scalar) { return }
    }
  }

  /// False where a name is not ASCII, as most are; then nothing is appended.
  private mutating func appendASCII(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { utf8 in
      guard ASCII.isASCII(utf8) else { return false }
      for byte in utf8 {
        guard let folded = ASCII.folded(byte) else { continue }
        if !append(Unicode.Scalar(folded)) { break }
      }
      return true
    }
  }

  /// False where there is no more room.
  private mutating func append(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == " " || scalar == "-" {
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
    scalar.isASCII ? ("a"..."z").contains(scalar) : CharacterClass(scalar).isWordCharacter
  }
}
