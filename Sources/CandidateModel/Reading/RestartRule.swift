/// Where reading goes on after something broken: at what looks like the beginning of the next record.
///
/// After a broken object that is a brace which begins a line no deeper than the object's own line, or a brace that opens
/// as records of this input do (`RecordOpening`): one that the scanner took for a record where quotes and brackets were
/// sound, and any after that. After anything else it is the next brace followed by a member; all that comes before is
/// one refusal.
struct RestartRule {
  /// What was found in a broken object.
  struct BrokenObject {
    /// Where quotes and brackets cease to be sound.
    let soundLength: Int
    /// A record in one of its lists.
    let containedRecord: Int?
  }

  private let isInList: Bool
  private let indentation: Int
  private let opening: RecordOpening
  private let object: BrokenObject?

  /// The rule after refusing what begins `bytes`, on a line that begins with this many blanks.
  init(
    refused bytes: UnsafeRawBufferPointer, object: BrokenObject?, isInList: Bool, indentation: Int,
    opening: RecordOpening
  ) {
    self.isInList = isInList
    self.indentation = indentation
    self.object = object
    self.opening = object == nil ? opening : opening.including(bytes)
  }

  /// The first of these places where reading goes on, after what was refused at `start`. It depends on
  /// `RecordOpening.reach` bytes to either side.
  func restart(in bytes: UnsafeRawBufferPointer, _ places: Range<Int>, start: Int) -> Int? {
    places.first { i in
      switch bytes[i] {
      case UInt8(ascii: "{"):
        guard let object else { return nextByte(i, bytes) == UInt8(ascii: "\"") }
        if beginsLine(i, bytes) { return true }
        if i - start < object.soundLength { return i - start == object.containedRecord }
        return opening.matches(bytes, at: i) == true
      case UInt8(ascii: "["):
        return object == nil && !isInList && i > 0 && bytes[i - 1] == 0x0A
      case UInt8(ascii: "]"):
        return isInList && (object == nil || beginsLine(i, bytes))
      default:
        return false
      }
    }
  }

  /// The byte after a place that is no white space.
  private func nextByte(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> UInt8? {
    bytes[(place + 1)...].prefix(RecordOpening.reach).first { !isWhiteSpace($0) }
  }

  /// Whether only blanks and a list's punctuation precede this place on its line.
  private func beginsLine(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var blanks = 0
    for i in stride(from: place - 1, through: max(0, place - RecordOpening.reach), by: -1) {
      switch bytes[i] {
      case 0x0A: return blanks <= indentation
      case 0x20, 0x09, 0x0D: blanks += 1
      case UInt8(ascii: ","), UInt8(ascii: "["): blanks = 0
      default: return false
      }
    }
    return false
  }
}
