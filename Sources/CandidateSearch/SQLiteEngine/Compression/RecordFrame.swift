import CandidateModel
import ZstdLibrary

/// The form of a compressed record: one zstd frame (RFC 8878) with the size of the record, the id of its dictionary and
/// a checksum.
enum RecordFrame {
  /// The maximum size of a compressed record, uncompressed, in bytes. A larger record is stored as it is, and a frame
  /// that claims to contain more is damaged: so none takes more memory.
  static let maximumRecordBytes = 1 << 20

  /// The bytes that a frame or a dictionary begins with.
  private static let (frameMagic, dictionaryMagic): ([UInt8], [UInt8]) = (
    littleEndian(ZSTD_MAGICNUMBER), littleEndian(ZSTD_MAGIC_DICTIONARY)
  )
  /// The descriptors of frames with one segment, a checksum and an id of four bytes, where the size has one, two or four
  /// bytes.
  private static let descriptors: [UInt8] = [0x27, 0x67, 0xA7]

  /// All bytes that frames with a dictionary can begin with, and those that the dictionary begins with. They occur
  /// nowhere else, since the id is random.
  static func marks(of dictionary: UInt32) -> [[UInt8]] {
    let id = littleEndian(dictionary)
    return descriptors.map { frameMagic + [$0] + id } + [dictionaryMagic + id]
  }

  /// Whether a frame begins with one of the marks of a dictionary.
  static func isMarked(_ frame: UnsafeRawBufferPointer, with dictionary: UInt32) -> Bool {
    frame.count > 9 && frame[..<4].elementsEqual(frameMagic) && descriptors.contains(frame[4])
      && frame[5..<9].elementsEqual(littleEndian(dictionary))
  }

  /// The size of the record in a frame, and the id of its dictionary.
  /// - Throws: `CompressionDefect` for what is no frame of this form.
  static func header(
    of frame: UnsafeRawBufferPointer
  ) throws(CompressionDefect) -> (recordBytes: Int, dictionary: UInt32) {
    let size = ZSTD_getFrameContentSize(frame.baseAddress, frame.count)
    guard size < UInt64.max - 1 else { throw .noFrame }
    guard size <= UInt64(maximumRecordBytes) else { throw .tooLarge(limit: maximumRecordBytes) }
    return (Int(size), ZSTD_getDictID_fromFrame(frame.baseAddress, frame.count))
  }

  static func littleEndian(_ number: UInt32) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}

/// Why a compressed record cannot be read.
enum CompressionDefect: Error, Hashable, CustomStringConvertible {
  /// The bytes are no zstd frame with a size.
  case noFrame
  /// The frame claims to contain more than a record may have.
  case tooLarge(limit: Int)
  /// The index does not contain the dictionary.
  case dictionaryMissing
  /// The dictionary is no zstd dictionary with this id.
  case dictionaryDamaged
  /// The frame does not contain what it claims to contain.
  case damaged

  var description: String {
    switch self {
    case .noFrame: "it is not compressed as a record is"
    case .tooLarge(let limit): "it claims to have more than \(limit) bytes"
    case .dictionaryMissing: "its dictionary is missing"
    case .dictionaryDamaged: "its dictionary is damaged"
    case .damaged: "it cannot be decompressed"
    }
  }
}
