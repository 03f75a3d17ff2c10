import AccessKeys
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// What each key may do, for every operation of the table.
@Suite struct RightTests {
  private static let record = #"{"id":"c-1","first_name":"Ann","email_addresses":["ann@doe.example"]}"#

  /// Sends a request of an operation.
  static func answer(
    _ server: TestServer, _ operation: Operation, _ fields: [String], seed: UInt64 = 1,
    formToken: String? = nil
  ) async throws -> Wire.Answer {
    var generator = RequestGenerator(
      random: SplitMix64(state: seed), candidates: [("greenhouse", "c-1")], makesErrors: false)
    var request = try generator.request(for: operation)
    if let formToken, request.isForm {
      request.parameters.removeAll { $0.name == "csrf" }
      request.parameters.append(("csrf", .text(formToken)))
    }
    return try await server.answer(
      request.method, request.target, request.fields + fields, body: request.bytes ?? [])
  }

  @Test(.mustEnd) func everyOperationNeedsItsRight() async throws {
    let keys = try TestKeys()
    let all = Set(AccessRight.allCases)
    var only: [AccessRight: String] = [:]
    var allBut: [AccessRight: String] = [:]
    for right in AccessRight.allCases {
      only[right] = try keys.add("only \(right)", [right])
      allBut[right] = try keys.add("all but \(right)", all.subtracting([right]))
    }
    let (fields, others) = (only, allBut)
    try await withServer { options, folder in
      options.keysPath = keys.file.path
      options.logPath = folder.file("log.db")
    } _: { server in
      let upload = try await server.answer(
        "POST", "/v1/candidates/greenhouse", [fields[.write] ?? ""], body: Array(Self.record.utf8))
      #expect(upload.object["added"] as? Int == 1)
      var rights: Set<AccessRight> = []
      @Sendable func session(_ rights: Set<AccessRight>) async throws -> BrowserSession {
        let name = "session \(try keys.file.list().count)"
        return try await BrowserSession(server, key: try keys.file.add(name: name, rights: rights).secret)
      }
      for operation in OperationTable.all {
        let further = Set(operation.furtherRights)
        switch operation.access {
        case .open:
          // Forms without a token of theirs are refused.
          let expected = operation.body == nil ? 200 : 403
          #expect(try await Self.answer(server, operation, []).status == expected, "\(operation.id)")
        case .session(let right):
          let with = try await session(further.union([.search, right]))
          let token = try await with.formToken()
          let answer = try await Self.answer(server, operation, [with.field], formToken: token)
          #expect([200, 404].contains(answer.status), "\(operation.id): \(answer.status) \(answer.text)")
          for missing in further.union([right]) where missing != .search {
            let without = try await session(all.subtracting([missing]))
            let refused = try await Self.answer(server, operation, [without.field], formToken: token)
            #expect(refused.status == 403, "\(operation.id) without \(missing): \(refused.status)")
          }
          let none = try await Self.answer(server, operation, fields.values.sorted())
          #expect(none.status == (operation.audience == .people ? 303 : 401), "\(operation.id)")
        case .signature:
          for key in fields.values {
            let answer = try await Self.answer(server, operation, [key])
            #expect(answer.status == 401 && answer.problem == "wrong-signature", "\(operation.id)")
          }
        case .right(let right):
          rights.insert(right)
          let key = further.isEmpty ? fields[right] : try keys.add(operation.id, further.union([right]))
          let with = try await Self.answer(server, operation, [key ?? ""])
          #expect([200, 202, 204, 404].contains(with.status), "\(operation.id): \(with.status) \(with.text)")
          let without = try await Self.answer(server, operation, [others[right] ?? ""])
          #expect(without.status == 403 && without.problem == "right-missing", "\(operation.id)")
          let none = try await Self.answer(server, operation, [])
          #expect(none.status == 401 && none.problem == "key-missing", "\(operation.id)")
          let unknown = try await Self.answer(
            server, operation, ["Authorization: Bearer cs_\(String(repeating: "a", count: 43))"])
          #expect(unknown.status == 401 && unknown.problem == "key-refused", "\(operation.id)")
        }
      }
      #expect(rights == all.subtracting([.contacts]), "that belongs to no operation alone")
    }
  }

