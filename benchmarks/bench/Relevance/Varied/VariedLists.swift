import Foundation

/// The names and words in `benchmarks/relevance`, which no table of the product was made from.
///
/// A line is `kind: entry entry`. An entry contains the forms of one thing, separated by `=` or `|`, the first as a
/// record contains it; an underscore is a space. Lines of one kind belong together; `#` begins a comment.
struct VariedLists: Sendable {
  static let files = ["census", "nicknames", "scripts", "spellings", "typing-errors", "words"]

  private let entries: [String: [[String]]]

  /// Reads all files of a folder.
  init(folder: String) throws {
    let texts = try Self.files.map { name in
      let path = "\(folder)/\(name).txt"
      do {
        return try String(contentsOfFile: path, encoding: .utf8)
      } catch {
        throw FileFailure("\(path): cannot be read: \(error.localizedDescription)")
      }
    }
    try self.init(text: texts.joined(separator: "\n"))
  }

  init(text: String) throws {
    var entries: [String: [[String]]] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let colon = line.firstIndex(of: ":") else {
        throw FileFailure("a line of the lists has no kind: \(line.prefix(60))")
      }
      entries[String(line[..<colon]), default: []] += line[line.index(after: colon)...].split(separator: " ")
        .map(Self.forms)
    }
    self.entries = entries
  }

  /// The entries of a kind, each with all its forms; empty if no line has the kind.
  func entries(_ kind: String) -> [[String]] { entries[kind] ?? [] }

  /// All forms of the entries of a kind that have this form.
  func forms(_ kind: String, with form: String) -> [String] {
    entries(kind).filter { $0.contains(form) }.flatMap { $0 }
  }

  private static func forms(_ entry: Substring) -> [String] {
    entry.split { $0 == "=" || $0 == "|" }.map { String($0.replacing("_", with: " ")) }
  }
}

/// Draws names and words at random.
struct VariedDraw {
  let lists: VariedLists
  var random: QueryRandom

  /// All forms of an entry of a kind.
  mutating func forms(_ kind: String) -> [String] { lists.entries(kind).randomElement(using: &random) ?? [] }

  /// The first form of an entry of a kind.
  mutating func word(_ kind: String) -> String { forms(kind).first ?? "" }

  /// A form as a record contains it, and another form of the same entry, either first.
  mutating func twoForms(_ kind: String) -> VariedForms {
    let forms = forms(kind).shuffled(using: &random)
    return VariedForms(recorded: forms.first ?? "", typed: forms.dropFirst().first ?? "")
  }

  /// The first form of an entry, which a record contains, and another one.
  mutating func typedForm(_ kind: String) -> VariedForms {
    let forms = forms(kind)
    return VariedForms(
      recorded: forms.first ?? "", typed: forms.dropFirst().randomElement(using: &random) ?? "")
  }

  mutating func chance() -> Bool { Bool.random(using: &random) }

  mutating func givenName() -> String { word(chance() ? "men" : "women") }

  mutating func surname() -> String { word("surnames") }

  mutating func typedTitle() -> String { word("titles") }

  mutating func city() -> String { word("cities") }
}

/// One thing as a record contains it and as it is typed.
struct VariedForms: Equatable {
  var recorded: String
  var typed: String
}
