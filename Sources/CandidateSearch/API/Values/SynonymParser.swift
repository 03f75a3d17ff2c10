import CandidateModel
import CandidateQuery
import TextAnalysis

/// Parses a text of synonyms, line by line. A line with a problem does not keep the others from being parsed. The cost
/// is linear in the length of the text.
struct SynonymParser {
  private(set) var rules: [SynonymRule] = []
  /// At most one a line.
  private(set) var problems: [SynonymProblem] = []

  private let file: String
  /// The number of the last line that was read.
  private var number = 0
  /// The number of phrases that each phrase stands for.
  private var replacementCounts: [String: Int] = [:]

  init(_ bytes: [UInt8], file: String) {
    self.file = file
    guard bytes.count <= Synonyms.maximumLength else {
      let before = bytes.prefix(Synonyms.maximumLength)
      number = before.count { $0 == UInt8(ascii: "\n") } + 1
      problems = [problem(Defect(.textTooLong), text: "")]
      return
    }
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let line = Self.trimmed(line, isFirst: number == 1)
      do throws(Defect) {
        try parse(line)
      } catch {
        let text = error.kind == .lineTooLong ? "" : String(decoding: line, as: UTF8.self)
        problems.append(problem(error, text: text))
        if error.kind == .tooManyRules { return }
      }
    }
  }

  /// What is wrong with a line, and where.
  private struct Defect: Error {
    let kind: SynonymProblem.Kind
    let place: SourceRange

    init(_ kind: SynonymProblem.Kind, _ place: Range<Int> = 0..<0) {
      self.kind = kind
      self.place = SourceRange(start: place.lowerBound, end: place.upperBound)
    }
  }

  private func problem(_ defect: Defect, text: String) -> SynonymProblem {
    SynonymProblem(kind: defect.kind, file: file, line: number, text: text, place: defect.place)
  }

  // MARK: - Lines

  private mutating func parse(_ bytes: ArraySlice<UInt8>) throws(Defect) {
    guard bytes.count <= Synonyms.maximumLineLength else { throw Defect(.lineTooLong) }
    let scalars = try Self.scalars(bytes)
    if let i = scalars.indices.first(where: { scalars[$0].isControlOrBidi && scalars[$0] != "\t" }) {
      throw Defect(.controlCharacter, i..<(i + 1))
    }
    let range = 0..<Self.endWithoutComment(scalars)
    if scalars[range].allSatisfy(\.properties.isWhitespace) { return }
    let rule = try SynonymLine(scalars: scalars, range: range).rule()
    guard rules.count < Synonyms.maximumRules else { throw Defect(.tooManyRules, range) }
    try count(rule, range)
    rules.append(rule)
  }

  /// The line without the byte order mark of the text, and without the CR of a line that ends with CR LF.
  private static func trimmed(_ line: ArraySlice<UInt8>, isFirst: Bool) -> ArraySlice<UInt8> {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let line = isFirst && line.starts(with: byteOrderMark) ? line.dropFirst(byteOrderMark.count) : line
    return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }

  private static func scalars(_ bytes: ArraySlice<UInt8>) throws(Defect) -> [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(bytes.count)
    var (decoder, iterator) = (UTF8(), bytes.makeIterator())
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): scalars.append(scalar)
      case .emptyInput: return scalars
      case .error: throw Defect(.notUTF8, scalars.count..<(scalars.count + 1))
      }
    }
  }

  /// The end of a line without its comment. `C#` begins none.
  private static func endWithoutComment(_ scalars: [Unicode.Scalar]) -> Int {
    scalars.indices.first {
      scalars[$0] == "#" && ($0 == 0 || scalars[$0 - 1].properties.isWhitespace)
    } ?? scalars.count
  }

  /// Counts what the phrases of a rule stand for.
  private mutating func count(_ rule: SynonymRule, _ range: Range<Int>) throws(Defect) {
    let others = rule.phrases.count - 1
    let keys = (rule.isOneWay ? Array(rule.phrases.prefix(1)) : rule.phrases).map(\.usualForm)
    guard keys.allSatisfy({ replacementCounts[$0, default: 0] + others <= Synonyms.maximumReplacements })
    else { throw Defect(.tooManyReplacements, range) }
    for key in keys { replacementCounts[key, default: 0] += others }
  }

  // MARK: - Rules

  /// A line that contains a rule.
  private struct SynonymLine {
    let scalars: [Unicode.Scalar]
    let range: Range<Int>

    func rule() throws(Defect) -> SynonymRule {
      let operators = try operators()
      guard let first = operators.first else { throw Defect(.noOperator, trimmed(range)) }
      if let other = operators.first(where: { $0.count != first.count }) {
        throw Defect(.mixedOperators, other)
      }
      let isOneWay = first.count == Self.arrowLength
      if isOneWay, operators.count > 1 { throw Defect(.repeatedArrow, operators[1]) }
      return SynonymRule(
        phrases: try phrases(between: operators + bars(allowedFrom: isOneWay ? first.upperBound : nil)),
        isOneWay: isOneWay)
    }

    private static let arrowLength = 2
    private static let otherArrows: Set<Unicode.Scalar> = ["→", "⇒", "↔", "⇔", "＝"]

    /// The places of `=` and `=>`.
    private func operators() throws(Defect) -> [Range<Int>] {
      var operators: [Range<Int>] = []
      var next = range.lowerBound
      while next < range.upperBound {
        let start = next
        if Self.otherArrows.contains(scalars[start]) { throw Defect(.unknownOperator, start..<(start + 1)) }
        while next < range.upperBound, ["=", "<", ">"].contains(scalars[next]) { next += 1 }
        if next == start {
          next += 1
          continue
        }
        let isDashed = start > range.lowerBound && scalars[start - 1] == "-"
        switch String(String.UnicodeScalarView(scalars[start..<next])) {
        case "=", "=>": operators.append(start..<next)
        case "<": continue
        case ">" where !isDashed: continue
        default: throw Defect(.unknownOperator, (isDashed ? start - 1 : start)..<next)
        }
      }
      return operators
    }

    /// The places of `|`, which may only be after a place.
    private func bars(allowedFrom begin: Int?) throws(Defect) -> [Range<Int>] {
      let bars = range.filter { scalars[$0] == "|" }
      if let wrong = bars.first(where: { $0 < begin ?? .max }) {
        throw Defect(.misplacedBar, wrong..<(wrong + 1))
      }
      return bars.map { $0..<($0 + 1) }
    }

    private func phrases(between separators: [Range<Int>]) throws(Defect) -> [[Word]] {
      let starts = [range.lowerBound] + separators.map(\.upperBound)
      let ends = separators.map(\.lowerBound) + [range.upperBound]
      guard starts.count <= Synonyms.maximumPhrases else {
        throw Defect(.tooManyPhrases, starts[Synonyms.maximumPhrases]..<range.upperBound)
      }
      var phrases: [[Word]] = []
      var seen: Set<String> = []
      for (start, end) in zip(starts, ends) {
        let place = trimmed(start..<end)
        if place.isEmpty { throw Defect(.missingPhrase, start..<end) }
        let words = Analyzer.words(of: String(String.UnicodeScalarView(scalars[place])))
        if words.isEmpty { throw Defect(.noWord, place) }
        if words.count > Synonyms.maximumWords { throw Defect(.tooManyWords, place) }
        if !seen.insert(words.usualForm).inserted { throw Defect(.repeatedPhrase, place) }
        phrases.append(words)
      }
      return phrases
    }

    /// The range without white space at its ends.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
      guard let first = range.first(where: { !scalars[$0].properties.isWhitespace }),
        let last = range.last(where: { !scalars[$0].properties.isWhitespace })
      else { return range.lowerBound..<range.lowerBound }
      return first..<(last + 1)
    }
  }
}

extension [Word] {
  /// The tokens of the words' usual forms, with spaces between.
  var usualForm: String { flatMap(\.tokens).joined(separator: " ") }
}
