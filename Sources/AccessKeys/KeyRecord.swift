import CandidateTime
import Foundation

/// A key with the hash of its secret, as a line of a file: a JSON object.
struct KeyRecord {
  let key: AccessKey
  let hash: [UInt8]

  /// Why a line is no key.
  struct Problem: Error {
    let text: String
  }

  private enum Member: String, CaseIterable {
    case name, id, hash, rights, scope, created, expires, rate
  }

  init(key: AccessKey, hash: [UInt8]) {
    self.key = key
    self.hash = hash
  }

  /// Reads a line. A member that this program does not know may be a restriction: it is an error.
  init(line: Data) throws(Problem) {
    guard let object = try? JSONSerialization.jsonObject(with: line), let members = object as? [String: Any]
    else { throw Problem(text: "this is not a JSON object") }
    if let name = members.keys.sorted().first(where: { Member(rawValue: $0) == nil }) {
      throw Problem(text: "a key has no member \(Self.quoted(name))")
    }
    guard let hash = AccessSecret.hash(hexadecimal: try Self.text(members, .hash)) else {
      throw Problem(text: "hash: it must be \(2 * AccessSecret.hashLength) hexadecimal digits")
    }
    let id = try Self.text(members, .id)
    guard AccessSecret.isID(id) else {
      throw Problem(text: "id: it must be the first \(AccessSecret.idLength) characters of the secret")
    }
    self.hash = hash
    let scope = try Self.optionalText(members, .scope)
    let rights = try Self.rights(members)
    let created = try Self.time(Self.text(members, .created), .created)
    let expires = try Self.optional(members, .expires, Self.time)
    let rate = try Self.optional(members, .rate, Self.rate)
    let name = try Self.text(members, .name)
    do throws(AccessKeyError) {
      key = try AccessKey(
        name: name, id: id, scope: scope, rights: rights, createdAt: created, expiresAt: expires, rate: rate)
    } catch {
      throw Problem(text: error.description)
    }
  }

  /// The line, without its end.
  var line: Data {
    var members: [String: Any] = [
      Member.name.rawValue: key.name,
      Member.id.rawValue: key.id,
      Member.hash.rawValue: AccessSecret.hexadecimal(hash),
      Member.rights.rawValue: AccessRight.allCases.filter(key.rights.contains).map(\.rawValue),
      Member.created.rawValue: key.createdAt.description,
    ]
    members[Member.scope.rawValue] = key.scope
    members[Member.expires.rawValue] = key.expiresAt?.description
    members[Member.rate.rawValue] = key.rate?.description
    // Texts and lists of texts are always JSON, and line breaks in them are escaped.
    return
      (try? JSONSerialization.data(withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes]))
      ?? Data()
  }

  private static func optionalText(_ members: [String: Any], _ member: Member) throws(Problem) -> String? {
    guard let value = members[member.rawValue] else { return nil }
    guard let text = value as? String else { throw Problem(text: "\(member.rawValue): it must be a text") }
    return text
  }

  private static func text(_ members: [String: Any], _ member: Member) throws(Problem) -> String {
    guard let text = try optionalText(members, member) else {
      throw Problem(text: "\(member.rawValue): it is missing")
    }
    return text
  }

  private static func optional<T>(
    _ members: [String: Any], _ member: Member, _ read: (String, Member) throws(Problem) -> T
  ) throws(Problem) -> T? {
    guard let text = try optionalText(members, member) else { return nil }
    return try read(text, member)
  }

  /// A text of the file in a message, which may be logged. What looks like a secret is not repeated.
  private static func quoted(_ text: String) -> String {
    text.contains(AccessSecret.prefix) ? "“\(AccessSecret.prefix)…”" : "“\(text.prefix(64))”"
  }

  private static func rights(_ members: [String: Any]) throws(Problem) -> Set<AccessRight> {
    guard let names = members[Member.rights.rawValue] as? [String] else {
      throw Problem(text: "rights: it must be a list of texts")
    }
    var rights: Set<AccessRight> = []
    for name in names {
      guard let right = AccessRight(rawValue: name) else {
        throw Problem(text: "rights: there is no right \(quoted(name))")
      }
      rights.insert(right)
    }
    return rights
  }

  private static func time(_ text: String, _ member: Member) throws(Problem) -> Timestamp {
    guard let time = Timestamp(text) else { throw Problem(text: "\(member.rawValue): it must be a time") }
    return time
  }

  private static func rate(_ text: String, _ member: Member) throws(Problem) -> RequestRate {
    guard let rate = RequestRate(text) else {
      throw Problem(text: "\(member.rawValue): it must be a rate such as 50/s or 600/min:1000")
    }
    return rate
  }
}
