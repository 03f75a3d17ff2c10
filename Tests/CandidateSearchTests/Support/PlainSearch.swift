import Foundation
import TextAnalysis

@testable import CandidateSearch

/// Answers queries by looking at every candidate, without SQLite: slow, and plain enough to be believed.
struct PlainSearch {
  let candidates: [Candidate]
  var connector = ""

  /// The ids of those who match, the most recent first; in order of the input where times are equal.
  func ids(_ query: Query) -> [String] {
    let query = Self.withoutEmptyTexts(query) ?? .all
    return candidates.enumerated().filter { matches(query, $1) }
      .sorted { a, b in
        let (x, y) = (a.element.recency?.seconds ?? .min, b.element.recency?.seconds ?? .min)
        return x == y ? a.offset < b.offset : x > y
      }
      .map(\.element.id)
  }

  /// A text without letters and digits says nothing, wherever it stands.
  private static func withoutEmptyTexts(_ query: Query) -> Query? {
    switch query {
    case .text(let text):
      return Analyzer.words(of: text.text).isEmpty && !PhoneText.isNumber(text.text)
        && !text.text.contains("@") ? nil : query
    case .and(let parts), .or(let parts):
      let kept = parts.compactMap(withoutEmptyTexts)
      if kept.count < 2 { return kept.first }
      if case .and = query { return .and(kept) }
      return .or(kept)
    case .not(let part): return withoutEmptyTexts(part).map { .not($0) }
    default: return query
    }
  }

  private func matches(_ query: Query, _ candidate: Candidate) -> Bool {
    switch query {
    case .all: true
    case .text(let text): matchesText(text, candidate)
    case .words(let field, let text): matchesWords(field, text, candidate)
    case .whole(let field, let value): matchesWhole(field, value, candidate)
    case .beginning(let field, let value):
      Self.values(field, candidate).contains { Self.folded($0).hasPrefix(Self.folded(value)) }
    case .present(let presence): IndexSchema.values(of: presence).isPresent(in: candidate)
    case .flag(let field, let flag): flag == (field == .canEmail ? candidate.canEmail : candidate.isPrivate)
    case .phone(let number): Self.hasPhone(number, candidate)
    case .url(let address): Self.hasURL(address, candidate)
    case .time(let field, let range): Self.time(field, candidate).map { range.contains($0) } ?? false
    case .custom(let field, let text):
      Self.customValues(field, candidate).contains {
        text.isPrefix
          ? Self.folded($0).hasPrefix(Self.folded(text.text)) : Self.folded($0) == Self.folded(text.text)
      }
    case .customPresent(let field): !Self.customValues(field, candidate).isEmpty
    case .and(let parts): parts.allSatisfy { matches($0, candidate) }
    case .or(let parts): parts.contains { matches($0, candidate) }
    case .not(let part): !matches(part, candidate)
    }
  }

  // MARK: - Words

  private func matchesText(_ text: QueryText, _ candidate: Candidate) -> Bool {
    let words = Analyzer.words(of: text.text)
    if PhoneText.isNumber(text.text), Self.hasPhone(text.text, candidate) { return true }
    if WebAddress.isAddress(text.text), Self.hasURL(text.text, candidate) { return true }
    if let isOwner = Self.hasEmail(text, candidate) {
      let parts = text.text.split(separator: "@", omittingEmptySubsequences: false)
      let isWhole =
        !text.isPrefix && parts.count > 1 && !(parts.first ?? "").isEmpty && (parts.last ?? "").contains(".")
      if isOwner || isWhole { return isOwner }
    }
    if words.isEmpty { return !PhoneText.isNumber(text.text) }
    let sequences = TextColumn.allCases.flatMap { column in
      column.values(of: candidate).flatMap { Self.sequences($0, isAddress: column == .email) }
    }
    return Self.contains(words, text, in: sequences)
  }

  private func matchesWords(_ field: Field.ID, _ text: QueryText, _ candidate: Candidate) -> Bool {
    if field == .email, let isOwner = Self.hasEmail(text, candidate) { return isOwner }
    let words = Analyzer.words(of: text.text)
    let sequences = Self.values(field, candidate).flatMap { Self.sequences($0, isAddress: field == .email) }
    return !words.isEmpty && Self.contains(words, text, in: sequences)
  }

  private static func contains(_ words: [Word], _ text: QueryText, in sequences: [[String]]) -> Bool {
    if text.isPhrase || text.text.contains("@") {
      let spellings = words.reduce([[]]) { all, word in all.flatMap { start in word.forms.map { start + $0 } }
      }
      return spellings.contains { run($0, isPrefix: text.isPrefix, in: sequences) }
    }
    let runs = Initials.runs(in: words).filter { !(text.isPrefix && $0.upperBound == words.count - 1) }
    return words.indices.allSatisfy { i in
      let isFound = words[i].forms.contains {
        run($0, isPrefix: text.isPrefix && i == words.count - 1, in: sequences)
      }
      if isFound { return true }
      // Initials may stand together.
      guard let initials = runs.first(where: { $0.contains(i) }) else { return false }
      return run([Initials.joined(words[initials])], isPrefix: false, in: sequences)
    }
  }