  /// Requests whose answers would show contacts or depend on them, and the status without the right.
  private static let contacts: [(method: String, path: String, body: String, status: Int)] = [
    ("GET", "/v1/search?q=ann&facet=is_private", "", 200), ("GET", "/v1/search?q=doe.example", "", 200),
    ("GET", "/v1/search?q=email:ann", "", 400), ("GET", "/v1/search?q=has:email", "", 400),
    ("POST", "/v1/search", #"{"q":"ann@doe.example"}"#, 200),
    ("GET", "/v1/suggest?q=ann@", "", 200), ("GET", "/v1/candidates/greenhouse/c-1", "", 200),
    ("POST", "/v1/lookup", #"{"items":[{"id":"c-1"},{"email":"ann@doe.example"}]}"#, 403),
    ("POST", "/v1/lookup", #"{"items":[{"phone":"5550123"}]}"#, 403),
    ("POST", "/v1/lookup", #"{"items":[{"url":"doe.example"}]}"#, 403), ("GET", "/v1/stats", "", 200),
  ]

  @Test func contactsNeedTheirRight() async throws {
    let keys = try TestKeys()
    let write = try keys.add("write", [.write])
    let with = try keys.add("with", [.search, .records, .contacts])
    let without = try keys.add("without", [.search, .records])
    try await withServer { options, _ in
      options.keysPath = keys.file.path
    } _: { server in
      _ = try await server.answer(
        "POST", "/v1/candidates/greenhouse", [write], body: Array(Self.record.utf8))
      for (method, path, body, status) in Self.contacts {
        let name = "\(path) \(body)"
        let answer = try await server.answer(method, path, [without], body: Array(body.utf8))
        #expect(answer.status == status, "\(name): \(answer.text)")
        let hits = (answer.object["hits"] as? [[String: Any]]) ?? []
        #expect(!"\(hits)".contains("doe.example") && !answer.text.contains("email_addresses"), "\(name)")
        let complete = try await server.answer(method, path, [with], body: Array(body.utf8))
        #expect(complete.status == 200, "\(name): \(complete.text)")
      }
      let found = try await server.answer("GET", "/v1/search?q=doe.example", [with])
      #expect(found.text.contains("ann@doe.example"))
    }
  }

  /// No key with a filter changes or reads what is outside of it.
  @Test(arguments: AccessRight.allCases) func someRightsAreOfKeysWithoutAFilter(_ right: AccessRight) throws {
    let keys = try TestKeys()
    let isPermitted = ![.write, .forget, .log, .metrics].contains(right)
    if isPermitted {
      _ = try keys.add("key", [right], scope: "tag:x")
    } else {
      #expect(throws: AccessKeyError.rightsWithScope([right])) {
        try keys.add("key", [.search, right], scope: "tag:x")
      }
    }
  }

  /// A scope that the index cannot evaluate shows nothing, and does not blame the query.
  @Test func aScopeThatCannotBeEvaluatedRefusesTheKey() async throws {
    let keys = try TestKeys()
    let scope = "-custom.clearance:secret"
    let key = try keys.add("key", [.search, .records, .contacts, .export], scope: scope)
    try await withServer { options, _ in
      options.keysPath = keys.file.path
    } _: { server in
      for operation in OperationTable.all {
        guard case .right(let right) = operation.access, right.permitsScope else { continue }
        let answer = try await Self.answer(server, operation, [key])
        #expect(answer.status == 401 && answer.problem == "key-refused", "\(operation.id): \(answer.text)")
        #expect(!answer.text.contains("clearance"), "\(operation.id): \(answer.text)")
      }
    }
  }
}
