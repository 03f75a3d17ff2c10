import CandidateSearch
import Foundation

/// Everything that is known of a candidate.
struct CandidateView {
  /// Values under a label.
  struct Row {
    let label: String
    let values: [Value]
  }

  struct Value {
    let text: MarkedText
    /// The address that the value leads to; nil for a value that is text.
    var address: String?
    var note: String?
    /// Whether the address leads away from this server.
    var isExternal = false
  }

  struct Group {
    let label: String
    let rows: [Row]
  }

  let name: MarkedText
  let hasName: Bool
  let position: String?
  let badges: Badges
  let mayBeEmailed: Bool
  let groups: [Group]
  let customFields: [Row]
  let hasCustomFields: Bool
  let record: String
  let backAddress: String
  let previousAddress: String?
  let followingAddress: String?

  init(_ hit: Hit, _ state: PageState, neighbours: Neighbours, now: Timestamp) {
    let (candidate, values) = (hit.candidate, MarkedValues(hit))
    name = values.name
    hasName = !name.isEmpty
    let position = [candidate.title, candidate.company].compactMap(\.self).joined(separator: ", ")
    self.position = position.isEmpty ? nil : position
    badges = Badges(candidate)
    mayBeEmailed = candidate.canEmail == true
    groups = [
      Group(label: "Contact", rows: Self.contact(values)),
      Group(
        label: "Work", rows: Self.rows([.title, .company, .location], values) + Self.tags(values, state)),
      Group(label: "Dates", rows: Self.dates(candidate, now)),
      Group(label: "Where it comes from", rows: Self.origin(hit, values)),
      Group(label: "Other fields", rows: Self.others(candidate)),
    ].filter { !$0.rows.isEmpty }
    customFields = (candidate.customFields?.members ?? []).map { member in
      Row(label: member.name, values: member.values.map { Value(text: MarkedText($0)) })
    }
    hasCustomFields = !customFields.isEmpty
    record = candidate.json
    backAddress = state.opening(nil).address()
    previousAddress = neighbours.previous.map { state.opening($0).address() }
    followingAddress = neighbours.next.map { state.opening($0).address() }
  }

  /// The candidates beside one in the results.
  struct Neighbours {
    private(set) var previous: PageState.CandidateID?
    private(set) var next: PageState.CandidateID?

    init(of id: PageState.CandidateID, in hits: [Hit]) {
      let ids = hits.map { PageState.CandidateID(connector: $0.connector, id: $0.candidate.id) }
      guard let place = ids.firstIndex(of: id) else { return }
      previous = place > 0 ? ids[place - 1] : nil
      next = place + 1 < ids.count ? ids[place + 1] : nil
    }
  }

  // MARK: - Groups

  private static func rows(_ fields: [Field.ID], _ values: MarkedValues) -> [Row] {
    fields.compactMap { row(PlainWords.label($0), values.values(of: $0).map { Value(text: $0) }) }
  }

  private static func row(_ label: String, _ values: [Value]) -> Row? {
    values.isEmpty ? nil : Row(label: label, values: values)
  }

  /// Addresses and numbers lead somewhere only if the candidate has agreed to be e-mailed.
  private static func contact(_ values: MarkedValues) -> [Row] {
    let candidate = values.candidate
    let isPermitted = candidate.canEmail == true
    let mail = zip(candidate.emailAddresses, values.values(of: .email)).map { address, text in
      Value(text: text, address: isPermitted ? ContactLink.mail(address) : nil)
    }
    let phones = zip(candidate.phoneNumbers, values.values(of: .phone)).map { number, text in
      Value(text: text, address: isPermitted ? ContactLink.phone(number) : nil)
    }
    let pages = candidate.urls.map { link in
      Value(
        text: MarkedText(link.address), address: ContactLink.page(link.address), note: link.kind,
        isExternal: true)
    }
    return [(Field.ID.email, mail), (.phone, phones), (.url, pages)].compactMap { field, values in
      row(PlainWords.label(field), values)
    }
  }

  private static func tags(_ values: MarkedValues, _ state: PageState) -> [Row] {
    let tags = zip(values.candidate.tags, values.values(of: .tag)).map { tag, text in
      Value(text: text, address: Field.ID.tag.clause(whole: tag).map { state.searching($0).address() })
    }
    return row("Tags", tags).map { [$0] } ?? []
  }

  private static func dates(_ candidate: Candidate, _ now: Timestamp) -> [Row] {
    let times: [(Field.ID, Timestamp?)] = [
      (.lastInteraction, candidate.lastInteractionAt), (.created, candidate.remoteCreatedAt),
      (.updated, candidate.remoteUpdatedAt), (.modified, candidate.modifiedAt),
    ]
    return times.compactMap { field, time in
      time.map {
        Row(
          label: PlainWords.label(field),
          values: [Value(text: MarkedText(PlainWords.day($0)), note: PlainWords.age($0, now: now))])
      }
    }
  }

  private static func origin(_ hit: Hit, _ values: MarkedValues) -> [Row] {
    let source = PlainWords.value(hit.connector, of: .connector)
    return [Row(label: PlainWords.label(.connector), values: [Value(text: MarkedText(source))])]
      + rows([.id, .remoteID, .application, .attachment], values)
      + (hit.candidate.avatar.map { [Row(label: "Picture", values: [Value(text: MarkedText($0))])] } ?? [])
  }

  private static func others(_ candidate: Candidate) -> [Row] {
    candidate.unknownFields.sorted { $0.key < $1.key }.map { name, value in
      Row(label: name, values: [Value(text: MarkedText(value.description))])
    }
  }
}

/// The addresses of links to people and to their pages.
enum ContactLink {
  private static let signs = Set("@._+-'".unicodeScalars)

  /// The address of an e-mail; nil for what is no address. Other characters could add recipients, a subject or a text
  /// (RFC 6068).
  static func mail(_ address: String) -> String? {
    let scalars = address.unicodeScalars
    guard scalars.filter({ $0 == "@" }).count == 1,
      scalars.allSatisfy({
        $0.properties.isAlphabetic || $0.properties.numericType != nil || signs.contains($0)
      })
    else { return nil }
    return address.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed).map { "mailto:" + $0 }
  }

  /// The address of a call; nil for a number without digits.
  static func phone(_ number: String) -> String? {
    let digits = number.unicodeScalars.filter { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    let isInternational = number.unicodeScalars.first == "+"
    return "tel:" + (isInternational ? "+" : "") + String(String.UnicodeScalarView(digits))
  }

  /// The address of a page on the web; nil for any other scheme, such as one that runs a script. An address without a
  /// scheme is one of the web.
  static func page(_ address: String) -> String? {
    let lowercased = address.lowercased()
    if ["http://", "https://"].contains(where: lowercased.hasPrefix) { return address }
    let scalars = address.unicodeScalars
    guard let dot = scalars.firstIndex(of: "."), dot > scalars.startIndex, scalars.first != "/",
      scalars.allSatisfy({ !$0.properties.isWhitespace && $0 != ":" && $0 != "\\" })
    else { return nil }
    return "https://" + address
  }
}
