import CandidateModel
import CandidateQuery
import TextAnalysis

/// Makes the documents of a connector's candidates. Belongs to one thread.
package final class DocumentBuilder {
  package let customFields: Set<CustomField>
  /// The terms of all candidates of the connector.
  private let commonTerms: [UInt8]
  /// The analysis of values that are not plain text.
  private let analyzed = RecentValues<TextKind, AnalyzedValue>(maximumCount: 16_384)
  private let terms = FilterTermWriter(bytes: ByteBuffer(capacity: 2_048))
  private let nameTerms: NameFilterTerms
  private let texts = ByteBuffer(capacity: 1_024)
  private let firstName = ByteBuffer(capacity: 256)
  private let lastName = ByteBuffer(capacity: 256)
  /// The fields of the last candidate with a value that is longer than the part that is indexed; each once.
  package private(set) var cutFields: [Field.ID] = []

  package init(connector: String, customFields: Set<CustomField>) {
    self.customFields = customFields
    let terms = FilterTermWriter(bytes: ByteBuffer())
    terms.add(.all, "")
    terms.add(.connector, connector)
    commonTerms = Array(terms.bytes.all)
    nameTerms = NameFilterTerms(terms: self.terms)
  }

  package func document(of candidate: Candidate) -> Document {
    terms.bytes.truncate(to: 0)
    texts.truncate(to: 0)
    cutFields.removeAll()
    terms.bytes.append(commonTerms)
    addTerms(of: candidate)
    let ends = Self.columns.map { column in
      addText(column, of: candidate)
      return texts.count
    }
    return Document(
      keys: terms.bytes.all, texts: texts.all, ends: ends, isPrivate: candidate.isPrivate == true)
  }

  /// All terms except those of the columns' whole values, which are made of the columns' tokens.
  private func addTerms(of candidate: Candidate) {
    var first = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var last = first
    for step in Self.steps {
      switch step {
      case .values(let values, let prefix):
        values.forEach(in: candidate) { if !$0.isBlank { terms.add(prefix, $0) } }
      case .flag(let flag, let tokens): terms.add(tokens[flag(candidate).map { $0 ? 0 : 1 } ?? 2])
      case .absences(let absences):
        for absence in absences where !absence.values.contains(where: { $0.isPresent(in: candidate) }) {
          terms.add(absence.token)
        }
      case .namePart(let field, let values, let whole, let word):
        values.forEach(in: candidate) { name in
          if field == .firstName {
            first = addName(name, in: firstName, whole: whole, word: word)
          } else {
            last = addName(name, in: lastName, whole: whole, word: word)
          }
        }
      case .nameForms: nameTerms.add(first: first, last: last)
      case .emails(let values, let prefix, let domain):
        values.forEach(in: candidate) { addEmail($0, prefix, domain: domain) }
      case .phones(let values, let prefix):
        values.forEach(in: candidate) { addPhone($0, prefix) }
      case .urls(let values, let host, let path):
        values.forEach(in: candidate) { addURL($0, host: host, path: path) }
      case .custom: addCustomFields(candidate)
      }
    }
  }

  /// Adds the terms of a first or a last name. Returns its usual tokens, valid until the next name is written
  /// to the buffer.
  private func addName(
    _ name: UnsafeBufferPointer<UInt8>, in buffer: ByteBuffer, whole: TermPrefix, word: TermPrefix
  ) -> UnsafeBufferPointer<UInt8> {
    buffer.truncate(to: 0)
    var text = ColumnText(in: buffer)
    let length = append(name, as: .prose, to: &text).count
    guard length > 0 else { return buffer.all }
    let all = text.finish()
    let usual = UnsafeBufferPointer(rebasing: all[..<length])
    terms.add(whole, words: usual)
    // The term of the whole also finds a name of one word in one form.
    if all.count > length || usual.dropLast().contains(0x20) { terms.add(word, eachOf: all) }
    return usual
  }

  /// Appends a value to a column. Returns its usual tokens.
  private func append(
    _ value: UnsafeBufferPointer<UInt8>, as kind: TextKind, to text: inout ColumnText
  ) -> UnsafeBufferPointer<UInt8> {
    text.append(value, as: kind) {
      func analyze(_ value: UnsafeBufferPointer<UInt8>) -> AnalyzedValue {
        AnalyzedValue(String(decoding: value, as: UTF8.self), as: kind)
      }
      // No two people share an address.
      return kind == .prose ? analyzed.value(of: value, kind, make: analyze) : analyze(value)
    }
  }

  private func addEmail(
    _ address: UnsafeBufferPointer<UInt8>, _ prefix: TermPrefix, domain: TermPrefix
  ) {
    if address.isBlank { return }
    terms.add(prefix, address)
    if let at = address.lastIndex(of: UInt8(ascii: "@")) {
      terms.add(domain, UnsafeBufferPointer(rebasing: address[(at + 1)...]))
    }
  }

  private func addPhone(_ phone: UnsafeBufferPointer<UInt8>, _ prefix: TermPrefix) {
    noteCut(phone.count, .phone)
    if let number = PhoneNumber(utf8: phone) { terms.add(prefix, number.reversedDigits) }
  }

  private func addURL(_ url: UnsafeBufferPointer<UInt8>, host: TermPrefix, path: TermPrefix) {
    noteCut(url.count, .url)
    WebAddress.forEachPart(of: url) {
      if !$0.isEmpty { terms.add(host, $0) }
    } path: {
      terms.add(path, $0)
    }
  }

  private func addCustomFields(_ candidate: Candidate) {
    guard !customFields.isEmpty, let object = candidate.customFields else { return }
    for member in object.members {
      guard let field = CustomField(member.name), customFields.contains(field), !member.values.isEmpty else {
        continue
      }
      terms.add(Array(FilterTerm.custom(field).token.utf8))
      for value in member.values {
        noteCut(value.utf8.count, .custom)
        terms.add(field, value)
      }
    }
  }

  /// Adds a column of text and the terms of its whole values.
  private func addText(_ column: Column, of candidate: Candidate) {
    var text = ColumnText(in: texts)
    column.values.forEach(in: candidate) { value in
      noteCut(value.count, column.field)
      let tokens = append(value, as: column.textKind, to: &text)
      if let prefix = column.wholeValue, !tokens.isEmpty { terms.add(prefix, words: tokens) }
    }
    let all = text.finish()
    if let pairs = column.wordPairs { terms.add(pairs, pairsOf: all) }
  }

  /// Notes a field with a value of a number of bytes.
  private func noteCut(_ length: Int, _ field: Field.ID) {
    if length > IndexedText.maximumLength, !cutFields.contains(field) { cutFields.append(field) }
  }
}

