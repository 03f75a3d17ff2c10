import CandidateModel
import CandidateQuery

/// Makes the documents of a connector's candidates. Belongs to one thread.
final class DocumentBuilder {
  let customFields: Set<CustomField>
  /// The keys that all of the connector's candidates bear.
  private let commonKeys: KeyWriter
  private let cache = WordFormsCache()

  init(connector: String, customFields: Set<CustomField>) {
    self.customFields = customFields
    var keys = KeyWriter()
    keys.add(.all, "")
    keys.add(.connector, connector)
    commonKeys = keys
  }

  func document(of candidate: Candidate) -> Document {
    var keys = commonKeys
    addIdentity(candidate, to: &keys)
    addFlags(candidate, to: &keys)
    addNames(candidate, to: &keys)
    addContacts(candidate, to: &keys)
    addCustomFields(candidate, to: &keys)
    let texts = TextColumn.allCases.map { column in
      var text = ColumnText()
      for value in column.values(of: candidate) {
        let tokens = text.append(value, isAddress: column == .email, cache)
        if let kind = column.wholeValueKey, !tokens.isEmpty { keys.add(kind, words: tokens) }
      }
      return text.finish()
    }
    return Document(columns: [keys.bytes] + texts)
  }

  private func addIdentity(_ candidate: Candidate, to keys: inout KeyWriter) {
    if let remoteID = candidate.remoteID, !remoteID.isBlank { keys.add(.remoteID, remoteID) }
    for id in candidate.applications where !id.isBlank { keys.add(.application, id) }
    for id in candidate.attachments where !id.isBlank { keys.add(.attachment, id) }
  }

  private func addFlags(_ candidate: Candidate, to keys: inout KeyWriter) {
    keys.add(Self.flags.isPrivate[Self.index(candidate.isPrivate)])
    keys.add(Self.flags.canEmail[Self.index(candidate.canEmail)])
    for tag in candidate.tags where !tag.isBlank { keys.add(.tag, tag) }
    for (presence, key) in Self.missing where !presence.isPresent(in: candidate) { keys.add(key) }
  }

  private func addNames(_ candidate: Candidate, to keys: inout KeyWriter) {
    let names: [(String?, KeyKind, KeyKind)] = [
      (candidate.firstName, .firstName, .first), (candidate.lastName, .lastName, .last),
    ]
    for (name, whole, word) in names {
      guard let name else { continue }
      var text = ColumnText()
      let tokens = text.append(name, cache)
      guard !tokens.isEmpty else { continue }
      keys.add(whole, words: tokens)
      // A name of one word in one form is found by the whole of it.
      let all = text.finish()
      if all.count > tokens.count || tokens.dropLast().contains(0x20) { keys.add(word, eachOf: all) }
    }
  }

  private func addContacts(_ candidate: Candidate, to keys: inout KeyWriter) {
    for address in candidate.emailAddresses where !address.isBlank {
      keys.add(.email, address)
      if let at = address.lastIndex(of: "@") {
        keys.add(.domain, String(address[address.index(after: at)...]))
      }
    }
    for phone in candidate.phoneNumbers {
      if let number = PhoneNumber(phone) { keys.add(.phone, number.reversedDigits) }
    }
    for link in candidate.urls {
      let address = WebAddress(link.address)
      if !address.host.isEmpty { keys.add(.host, address.host) }
      for part in address.path { keys.add(.path, part) }
    }
  }

  private func addCustomFields(_ candidate: Candidate, to keys: inout KeyWriter) {
    guard !customFields.isEmpty, let object = candidate.customFields else { return }
    for (name, values) in object.members {
      guard let field = CustomField(name), customFields.contains(field), !values.isEmpty else { continue }
      keys.add(Array(Key.custom(field).token.utf8))
      for value in values { keys.add(field, value) }
    }
  }

  // What the values of few keys are is known beforehand.
  private static let flags = (isPrivate: keys(.isPrivate), canEmail: keys(.canEmail))
  private static let missing = Presence.allCases.map { ($0, Array(Key.missing($0).token.utf8)) }

  private static func keys(_ kind: KeyKind) -> [[UInt8]] {
    [true, false, nil].map { Array(Key.flag(kind, $0).token.utf8) }
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