  /// Whether the tokens follow one another somewhere.
  private static func run(_ tokens: [String], isPrefix: Bool, in sequences: [[String]]) -> Bool {
    sequences.contains { sequence in
      sequence.indices.contains { start in
        guard start + tokens.count <= sequence.count else { return false }
        return tokens.indices.allSatisfy { i in
          let isLast = i == tokens.count - 1
          return isPrefix && isLast
            ? sequence[start + i].hasPrefix(tokens[i]) : sequence[start + i] == tokens[i]
        }
      }
    }
  }

  /// The ways in which a value can be read: in the usual forms, and with one word in each of its other forms.
  private static func sequences(_ value: String, isAddress: Bool) -> [[String]] {
    let words = isAddress ? Analyzer.words(of: value, as: .address) : Analyzer.words(of: value)
    var sequences = [words.flatMap(\.tokens)]
    func add(_ form: [String], for place: ClosedRange<Int>) {
      let before = place.lowerBound > 0 ? words[place.lowerBound - 1].tokens : []
      let behind = place.upperBound + 1 < words.count ? words[place.upperBound + 1].tokens : []
      sequences.append(before + form + behind)
    }
    for (i, word) in words.enumerated() {
      for form in word.forms.dropFirst() + word.indexedForms { add(form, for: i...i) }
    }
    for run in Initials.runs(in: words) { add([Initials.joined(words[run])], for: run) }
    return sequences
  }

  // MARK: - Values

  private static func values(_ field: Field.ID, _ candidate: Candidate) -> [String] {
    switch field {
    case .name: [candidate.fullName]
    case .firstName: [candidate.firstName ?? ""]
    case .lastName: [candidate.lastName ?? ""]
    case .company: [candidate.company ?? ""]
    case .title: [candidate.title ?? ""]
    case .location: candidate.locations
    case .tag: candidate.tags
    case .email: candidate.emailAddresses
    case .id: [candidate.id]
    case .remoteID: [candidate.remoteID ?? ""]
    case .application: candidate.applications
    case .attachment: candidate.attachments
    default: []
    }
  }

  private func matchesWhole(_ field: Field.ID, _ value: String, _ candidate: Candidate) -> Bool {
    switch field {
    case .connector: Self.folded(connector) == Self.folded(value)
    case .name, .firstName, .lastName, .company, .title, .location:
      Self.values(field, candidate).contains { other in
        let tokens = Analyzer.words(of: value).flatMap(\.tokens)
        return !tokens.isEmpty && tokens == Analyzer.words(of: other).flatMap(\.tokens)
      }
    default: Self.values(field, candidate).contains { Self.folded($0) == Self.folded(value) }
    }
  }

  private static func time(_ field: Field.ID, _ candidate: Candidate) -> Timestamp? {
    switch field {
    case .lastInteraction: candidate.lastInteractionAt
    case .modified: candidate.modifiedAt
    case .created: candidate.remoteCreatedAt
    default: candidate.remoteUpdatedAt
    }
  }

  private static func customValues(_ field: CustomField, _ candidate: Candidate) -> [String] {
    candidate.customFields?.members.filter { CustomField($0.name) == field }.flatMap(\.values) ?? []
  }

  private static func hasEmail(_ text: QueryText, _ candidate: Candidate) -> Bool? {
    guard !text.text.contains(" "), let at = text.text.lastIndex(of: "@") else { return nil }
    let domain = folded(String(text.text[text.text.index(after: at)...]))
    return candidate.emailAddresses.contains { address in
      let address = folded(address)
      if at == text.text.startIndex {
        let own = String(address.split(separator: "@").last ?? "")
        return !domain.isEmpty && (text.isPrefix ? own.hasPrefix(domain) : own == domain)
      }
      let typed = folded(text.text)
      return text.isPrefix || domain.isEmpty ? address.hasPrefix(typed) : address == typed
    }
  }

  private static func hasPhone(_ text: String, _ candidate: Candidate) -> Bool {
    guard let typed = PhoneNumber(text) else { return false }
    return candidate.phoneNumbers.compactMap(PhoneNumber.init).contains { own in
      own.reversedDigits.hasPrefix(typed.reversedDigits)
        || typed.reversedNationalDigits.contains(own.reversedDigits)
        || typed.reversedWithOtherPrefix == own.reversedDigits
    }
  }

  private static func hasURL(_ text: String, _ candidate: Candidate) -> Bool {
    let typed = WebAddress(text)
    let path = typed.path.map(folded)
    return candidate.urls.map { WebAddress($0.address) }.contains { own in
      let ownPath = own.path.map(folded)
      if typed.host.isEmpty {
        return !path.isEmpty && ownPath.indices.contains { ownPath[$0...].starts(with: path) }
      }
      if path.isEmpty, ownPath.contains(folded(typed.host)) { return true }
      return folded(own.host) == folded(typed.host) && ownPath.starts(with: path)
    }
  }

  private static func folded(_ text: String) -> String {
    String(String.UnicodeScalarView(Folding.fold(text))).split(separator: " ").joined(separator: " ")
  }
}