/// The parts of the schema that every document needs, prepared once.
extension DocumentBuilder {
  /// What is written to the hidden column for a field.
  private enum Step: Sendable {
    case values(FieldValues, TermPrefix)
    /// The tokens of true, false and unknown.
    case flag(@Sendable (Candidate) -> Bool?, tokens: [[UInt8]])
    case absences([Absence])
    case namePart(Field.ID, FieldValues, whole: TermPrefix, word: TermPrefix)
    /// Other spellings of the parts of the name before it.
    case nameForms
    case emails(FieldValues, TermPrefix, domain: TermPrefix)
    case phones(FieldValues, TermPrefix)
    case urls(FieldValues, host: TermPrefix, path: TermPrefix)
    case custom

    /// Nil where nothing is written: `commonTerms` contain the connector's term.
    init?(_ row: IndexedField) {
      switch row.filter {
      case .value(let prefix): self = .values(row.values, prefix)
      case .flag(let prefix):
        guard case .flag(let flag) = row.values else { return nil }
        self = .flag(flag, tokens: [true, false, nil].map { Array(FilterTerm.flag(prefix, $0).token.utf8) })
      case .absence: self = .absences(Presence.allCases.map(Absence.init))
      case .namePart(let whole, let word): self = .namePart(row.field, row.values, whole: whole, word: word)
      case .fullName: self = .nameForms
      case .email(let prefix, let domain): self = .emails(row.values, prefix, domain: domain)
      case .phone(let prefix): self = .phones(row.values, prefix)
      case .url(let host, let path): self = .urls(row.values, host: host, path: path)
      case .custom: self = .custom
      case .none, .words, .connector, .recordID, .recordTime, .recency: return nil
      }
    }
  }

  /// What a candidate may lack.
  private struct Absence: Sendable {
    let values: [FieldValues]
    let token: [UInt8]

    init(_ presence: Presence) {
      values = IndexSchema.values(of: presence)
      token = Array(FilterTerm.missing(presence).token.utf8)
    }
  }

  private struct Column: Sendable {
    let field: Field.ID
    let values: FieldValues
    let wholeValue: TermPrefix?
    let wordPairs: TermPrefix?
    let textKind: TextKind

    init(_ row: IndexedField) {
      field = row.field
      values = row.values
      wholeValue = row.filter.isByWords ? row.filter.wholeValue : nil
      wordPairs = row.wordPairs
      textKind = row.filter.textKind
    }
  }

  private static let steps = IndexSchema.fields.compactMap(Step.init)
  private static let columns = IndexSchema.columns.map(Column.init)
}

/// A builder for each connector, made on first use. Belongs to one thread.
package final class DocumentBuilders {
  private let customFields: Set<CustomField>
  private var builders: [String: DocumentBuilder] = [:]

  package init(customFields: Set<CustomField>) { self.customFields = customFields }

  package subscript(connector: String) -> DocumentBuilder {
    if let builder = builders[connector] { return builder }
    let builder = DocumentBuilder(connector: connector, customFields: customFields)
    builders[connector] = builder
    return builder
  }
}
