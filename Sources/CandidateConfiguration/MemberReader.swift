/// Reads tables by the members of their sections. A member that no section has is an error: it would be taken for left
/// out.
struct MemberReader {
  /// The path of the file; nil for a variable.
  private let path: String?
  private let variable: String?
  private let isJSON: Bool
  /// What relative paths are relative to; nil for the working folder.
  private let folder: String?
  /// The object that is read; a JSON file has no places.
  private var context = ""

  /// Reads a file.
  init(path: String, isJSON: Bool, folder: String) {
    self.path = path
    variable = nil
    self.isJSON = isJSON
    self.folder = folder
  }

  /// Reads the value of a variable of the environment.
  init(variable: String) {
    path = nil
    self.variable = variable
    isJSON = false
    folder = nil
  }

  func absolute(_ path: String) -> String {
    guard let folder, !path.hasPrefix("/") else { return path }
    return folder + (folder.hasSuffix("/") ? "" : "/") + path
  }

  /// Where a value that is read comes from.
  func source(of value: ConfigurationValue) -> ConfigurationSource {
    if let path { return .file(path: path, value.place) }
    return variable.map { .variable($0) } ?? .standard
  }

  func inside(_ context: String) -> MemberReader {
    var reader = self
    reader.context = context
    return reader
  }

  private func error(_ problem: String, at place: ConfigurationError.Place?) -> ConfigurationError {
    ConfigurationError(context.isEmpty ? problem : "\(context): \(problem)", path: path, at: place)
  }

  private func name<Root>(of member: Member<Root>) -> String? { isJSON ? member.jsonName : member.name }

  func read<Root: ConfigurationSection>(_ table: ConfigurationTable) throws(ConfigurationError) -> Root {
    let members = Root.members
    var root = Root()
    var choices: Set<String> = []
    for entry in table.members {
      guard let member = members.first(where: { name(of: $0) == entry.name }) else {
        throw error(unknown(entry.name, members), at: entry.place)
      }
      guard choices.insert(member.choice).inserted else {
        throw error("give one of \(names(of: member.choice, members, "and"))", at: entry.place)
      }
      guard try member.set(&root, entry.value, self) else {
        throw error("\(entry.name): it must be \(member.type)", at: entry.value.place)
      }
    }
    if let missing = members.first(where: { $0.isRequired && !choices.contains($0.choice) }) {
      throw error("it has no \(names(of: missing.choice, members, "or"))", at: table.place)
    }
    if let problem = root.problem {
      let tables = table[problem.member]?.tables ?? []
      let wrong = tables.indices.contains(problem.element) ? tables[problem.element] : table
      throw error(problem.text, at: wrong.place)
    }
    return root
  }

  /// The members of a choice: `a, b and c`.
  private func names<Root>(of choice: String, _ members: [Member<Root>], _ last: String) -> String {
    let names = members.filter { $0.choice == choice }.compactMap(name)
    return names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " \(last) " + (names.last ?? "")
  }

  private func unknown<Root>(_ entry: String, _ members: [Member<Root>]) -> String {
    // What is no name may be a secret in a wrong place.
    let isName =
      entry.utf8.count <= 40
      && entry.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz_-".utf8.contains($0 | 0x20) || $0 == 0x5F }
    let problem = isName ? "there is no member “\(entry)”" : "there is no member of this name"
    let otherNames = members.first { $0.name == entry || $0.jsonName == entry }
    let suggestion = otherNames.flatMap(name) ?? Spelling.closest(to: entry, among: members.compactMap(name))
    return problem + (suggestion.map { "; did you mean “\($0)”?" } ?? "")
  }
}

/// Finds what a misspelled name may have meant.
enum Spelling {
  private static let maximumLength = 64

  /// The name with the fewest differences, if at most a third of its letters differ.
  static func closest(to text: String, among names: [String]) -> String? {
    guard text.utf8.count <= maximumLength else { return nil }
    let distances = names.map { (name: $0, distance: distance(text, $0)) }
    return distances.filter { $0.distance <= max(1, $0.name.utf8.count / 3) }.min {
      $0.distance < $1.distance
    }?.name
  }

  /// The edit distance (Levenshtein), in bytes.
  private static func distance(_ a: String, _ b: String) -> Int {
    let b = Array(b.utf8)
    var row = Array(0...b.count)
    for (i, byte) in a.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substitution = diagonal + (byte == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
