import Foundation

/// What bringing records in took, by us or by a peer.
struct LoadResult: Codable, Equatable {
  var records: Int
  var seconds: Double
  var peakBytes: Int?
  var diskBytes: Int

  enum CodingKeys: String, CodingKey {
    case records, seconds
    case peakBytes = "peak_bytes"
    case diskBytes = "disk_bytes"
  }
}

/// What one record took that was brought in alone, in microseconds.
struct UpsertResult: Codable, Equatable {
  var records: Int
  var median: Double
  var p99: Double

  enum CodingKeys: String, CodingKey {
    case records
    case median = "median_us"
    case p99 = "p99_us"
  }
}

enum Memory {
  /// The most memory that this process has held.
  static var peakBytes: Int? {
    var usage = rusage()
    guard getrusage(Int32(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
    return usage.ru_maxrss * 1024
  }
}

enum DiskUse {
  /// The bytes of an index file with the files that SQLite keeps beside it.
  static func bytes(of path: String) -> Int {
    ["", "-wal", "-shm"].reduce(0) { total, ending in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path + ending)
      return total + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
    }
  }
}
