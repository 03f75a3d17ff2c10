// Brings records of a program into an index: load-records INDEX
//
// A record is a JSON object with the members of Bindbee's candidate. Only `id` is required. Loading the same records again
// changes nothing, so that a job can be repeated after a failure.

import CandidateSearch
import Foundation

/// A person as this program knows them.
struct Applicant: Encodable {
  var id: String
  var firstName: String
  var lastName: String
  var title: String
  var tags: [String] = []
  var lastInteractionAt: Date
  var canEmail: Bool?
}

let applicants = [
  Applicant(
    id: "1", firstName: "Zoë", lastName: "Fairweather", title: "Registered Nurse", tags: ["JUNIOR"],
    lastInteractionAt: Date(timeIntervalSince1970: 1_700_000_000), canEmail: true),
  Applicant(
    id: "2", firstName: "太郎", lastName: "山田", title: "Software Engineer",
    lastInteractionAt: Date(timeIntervalSince1970: 1_600_000_000)),
]

guard CommandLine.arguments.count == 2 else {
  print("usage: load-records INDEX")
  exit(2)
}

let encoder = JSONEncoder()
// A record is compared byte for byte, so that its members need a fixed order.
encoder.outputFormatting = .sortedKeys
encoder.keyEncodingStrategy = .convertToSnakeCase
encoder.dateEncodingStrategy = .iso8601

let decoder = CandidateDecoder()
let candidates = try applicants.map { try decoder.decode(bytes: Array(encoder.encode($0))) }
let index = try CandidateIndex(path: CommandLine.arguments[1], access: .writing)
// Ids are unique within a connector, so that records of several sources do not replace one another.
let summary = try index.ingest(candidates, connector: "careers-site")
print("added \(summary.added), updated \(summary.updated), unchanged \(summary.unchanged)")
