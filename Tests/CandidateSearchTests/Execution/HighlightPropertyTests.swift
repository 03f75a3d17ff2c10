import Foundation
import GRDB
import TestSupport
import Testing
import TextAnalysis

@testable import CandidateSearch

/// Random candidates of hostile pieces, and random matches on what their documents hold.
@Suite struct HighlightPropertyTests {
  /// Offsets change no words, and each token's range is where it occurs.
  @Test func offsetsAreWhereTokensOccur() {
    var random = SplitMix64(state: 21)
    for _ in 0..<4_000 {
      let text = RandomPeople.value(&random)
      for kind in [TextKind.prose, .address] {
        let analyzed = Analyzer.analyze(text, as: kind, withOffsets: true)
        #expect(analyzed.words == Analyzer.words(of: text, as: kind), "\(text.debugDescription)")
        #expect(analyzed.offsets.count == analyzed.words.count)
        for (word, offsets) in zip(analyzed.words, analyzed.offsets) {
          expectOccurs(word, at: offsets, in: text)
        }
      }
    }
  }

  /// What is at a token's range has a form with this token.
  private func expectOccurs(_ word: Word, at offsets: WordOffsets, in text: String) {
    #expect(offsets.forms.map(\.count) == word.forms.map(\.count))
    let tokens =
      zip(word.forms, offsets.forms).flatMap { zip($0, $1).map { ($0, $1) } }
      + word.indexedForms.joined().map { ($0, offsets.word) }
    for (token, range) in tokens {
      let part = String(decoding: Array(text.utf8)[range], as: UTF8.self)
      #expect(isOnBoundaries(range, of: text), "\(text.debugDescription)")
      #expect(
        forms(part).contains(token) || part.unicodeScalars.contains(Self.attached),
        "\(token) in \(part.debugDescription) of \(text.debugDescription)")
    }
  }

  /// A letter that is one character with whatever follows it, even a space: more is marked than the word.
  private static let attached: Unicode.Scalar = "\u{D4E}"

  /// Every scalar that folding may treat in its own way, between letters and alone.
  @Test(.slow) func everyCharacterHasAnOffset() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      // Ideographs, syllables, old scripts and private use are thousands of the same.
      switch value {
      case 0x3401..<0x9FF0, 0xAC10..<0xD790, 0xE010..<0xF8F0, 0x12010..<0x16F00, 0x17010..<0x18700,
        0x20010..<0x2F7F0,
        0x2FB00..<0xE0000, 0xE0200...:
        continue
      default: break
      }
      let text = "a\(scalar)b \(scalar) \(scalar)"
      let decomposed = DecomposedText(text, offset: 0)
      let folded = FoldedText(decomposed, by: .usual)
      if folded.scalars != Folding.fold(text) || folded.ranges.count != folded.scalars.count
        || decomposed.ranges.count != decomposed.scalars.count
      {
        Issue.record("U+\(String(value, radix: 16)) folds otherwise")
      }
      let letters = LetterSet(text)
      for token in Analyzer.words(of: text).flatMap({ $0.forms + $0.indexedForms }).flatMap(\.self) {
        let isThere = letters.containsAny(of: [LetterSet(ofToken: Array(token.utf8))])
        if !isThere { Issue.record("U+\(String(value, radix: 16)) has letters that are not its own") }
      }
    }
  }

  /// No value is passed over that contains a token, or whose filter term is asked for.
  @Test func aValueHasTheLettersOfItsTokens() {
    var random = SplitMix64(state: 24)
    for _ in 0..<4_000 {
      let value = RandomPeople.value(&random)
      let letters = LetterSet(value)
      for kind in [TextKind.prose, .address] {
        let words = Analyzer.words(of: value, as: kind)
        let tokens =
          words.flatMap { $0.forms + $0.indexedForms }.flatMap(\.self)
          + Initials.runs(in: words).map { Initials.joined(words[$0]) }
        for token in tokens {
          #expect(
            letters.containsAny(of: [LetterSet(ofToken: Array(token.utf8))]),
            "\(token) of \(value.debugDescription)")
        }
        let term = FilterTerm(.title, words: words).token
        #expect(
          letters.containsAny(of: [LetterSet(ofTerm: Array(term.utf8), .title)]),
          "\(term) of \(value.debugDescription)")
      }
    }
  }

  /// Values that lack letters of a token, or in which no word begins as it does, are passed over.
  @Test(arguments: [
    ("Catherine Greening", "engineer", false), ("Sales Engineer", "engineer", true),
    ("Re-engineering", "engineer", true), ("Jos\u{E9} Garc\u{ED}a", "engineer", false),
    ("Jos\u{E9} Garc\u{ED}a", "jose", true), ("M\u{FC}ller", "mueller", true),
    ("M\u{FC}ller", "xu", false), ("ASP.NET", "dotnet", true), ("Dot Net", "odot", false),
    ("\u{5C71}\u{7530}", "\u{7530}", true), ("\u{5C71}\u{7530}", "smith", false),
    ("js\u{5C71}", "\u{5C71}", true), ("x\u{E4}y", "y", true), ("", "a", false),
  ]) func lettersOfAToken(_ value: String, _ token: String, _ isPossible: Bool) {
    #expect(LetterSet(value).containsAny(of: [LetterSet(ofToken: Array(token.utf8))]) == isPossible)
  }

  /// What FTS5 finds in the columns of text is marked, and nothing else is.
  @Test(.slow) func whatMatchesIsMarked() throws {
    var random = SplitMix64(state: 22)
    var matched = 0
    for _ in 0..<300 {
      let candidate = try RandomPeople.person(&random).candidate()
      let document = DocumentBuilder(connector: "", customFields: []).document(of: candidate)
      let matcher = DocumentMatcher(document)
      let tokens = RandomMatch(document, others: ["smith", "xyz", "o", "山"])
      for _ in 0..<20 {
        let match = tokens.words(&random)
        let found = Highlighter(match).highlights(in: candidate)
        matched += found.isEmpty ? 0 : 1
        #expect(matcher.matches(match) == !found.isEmpty, "\(match) in \(candidate)")
        for highlight in found { expectIsSound(highlight, match, candidate) }
      }
    }
    #expect(matched > 1_000)
  }

  private func expectIsSound(_ highlight: Highlight, _ match: IndexQuery, _ candidate: Candidate) {
    let value = candidate.values(highlight.field)[highlight.value]
    var end = -1
    for range in highlight.ranges {
      #expect(!range.isEmpty && range.lowerBound > end && range.upperBound <= value.utf8.count, "\(match)")
      #expect(isOnBoundaries(range, of: value), "\(match) in \(value.debugDescription)")
      end = range.upperBound
      // Initials may run from the first name into the last.
      if highlight.field == .firstName || highlight.field == .lastName { continue }
      let forms = forms(String(decoding: Array(value.utf8)[range], as: UTF8.self))
      let isAsked = match.tokens.contains { token in forms.contains { $0.utf8.starts(with: token.utf8) } }
      #expect(
        isAsked || value.unicodeScalars.contains(Self.attached),
        "\(match) marks \(range) of \(value.debugDescription)")
    }
  }

  private func isOnBoundaries(_ range: Range<Int>, of text: String) -> Bool {
    var ends: Set<Int> = [0]
    var end = 0
    for character in text {
      end += character.utf8.count
      ends.insert(end)
    }
    return ends.contains(range.lowerBound) && ends.contains(range.upperBound)
  }

  /// The tokens under which a text is indexed, as a value or as an address.
  private func forms(_ text: String) -> Set<String> {
    let forms = [Analyzer.words(of: text), Analyzer.words(of: text, as: .address)].flatMap { words in
      words.flatMap { $0.forms + $0.indexedForms }.flatMap(\.self)
        + Initials.runs(in: words).map { Initials.joined(words[$0]) }
    }
    return Set(forms)
  }

  /// Tells the same of each document as FTS5 of all.
  @Test(.slow) func theMatcherOfDocumentsIsFTS5() throws {
    var random = SplitMix64(state: 23)
    let candidates = try (0..<100).map { try RandomPeople.person(&random).candidate(id: "\($0)") }
    let index = try CandidateIndex.empty()
    try index.ingest(candidates)
    let builder = DocumentBuilder(connector: "", customFields: [])
    let documents = candidates.map { builder.document(of: $0) }
    let matchers = documents.map { DocumentMatcher($0) }
    var found = 0
    for i in 0..<1_500 {
      let match = RandomMatch(documents[i % documents.count], others: ["smith", "xyz"]).tree(
        &random, height: 3)
      let ids = try index.snapshot { snapshot in
        let docids = try snapshot.docids(of: match, from: .min, limit: .max)
        return try snapshot.records(docids).values.map(\.candidate.id)
      }
      let own = candidates.indices.filter { matchers[$0].matches(match) }.map { candidates[$0].id }
      found += own.count
      if Set(ids) != Set(own) {
        Issue.record("\(match): FTS5 \(ids.sorted()), the matcher \(own.sorted())")
        return
      }
    }
    #expect(found > 5_000)
  }
}

extension IndexQuery {
  /// What is asked for, token by token.
  fileprivate var tokens: [String] {
    switch self {
    case .phrase(let tokens, _, _): tokens
    case .together(let phrases, _, _): phrases.flatMap(\.self)
    case .and(let parts), .or(let parts): parts.flatMap(\.tokens)
    case .not, .everything, .nothing, .record: []
    }
  }
}
