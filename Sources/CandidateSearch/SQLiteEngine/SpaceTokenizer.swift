import GRDB
import GRDBSQLite

/// FTS5's tokenizer of a posting table, in a third of its time: what is indexed was analysed before, so that only spaces
/// are found. It returns what the built-in one of the same name returns with the table's options, with which any other
/// program reads the file.
enum SpaceTokenizer {
  /// The name of the built-in tokenizer.
  static let name = "ascii"
  /// The characters besides letters and digits that the built-in tokenizer keeps, as its option.
  static let tokenCharacters = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

  /// Replaces the built-in tokenizer on a connection.
  static func register(in db: Database) throws {
    let api = UnsafeMutablePointer(mutating: FTS5.api(db))
    var functions = fts5_tokenizer(xCreate: create, xDelete: { _ in }, xTokenize: tokenize)
    let code = api.pointee.xCreateTokenizer(api, name, nil, &functions, nil)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// Refuses other options than the schema's. The tokenizer has no state; any pointer represents it.
  private static let create:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafePointer<CChar>?>?, Int32,
      UnsafeMutablePointer<OpaquePointer?>?
    ) -> Int32 = { _, arguments, count, tokenizer in
      guard count == 2, let arguments, let option = arguments[0], let value = arguments[1],
        String(cString: option) == "tokenchars", String(cString: value) == tokenCharacters
      else { return SQLITE_ERROR }
      tokenizer?.pointee = OpaquePointer(bitPattern: 1)
      return SQLITE_OK
    }

  private typealias Token =
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Int32, Int32
    ) -> Int32

  private static let tokenize:
    @convention(c) (
      OpaquePointer?, UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Token?
    ) -> Int32 = { _, context, _, text, length, token in
      guard let text, let token else { return SQLITE_OK }
      return text.withMemoryRebound(to: UInt8.self, capacity: Int(length)) { bytes in
        var code = SQLITE_OK
        forEachToken(of: UnsafeBufferPointer(start: bytes, count: Int(length))) { start, range in
          code = start.withMemoryRebound(to: CChar.self, capacity: range.count) {
            token(context, 0, $0, Int32(range.count), Int32(range.lowerBound), Int32(range.upperBound))
          }
          return code == SQLITE_OK
        }
        return code
      }
    }

  /// Calls `body` with each token, in lower case, and its range in the text, until it returns false.
  @inline(__always) static func forEachToken(
    of text: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<UInt8>, Range<Int>) -> Bool
  ) {
    guard let start = text.baseAddress else { return }
    var end = 0
    while true {
      var first = end
      while first < text.count, isSeparator(start[first]) { first += 1 }
      if first == text.count { return }
      var hasCapitals = false
      end = endOfToken(start, from: first, count: text.count, hasCapitals: &hasCapitals)
      let shouldContinue =
        hasCapitals
        ? text[first..<end].map { isCapital($0) ? $0 + 0x20 : $0 }
          .withUnsafeBufferPointer { $0.baseAddress.map { body($0, first..<end) } ?? true }
        : body(start + first, first..<end)
      if !shouldContinue { return }
    }
  }

  /// Where the token that begins at `first` ends. Eight bytes are examined at once.
  @inline(__always) private static func endOfToken(
    _ text: UnsafePointer<UInt8>, from first: Int, count: Int, hasCapitals: inout Bool
  ) -> Int {
    var end = first
    while end + 8 <= count {
      let word = UInt64(littleEndian: UnsafeRawPointer(text + end).loadUnaligned(as: UInt64.self))
      let (ascii, low) = (~word & highest, word & ~highest)
      // The highest bit of each byte tells of it: no sum of two such halves exceeds its byte.
      let separators = ascii & (~(low + 0x5F * lowest) | (low + lowest))
      let capitals = ascii & (low + 0x3F * lowest) & ~(low + 0x25 * lowest)
      let length = separators.trailingZeroBitCount / 8
      hasCapitals =
        hasCapitals || (length == 8 ? capitals : capitals & ((1 << (8 * UInt64(length))) - 1)) != 0
      end += length
      if length < 8 { return end }
    }
    while end < count, !isSeparator(text[end]) {
      hasCapitals = hasCapitals || isCapital(text[end])
      end += 1
    }
    return end
  }

  /// The lowest and the highest bit of each byte.
  private static let lowest: UInt64 = 0x0101_0101_0101_0101
  private static let highest: UInt64 = 0x8080_8080_8080_8080

  /// Whether a byte is a space or a control character of ASCII.
  @inline(__always) private static func isSeparator(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }

  @inline(__always) private static func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
}
