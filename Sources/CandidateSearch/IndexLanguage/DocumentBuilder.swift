import CandidateModel
import CandidateQuery
import TextAnalysis

/// Makes the documents of a connector's candidates. Belongs to one thread.
package final class DocumentBuilder {
  package let customFields: Set<CustomField>
  /// The terms of all candidates of the connector.
  private let commonTerms: [UInt8]
  /// The analysis of prose that is not plain text.
  private let analyzed = RecentValues<TextKind, AnalyzedValue>(maximumCount: 16_384)
  /// The analysis of the parts of such prose between spaces: most full names are new, most of their parts are not.
  private let parts = RecentValues<TextKind, AnalyzedPart>(maximumCount: 16_384)
  /// The parts of the value that is analysed.
  @exclusivity(unchecked) private var partsOfValue: [AnalyzedPart] = []
  private let terms = FilterTermWriter(bytes: ByteBuffer(capacity: 2_048))
  private let nameTerms: NameFilterTerms
  private let texts = ByteBuffer(capacity: 1_024)
  private let firstName = ByteBuffer(capacity: 256)
  private let lastName = ByteBuffer(capacity: 256)
  /// The end of each column of the last document. Exclusivity is a matter of the one thread, as in `ByteBuffer`.
  @exclusivity(unchecked) private var ends: [Int] = []
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
    ends.removeAll(keepingCapacity: true)
    ends.append(0)
    for column in Self.columns {
      addText(column, of: candidate)
      endColumn(in: texts)
      ends.append(texts.count)
    }
    endColumn(in: terms.bytes)
    return Document(
      keys: terms.bytes.all, texts: texts.all, ends: ends, isPrivate: candidate.isPrivate == true)
  }

  /// Removes the space after the last token of a column.
  private func endColumn(in bytes: ByteBuffer) {
    if bytes.all.last == 0x20 { bytes.truncate(to: bytes.count - 1) }
  }

  /// All terms except those of the columns' whole values, which are made of the columns' tokens.
  private func addTerms(of candidate: Candidate) {
    firstName.truncate(to: 0)
    lastName.truncate(to: 0)
    for step in Self.steps { step(self, candidate) }
  }

  /// Adds the terms of a first or a last name, and its usual tokens to a buffer.
  private func addName(
    _ name: UnsafeBufferPointer<UInt8>, to buffer: ByteBuffer, whole: TermPrefix, word: TermPrefix
  ) {
    var text = ColumnText(in: buffer)
    let length = append(name, as: .prose, to: &text).count
    guard length > 0 else { return }
    let all = text.finish()
    let usual = UnsafeBufferPointer(rebasing: all[..<length])
    terms.add(whole, words: usual)
    // The term of the whole also finds a name of one word in one form.
    if all.count > length || usual.dropLast().contains(0x20) { terms.add(word, eachOf: all) }
    buffer.truncate(to: length)
  }

  /// Appends a value to a column. Returns its usual tokens.
  ///
  /// - Parameter occursAgain: Whether others are likely to have the value.
  private func append(
    _ value: UnsafeBufferPointer<UInt8>, as kind: TextKind, occursAgain: Bool = true,
    to text: inout ColumnText
  ) -> UnsafeBufferPointer<UInt8> {
    text.append(value, as: kind) {
      switch kind {
      // Few people share an address, or all of a name.
      case .address: AnalyzedValue(String(decoding: value, as: UTF8.self), as: kind)
      case .prose: occursAgain ? analyzed.value(of: value, kind, make: analyzeProse) : analyzeProse(value)
      }
    }
  }

  private func analyzeProse(_ value: UnsafeBufferPointer<UInt8>) -> AnalyzedValue {
    IndexedText.withPrefix(of: value) { text in
      partsOfValue.removeAll(keepingCapacity: true)
      var start = 0
      while start < text.count {
        var end = start
        while end < text.count, text[end] != 0x20 { end += 1 }
        if end > start {
          partsOfValue.append(
            parts.value(of: UnsafeBufferPointer(rebasing: text[start..<end]), .prose) {
              AnalyzedPart(Analyzer.words(of: String(decoding: $0, as: UTF8.self)))
            })
        }
        start = end + 1
      }
      return AnalyzedValue(partsOfValue)
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
      var token = FilterTerm.custom(field).token
      token.withUTF8(terms.add)
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
      let tokens = append(value, as: column.textKind, occursAgain: column.occursAgain, to: &text)
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
  /// Adds the terms of a field. A closure for each field, since an enum with its values and prefixes would be copied, and
  /// their references counted, for every record.
  private typealias Step = @Sendable (DocumentBuilder, Candidate) -> Void

  /// Nil where nothing is written: `commonTerms` contain the connector's term.
  private static func step(of row: IndexedField) -> Step? {
    let values = row.values
    switch row.filter {
    case .value(let prefix):
      return { builder, candidate in
        values.forEach(in: candidate) { if !$0.isBlank { builder.terms.add(prefix, $0) } }
      }
    case .flag(let prefix):
      guard case .flag(let member) = values else { return nil }
      let (yes, no, unknown) = (
        FixedToken(.flag(prefix, true)), FixedToken(.flag(prefix, false)), FixedToken(.flag(prefix, nil))
      )
      return { builder, candidate in
        builder.terms.add((candidate.flag(member).map { $0 ? yes : no } ?? unknown).bytes)
      }
    case .absence:
      let absences = Presence.allCases.map(Absence.init)
      return { builder, candidate in
        for absence in absences where !absence.values.isPresent(in: candidate) {
          builder.terms.add(absence.token.bytes)
        }
      }
    case .namePart(let whole, let word):
      let isFirst = row.field == .firstName
      return { builder, candidate in
        let buffer = isFirst ? builder.firstName : builder.lastName
        values.forEach(in: candidate) { builder.addName($0, to: buffer, whole: whole, word: word) }
      }
    case .fullName:
      // Other spellings of the parts of the name, which come before it.
      return { builder, _ in builder.nameTerms.add(first: builder.firstName.all, last: builder.lastName.all) }
    case .email(let prefix, let domain):
      return { builder, candidate in
        values.forEach(in: candidate) { builder.addEmail($0, prefix, domain: domain) }
      }
    case .phone(let prefix):
      return { builder, candidate in values.forEach(in: candidate) { builder.addPhone($0, prefix) } }
    case .url(let host, let path):
      return { builder, candidate in
        values.forEach(in: candidate) { builder.addURL($0, host: host, path: path) }
      }
    case .custom: return { builder, candidate in builder.addCustomFields(candidate) }
    case .none, .words, .connector, .recordID, .recordTime, .recency: return nil
    }
  }

  /// What a candidate may lack.
  private struct Absence: Sendable {
    let values: FieldValues
    let token: FixedToken

    init(_ presence: Presence) {
      values = IndexSchema.values(of: presence)
      token = FixedToken(FilterTerm.missing(presence))
    }
  }

  /// The bytes of a term of the schema, which are never freed: references to an array would be counted for each record.
  private struct FixedToken: @unchecked Sendable {
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ term: FilterTerm) {
      let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: term.token.utf8.count)
      _ = bytes.initialize(from: term.token.utf8)
      self.bytes = UnsafeBufferPointer(bytes)
    }
  }

  private struct Column: Sendable {
    let field: Field.ID
    let values: FieldValues
    let wholeValue: TermPrefix?
    let wordPairs: TermPrefix?
    let textKind: TextKind
    let occursAgain: Bool

    init(_ row: IndexedField) {
      field = row.field
      occursAgain = row.values.parts.isEmpty
      values = row.values
      wholeValue = row.filter.isByWords ? row.filter.wholeValue : nil
      wordPairs = row.wordPairs
      textKind = row.filter.textKind
    }
  }

  private static let steps = IndexSchema.fields.compactMap(step)
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
