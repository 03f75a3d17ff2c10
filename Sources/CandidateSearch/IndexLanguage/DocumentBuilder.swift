import CandidateModel
import CandidateQuery
import TextAnalysis

/// Makes the documents of a connector's candidates. Belongs to one thread.
final class DocumentBuilder {
  let customFields: Set<CustomField>
  /// The keys that all of the connector's candidates bear.
  private let commonKeys: [UInt8]
  private let cache = AnalyzedValueCache()
  private let keys = FilterTermWriter(bytes: ByteBuffer(capacity: 2_048))
  private let texts = ByteBuffer(capacity: 1_024)
  private let firstName = ByteBuffer(capacity: 256)
  private let lastName = ByteBuffer(capacity: 256)
  /// The fields of the last candidate of which a value is longer than what is indexed of it; each once.
  private(set) var cutFields: [Field.ID] = []

  init(connector: String, customFields: Set<CustomField>) {
    self.customFields = customFields
    let keys = FilterTermWriter(bytes: ByteBuffer())
    keys.add(.all, "")
    keys.add(.connector, connector)
    commonKeys = Array(keys.bytes.all)
  }

  func document(of candidate: Candidate) -> Document {
    keys.bytes.truncate(to: 0)
    texts.truncate(to: 0)
    cutFields.removeAll()
    keys.bytes.append(commonKeys)
    addIdentity(candidate)
    addFlags(candidate)
    let first = addName(candidate.firstName, in: firstName, whole: .firstName, word: .first)
    let last = addName(candidate.lastName, in: lastName, whole: .lastName, word: .last)
    NameFilterTerms(keys: keys).add(first: first, last: last)
    addContacts(candidate)
    addCustomFields(candidate)
    let ends = TextColumn.allCases.map { column in
      addText(column, of: candidate)
      return texts.count
    }
    return Document(
      keys: keys.bytes.all, texts: texts.all, ends: ends, isPrivate: candidate.isPrivate == true)
  }

  /// A column, and the keys of its whole values.
  private func addText(_ column: TextColumn, of candidate: Candidate) {
    var text = ColumnText(in: texts)
    for value in column.values(of: candidate) {
      noteCut(value, column.field)
      let tokens = text.append(value, as: column.textKind, cache)
      if let kind = column.wholeValueKey, !tokens.isEmpty { keys.add(kind, words: tokens) }
    }
    text.finish()
  }

  private func addIdentity(_ candidate: Candidate) {
    if let remoteID = candidate.remoteID, !remoteID.isBlank { keys.add(.remoteID, remoteID) }
    for id in candidate.applications where !id.isBlank { keys.add(.application, id) }
    for id in candidate.attachments where !id.isBlank { keys.add(.attachment, id) }
  }

  private func addFlags(_ candidate: Candidate) {
    keys.add(Self.flags.isPrivate[Self.index(candidate.isPrivate)])
    keys.add(Self.flags.canEmail[Self.index(candidate.canEmail)])
    for tag in candidate.tags where !tag.isBlank { keys.add(.tag, tag) }
    for (presence, key) in Self.missing where !presence.isPresent(in: candidate) { keys.add(key) }
  }

  /// The keys of a first or a last name. Gives its usual tokens, valid until the next name is written there.
  private func addName(
    _ name: String?, in buffer: ByteBuffer, whole: TermPrefix, word: TermPrefix
  ) -> UnsafeBufferPointer<UInt8> {
    buffer.truncate(to: 0)
    guard let name else { return buffer.all }
    var text = ColumnText(in: buffer)
    let length = text.append(name, cache).count
    guard length > 0 else { return buffer.all }
    let all = text.finish()
    let usual = UnsafeBufferPointer(rebasing: all[..<length])
    keys.add(whole, words: usual)
    // A name of one word in one form is found by the whole of it.
    if all.count > length || usual.dropLast().contains(0x20) { keys.add(word, eachOf: all) }
    return usual
  }

  private func addContacts(_ candidate: Candidate) {
    for var address in candidate.emailAddresses where !address.isBlank {
      address.withUTF8 { address in
        keys.add(.email, address)
        if let at = address.lastIndex(of: UInt8(ascii: "@")) {
          keys.add(.domain, UnsafeBufferPointer(rebasing: address[(at + 1)...]))
        }
      }
    }
    for phone in candidate.phoneNumbers {
      noteCut(phone, .phone)
      if let number = PhoneNumber(phone) { keys.add(.phone, number.reversedDigits) }
    }
    for link in candidate.urls {
      noteCut(link.address, .url)
      let address = WebAddress(link.address)
      if !address.host.isEmpty { keys.add(.host, address.host) }
      for part in address.path { keys.add(.path, part) }
    }
  }

  private func noteCut(_ value: String, _ field: Field.ID) {
    if IndexedText.isCut(value), !cutFields.contains(field) { cutFields.append(field) }
  }

  private func addCustomFields(_ candidate: Candidate) {
    guard !customFields.isEmpty, let object = candidate.customFields else { return }
    for member in object.members {
      guard let field = CustomField(member.name), customFields.contains(field), !member.values.isEmpty else {
        continue
      }
      keys.add(Array(FilterTerm.custom(field).token.utf8))
      for value in member.values {
        noteCut(value, .custom)
        keys.add(field, value)
      }
    }
  }

  // What the values of few keys are is known beforehand.
  private static let flags = (isPrivate: keys(.isPrivate), canEmail: keys(.canEmail))
  private static let missing = Presence.allCases.map { ($0, Array(FilterTerm.missing($0).token.utf8)) }

  private static func keys(_ kind: TermPrefix) -> [[UInt8]] {
    [true, false, nil].map { Array(FilterTerm.flag(kind, $0).token.utf8) }
  }
  private static func index(_ flag: Bool?) -> Int { flag.map { $0 ? 0 : 1 } ?? 2 }
}

/// A builder for each connector, made when it is first asked for. Belongs to one thread.
final class DocumentBuilders {
  private let customFields: Set<CustomField>
  private var builders: [String: DocumentBuilder] = [:]

  init(customFields: Set<CustomField>) { self.customFields = customFields }

  subscript(connector: String) -> DocumentBuilder {
    if let builder = builders[connector] { return builder }
    let builder = DocumentBuilder(connector: connector, customFields: customFields)
    builders[connector] = builder
    return builder
  }
}
