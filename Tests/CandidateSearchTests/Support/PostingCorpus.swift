import TestSupport

@testable import CandidateSearch

/// What documents contain; each document also contains one word of all, and one of its own.
struct PostingCorpus: Sendable, CustomStringConvertible {
  let description: String
  var count = 1_000
  var tokens: @Sendable (Int, inout SplitMix64) -> [[String]]
  var docid: @Sendable (Int) -> Int64 = { Int64($0) }

  static let all: [PostingCorpus] = [
    PostingCorpus(description: "a few words") { i, random in
      [["every", "w\(i)"]] + (0..<4).map { _ in (0..<3).map { _ in "w\(random.next() % 500)" } }
    },
    PostingCorpus(
      description: "docids from below to above zero",
      tokens: { i, _ in [["every", "odd\(i % 2)"], ["w\(i % 7)"]] },
      docid: { Int64($0 - 500) * 1_000_003_000_017 }),
    PostingCorpus(description: "long position lists", count: 60) { i, random in
      [["every"]] + (0..<8).map { c in (0..<Int(random.next() % 3_000)).map { "x\(($0 * (c + 1)) % 13)" } }
    },
    PostingCorpus(description: "long words", count: 100) { i, random in
      [
        ["every", String(repeating: "ab", count: Int(random.next() % 20_000)) + "\(i)"],
        ["A\(i)B", "é山田\(i % 50)"],
      ]
    },
    PostingCorpus(description: "one document", count: 1) { _, _ in
      [["every"], [], ["a", "a", "a", "a", "b", "a"]]
    },
    PostingCorpus(description: "words that begin alike", count: 500) { i, random in
      [["every"] + (0..<40).map { _ in "\u{E000}" + String(random.next() % 100_000, radix: 2) }]
    },
    PostingCorpus(description: "many documents of one word", count: 15_000) { i, _ in
      [["every", "d\(i % 3)"]]
    },
  ]

  /// The index of the postings of a word has pages of its own, in two levels.
  static let longest = PostingCorpus(
    description: "a page for each posting", count: 900,
    tokens: { _, _ in [Array(repeating: "every", count: 4_100)] },
    docid: { Int64($0 - 450) * 10_000_000_000_000_037 })

  /// The documents, ascending.
  func documents(seed: UInt64 = 1) -> [(Docid, Document)] {
    var random = SplitMix64(state: seed)
    return (0..<count).map { (Docid(value: docid($0)), Self.document(tokens($0, &random))) }
  }

  /// A document with these tokens in its columns, the hidden one first.
  static func document(_ columns: [[String]]) -> Document {
    let texts = columns.map { $0.map { $0 + " " }.joined() }
    let keys = Array((texts.first ?? "").utf8)
    var rest: [UInt8] = []
    var ends: [Int] = []
    for i in TextColumn.allCases.indices {
      if i + 1 < texts.count { rest += Array(texts[i + 1].utf8) }
      ends.append(rest.count)
    }
    return keys.withUnsafeBufferPointer { keys in
      rest.withUnsafeBufferPointer { Document(keys: keys, texts: $0, ends: ends, isPrivate: false) }
    }
  }
}
