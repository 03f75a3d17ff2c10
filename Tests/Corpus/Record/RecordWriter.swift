/// Writes a record: its members in the order of the specification, each from a stream of random numbers of its own.
struct RecordWriter {
  let vocabulary: Vocabulary
  let seed: UInt64
  let revision: CorpusRevision

  func append(_ record: Int, to buffer: inout [UInt8]) {
    func stream(_ topic: RandomStream.Topic) -> RandomStream {
      RandomStream(seed: seed, record: record, topic: topic)
    }
    var (identity, person, times) = (stream(.identity), stream(.person), stream(.times))
    let name = PersonName(vocabulary.people, &person)
    let moments = Times(&times)

    buffer.append("{\"id\":\"")
    Identifier.append(milliseconds: record * 6000 + identity.below(250_000_000), &identity, to: &buffer)
    buffer.append("\",\"remote_id\":\"")
    Identifier.appendRemote(record: record, &identity, to: &buffer)
    buffer.append("\",\"modified_at\":")
    moments.appendModified(shiftedByDays: revision.modifiedShiftDays, to: &buffer)
    buffer.append(",\"first_name\":")
    buffer.appendQuotedOrNull(name.first)
    buffer.append(",\"last_name\":")
    buffer.appendQuotedOrNull(name.last)
    var work = stream(.work)
    let company = vocabulary.companies.weights.draw(&work)
    buffer.append(",\"company\":")
    if work.chance(perMille: 50) {
      buffer.append("null")
    } else {
      buffer.appendQuoted(vocabulary.companies.names[company])
    }
    buffer.append(",\"title\":")
    buffer.appendQuotedOrNull(title(record, name, &work))
    buffer.append(",\"last_interaction_at\":")
    moments.appendLast(to: &buffer)
    appendPermissions(&identity, to: &buffer)
    appendContacts(record, name, company: company, to: &buffer)
    appendAttachments(record, to: &buffer)
    buffer.append(",\"remote_created_at\":")
    moments.appendCreated(to: &buffer)
    buffer.append(",\"remote_updated_at\":")
    moments.appendUpdated(to: &buffer)
    var custom = stream(.custom)
    buffer.append(",\"avatar\":")
    if custom.chance(perMille: 200) {
      buffer.append("\"https://avatars.example.com/")
      buffer.appendHex(custom.next(), digits: 12)
      buffer.append(".jpg\"")
    } else {
      buffer.append("null")
    }
    buffer.append(",\"custom_fields\":")
    vocabulary.custom.append(&custom, to: &buffer)
    buffer.append("}")
  }

  /// The title; another one where the revision changes the record. Empty stands for null.
  private func title(_ record: Int, _ name: PersonName, _ work: inout RandomStream) -> [UInt8] {
    var title: [UInt8] = []
    vocabulary.titles.append(for: name, &work, to: &title)
    guard revision.changes(record) else { return title }
    var other = title
    var attempt = 0
    while other == title {
      var change = RandomStream(seed: seed, record: record, topic: .change, variant: attempt)
      other.removeAll()
      vocabulary.titles.append(for: name, &change, to: &other)
      attempt += 1
    }
    return other
  }

  private func appendPermissions(_ random: inout RandomStream, to buffer: inout [UInt8]) {
    let (isPrivate, canEmail) = (random.below(1000), random.below(1000))
    buffer.append(",\"is_private\":")
    buffer.appendBool(isPrivate < 80 ? true : isPrivate < 930 ? false : nil)
    buffer.append(",\"can_email\":")
    buffer.appendBool(canEmail < 700 ? true : canEmail < 850 ? false : nil)
  }

  private func appendContacts(_ record: Int, _ name: PersonName, company: Int, to buffer: inout [UInt8]) {
    var place = RandomStream(seed: seed, record: record, topic: .place)
    let home = vocabulary.places.country(of: name.culture, &place)
    buffer.append(",\"locations\":")
    vocabulary.places.append(home: home, &place, to: &buffer)
    buffer.append(",\"phone_numbers\":")
    switch place.below(1000) {
    case 0..<50: buffer.append("null")
    case 50..<200: buffer.append("[]")
    case let kind:
      buffer.append("[")
      vocabulary.places.appendPhone(home, &place, to: &buffer)
      if kind >= 930 {
        buffer.append(",")
        vocabulary.places.appendPhone(home, &place, to: &buffer)
      }
      buffer.append("]")
    }
    var contact = RandomStream(seed: seed, record: record, topic: .contact)
    buffer.append(",\"email_addresses\":")
    vocabulary.contacts.appendEmails(
      name, company: vocabulary.companies.domains[company], &contact, to: &buffer)
    buffer.append(",\"urls\":")
    vocabulary.contacts.appendLinks(name, &contact, to: &buffer)
    var labels = RandomStream(seed: seed, record: record, topic: .labels)
    buffer.append(",\"tags\":")
    vocabulary.tags.append(&labels, to: &buffer)
  }

  private func appendAttachments(_ record: Int, to buffer: inout [UInt8]) {
    var random = RandomStream(seed: seed, record: record, topic: .attachments)
    let (applications, attachments) = (random.below(1000), random.below(1000))
    buffer.append(",\"applications\":")
    Identifier.appendList(
      count: applications < 250
        ? 0 : applications < 800 ? 1 : applications < 930 ? 2 : applications < 980 ? 3 : 4,
      &random, to: &buffer)
    buffer.append(",\"attachments\":")
    Identifier.appendList(
      count: attachments < 560 ? 0 : attachments < 900 ? 1 : 2, &random, to: &buffer)
  }
}
