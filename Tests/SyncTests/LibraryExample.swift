import BindbeeClient
import CandidateSearch
import CandidateSync

func syncGreenhouse(
  into index: CandidateIndex, key: String, token: String, from api: String = BindbeeAccess.Region.eu.baseURL
) async throws -> SyncSummary {
  let access = try BindbeeAccess(apiKey: key, connectorToken: token, baseURL: api)
  return try await index.sync(connector: "greenhouse", from: BindbeeClient(access)) { event in
    if case .refused(let refusal) = event { print(refusal) }
  }
}
