import TestSupport
import Testing

@testable import CandidateSearch

@Suite(.sqlite) struct VarintTests {
  static let numbers: [UInt64] =
    (0..<64).flatMap { [UInt64(1) << UInt64($0) - 1, UInt64(1) << UInt64($0)] } + [UInt64.max]

  @Test(arguments: numbers) func numbersOfAnyLengthAreReadAgain(_ number: UInt64) {
    var bytes: [UInt8] = []
    Varint.append(number, to: &bytes)
    #expect(bytes.count <= Varint.maximumLength)
    bytes.withUnsafeBufferPointer { bytes in
      var offset = 0
      #expect(Varint.get(bytes, &offset) == number)
      #expect(offset == bytes.count)
      for count in 0..<bytes.count {
        offset = 0
        #expect(Varint.get(UnsafeBufferPointer(rebasing: bytes[..<count]), &offset) == nil)
      }
    }
  }
}
