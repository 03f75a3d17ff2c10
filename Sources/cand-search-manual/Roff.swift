import ArgumentParser

/// A day in the form 2026-11-26.
struct PageDate: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    guard argument.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil else { return nil }
    text = argument
  }
}

/// The source of a manual page in the macros of man(7).
///
/// All text is escaped: as what it says, no text is a request, a macro or an escape sequence. Lines are shorter than 80
/// bytes, and ASCII alone.
struct Roff {
  /// The font of a part of a line.
  enum Font: String {
    case roman = "R"
    case bold = "B"
    case italic = "I"
  }

  /// A part of a line.
  struct Span {
    let text: String
    let font: Font

    static func plain(_ text: String) -> Span { Span(text: text, font: .roman) }
    static func bold(_ text: String) -> Span { Span(text: text, font: .bold) }
    static func italic(_ text: String) -> Span { Span(text: text, font: .italic) }
    /// The name of another page, with its section.
    static func page(_ name: String, _ section: Int) -> [Span] { [.bold(name), .plain("(\(section))")] }
  }

  private static let maximumLineLength = 78

  private var lines: [String]

  /// The page as a file.
  var source: String { lines.joined(separator: "\n") + "\n" }

  init(name: String, section: Int, date: PageDate, source: String, manual: String) {
    let arguments =
      [Self.argument(name.uppercased()), "\(section)", date.text] + [source, manual].map(Self.argument)
    // Neither hyphens nor wide spaces: examples of commands are shown as they are typed.
    lines = [".TH " + arguments.joined(separator: " "), ".nh", ".ad l"]
  }

  mutating func section(_ title: String) { lines.append(".SH " + Self.argument(title)) }

  /// A paragraph; the first of a section follows its title.
  mutating func paragraph(_ spans: [Span]) {
    if lines.last?.hasPrefix(".SH ") != true { lines.append(".PP") }
    text(spans)
  }

  /// A term, and indented under it what it means.
  mutating func item(_ term: [Span], _ meaning: [Span]) {
    lines.append(".TP")
    // A term is one line of input.
    lines += Self.cut(Array(Self.words(term).joined(separator: [" "])))
    text(meaning.allSatisfy(\.text.isEmpty) ? [.plain("-")] : meaning)
  }

  /// Lines that are not filled.
  mutating func example(_ text: String) {
    lines += [".PP", ".in +4n", ".EX"]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines += Self.cut(line.unicodeScalars.map(Self.escape))
    }
    lines += [".EE", ".in"]
  }

  private mutating func text(_ spans: [Span]) {
    var line: [String] = []
    for word in Self.words(spans) {
      if !line.isEmpty, Self.length(line) + 1 + Self.length(word) > Self.maximumLineLength {
        lines += Self.cut(line)
        line = []
      }
      line += (line.isEmpty ? [] : [" "]) + word
    }
    if !line.isEmpty { lines += Self.cut(line) }
  }

  // MARK: - Escaping

  /// The text as an argument of a macro.
  private static func argument(_ text: String) -> String {
    "\"" + text.unicodeScalars.map(escape).joined() + "\""
  }

  /// The words of a text, each as pieces that must not be cut.
  private static func words(_ spans: [Span]) -> [[String]] {
    var words: [[String]] = []
    var word: [String] = []
    var font = Font.roman
    func endWord() {
      if font != .roman { word[word.count - 1] += "\\fR" }
      if !word.isEmpty { words.append(word) }
      (word, font) = ([], .roman)
    }
    for span in spans {
      for scalar in span.text.unicodeScalars {
        if scalar.properties.isWhitespace {
          endWord()
        } else {
          word.append((span.font == font ? "" : "\\f\(span.font.rawValue)") + escape(scalar))
          font = span.font
        }
      }
    }
    endWord()
    return words
  }

  /// The line, cut where it is too long: what follows a backslash at the end continues it.
  private static func cut(_ pieces: [String]) -> [String] {
    var lines = [""]
    for piece in pieces {
      if lines[lines.count - 1].utf8.count + piece.utf8.count > maximumLineLength {
        lines[lines.count - 1] += "\\"
        lines.append("")
      }
      lines[lines.count - 1] += piece
    }
    // A line that begins with a point would be a request.
    return lines.map { $0.hasPrefix(".") ? "\\&" + $0 : $0 }
  }

  private static func length(_ pieces: [String]) -> Int { pieces.reduce(0) { $0 + $1.utf8.count } }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\\": "\\e"
    case "-": "\\-"
    case "'": "\\(aq"
    case "\"": "\\(dq"
    case "`": "\\(ga"
    case "^": "\\(ha"
    case "~": "\\(ti"
    case " "..."~": String(scalar)
    case _ where scalar.properties.generalCategory == .control: " "
    default: "\\[u" + hexadecimal(scalar) + "]"
    }
  }

  /// At least four digits.
  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
