import CandidateSearch

extension IndexStatistics {
  /// All statistics, without those that the scope hides.
  public var jsonMembers: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [("candidates", .number(candidates))]
    members += privateCandidates.map { [("private", .number($0))] } ?? []
    members += [
      ("emailable", .number(emailable)),
      ("connectors", .object(byConnector.map { ($0.name, .number($0.candidates)) })),
      ("syncs", .list(syncs.map { $0.json(isRunning: syncing.contains($0.connector)) })),
      ("newest", JSONValue(newest)),
      ("oldest", JSONValue(oldest)),
    ]
    if let fileBytes { members += storageMembers(fileBytes) }
    if let compressesRecords {
      members += [
        ("compressed", .bool(compressesRecords)),
        ("dictionary_bytes", dictionaryBytes.map { .number($0) } ?? .null),
      ]
    }
    return members + [
      ("schema_version", .number(schemaVersion)),
      ("document_version", .number(documentVersion)),
      ("unicode_version", unicodeVersion.map { .string($0.description) } ?? .null),
      ("\(engine.name.lowercased())_version", .string(engine.version)),
    ]
  }

  private func storageMembers(_ fileBytes: Int) -> [(String, JSONValue)] {
    [
      ("file_bytes", .number(fileBytes)),
      ("parts", .object(parts.map { ($0.name, .number($0.bytes)) })),
      (
        "bytes_per_candidate",
        .object(parts.map { ($0.name, .decimal($0.bytes(perCandidateOf: candidates))) })
      ),
    ]
  }
}

extension SyncStatus {
  /// The status, without what the scope hides.
  public func json(isRunning: Bool) -> JSONValue {
    let counts: [(String, Int?)] = [
      ("added", added), ("updated", updated), ("unchanged", unchanged), ("refused", refused),
      ("removed", removed), ("to_request_again", toRequestAgain),
    ]
    return .object(
      [
        ("connector", .string(connector)),
        ("kind", .string(kind.rawValue)),
        ("begun_at", JSONValue(begunAt)),
        ("ended_at", JSONValue(endedAt)),
        ("running", .bool(isRunning)),
        ("ending", outcome.map { .string($0.description) } ?? .null),
        ("fresh_at", JSONValue(freshAt)),
      ] + (added == nil ? [] : [("mark", JSONValue(mark))])
        + counts.compactMap { name, count in count.map { (name, .number($0)) } })
  }
}

extension JSONValue {
  /// A time in ISO 8601; null if there is none.
  public init(_ time: Timestamp?) { self = time.map { .string($0.description) } ?? .null }
}
