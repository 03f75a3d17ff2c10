/// Where reading goes on after something broken: at what looks like the beginning of the next record.
///
/// After a broken object that is a brace which begins a line no deeper than the object's own line, or one that
/// follows a closing brace and opens with the same member as the broken object did. The lists inside a record
/// meet neither as a rule. After anything else it is the next brace with a member behind it.
struct RestartRule {
  /// A decision looks no further than so many bytes to either side of a brace.
  static let reach = 512

  private let isInList: Bool
  private let indentation: Int
  private let isObject: Bool
  /// The first member's name with its quotes, where an object was refused.
  private let firstMember: [UInt8]

  /// The rule after refusing what begins `bytes`, on a line that begins with so many blanks.
  init(refused bytes: UnsafeRawBufferPointer, isInList: Bool, indentation: Int) {
    self.isInList = isInList
    self.indentation = indentation
    isObject = bytes.first == UInt8(ascii: "{")
    firstMember = Self.firstMember(bytes)
  }

  private static func firstMember(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    guard let open = bytes.dropFirst().firstIndex(where: { !isWhiteSpace($0) }),
      bytes[open] == UInt8(ascii: "\""),
      let close = bytes[(open + 1)...].prefix(reach / 2).firstIndex(of: UInt8(ascii: "\""))
    else { return [] }
    return Array(bytes[open...close])
  }

  /// The place, after the first of these bytes, where reading goes on.
  func restart(in bytes: UnsafeRawBufferPointer) -> Int? {
    isObject ? restartAfterObject(bytes) : restartAfterGarbage(bytes)
  }

  private func restartAfterObject(_ bytes: UnsafeRawBufferPointer) -> Int? {
    bytes.indices.dropFirst().first { i in
      switch bytes[i] {
      case UInt8(ascii: "{"): beginsLine(i, bytes) || opensLikeRefused(i, bytes)
      case UInt8(ascii: "]"): isInList && beginsLine(i, bytes)
      default: false
      }
    }
  }

  private func restartAfterGarbage(_ bytes: UnsafeRawBufferPointer) -> Int? {
    bytes.indices.dropFirst().first { i in
      switch bytes[i] {
      case UInt8(ascii: "{"):
        bytes[(i + 1)...].prefix(Self.reach).first { !isWhiteSpace($0) } == UInt8(ascii: "\"")
      case UInt8(ascii: "["): !isInList && bytes[i - 1] == 0x0A
      case UInt8(ascii: ","), UInt8(ascii: "]"): isInList
      default: false
      }
    }
  }

  /// Whether only blanks and a list's punctuation stand before this place on its line.
  private func beginsLine(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var blanks = 0
    for i in stride(from: place - 1, through: max(0, place - Self.reach), by: -1) {
      switch bytes[i] {
      case 0x0A: return blanks <= indentation
      case 0x20, 0x09, 0x0D: blanks += 1
      case UInt8(ascii: ","), UInt8(ascii: "["): blanks = 0
      default: return false
      }
    }
    return false
  }

  private func opensLikeRefused(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard !firstMember.isEmpty else { return false }
    let before = bytes[max(0, place - Self.reach)..<place].reversed().first {
      !isWhiteSpace($0) && $0 != UInt8(ascii: ",")
    }
    guard before == UInt8(ascii: "}") else { return false }
    return bytes[(place + 1)...].prefix(Self.reach).drop(while: isWhiteSpace).starts(with: firstMember)
  }
}
