/// Ids as Bindbee gives them out: UUIDs of version 7, in the order of their time.
enum Identifier {
  /// 2023-10-01 in milliseconds: when the first records were read.
  private static let start = 1_696_118_400_000

  /// Appends an id of so many milliseconds after the first.
  static func append(milliseconds: Int, _ random: inout RandomStream, to buffer: inout [UInt8]) {
    let (a, b) = (random.next(), random.next())
    let time = UInt64(start + milliseconds)
    buffer.appendHex(time >> 16, digits: 8)
    buffer.append("-")
    buffer.appendHex(time, digits: 4)
    buffer.append("-7")
    buffer.appendHex(a, digits: 3)
    buffer.append("-")
    buffer.appendHex(8 | a >> 12 & 3, digits: 1)
    buffer.appendHex(a >> 16, digits: 3)
    buffer.append("-")
    buffer.appendHex(b, digits: 12)
  }

  /// Appends a list of ids; null now and then where it is empty.
  static func appendList(count: Int, _ random: inout RandomStream, to buffer: inout [UInt8]) {
    if count == 0, random.chance(perMille: 300) { return buffer.append("null") }
    buffer.append("[")
    for number in 0..<count {
      if number > 0 { buffer.append(",") }
      buffer.append("\"")
      append(milliseconds: random.below(60_000_000_000), &random, to: &buffer)
      buffer.append("\"")
    }
    buffer.append("]")
  }

  /// Appends the id in the customer's own system: each has its manner.
  static func appendRemote(record: Int, _ random: inout RandomStream, to buffer: inout [UInt8]) {
    switch random.below(100) {
    case 0..<8:
      buffer.append("C-")
      buffer.appendDecimal(record, width: 8)
    case 8..<12:
      append(milliseconds: random.below(60_000_000_000), &random, to: &buffer)
    default:
      buffer.appendDecimal(100_000 + record * 17 + random.below(17))
    }
  }
}
