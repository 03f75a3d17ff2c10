import Foundation

/// The queries that are measured, in classes, each in every engine's words.
struct QueryMix: Decodable {
  struct Entry: Decodable {
    /// What kind of query it is.
    var `class`: String
    /// As we are asked.
    var query: String
    /// As the peers are, where `forms` does not say otherwise.
    var peers: String
    var forms: [String: String]?
    /// Why a peer finds another number of candidates, by its key.
    var differs: [String: String]?

    /// The query in the words of an engine.
    func form(_ engine: Engine) -> String { engine.isOurs ? query : forms?[engine.key] ?? peers }
  }

  var queries: [Entry]

  init(path: String) throws {
    do {
      self = try JSONDecoder().decode(QueryMix.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw FileFailure("\(path): not a query mix: \(error)")
    }
    guard !queries.isEmpty else { throw FileFailure("\(path): holds no query") }
  }

  /// The classes, in the order of the file.
  var classes: [String] {
    queries.map(\.class).reduce(into: []) { classes, name in
      if !classes.contains(name) { classes.append(name) }
    }
  }

  /// One query of each class: where many must be asked in a short time.
  var sample: [Entry] { classes.compactMap { name in queries.first { $0.class == name } } }
}
