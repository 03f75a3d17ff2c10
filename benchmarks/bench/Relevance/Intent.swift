/// What somebody who typed a query wants: a candidate is a right answer if it meets every condition. Several may.
struct Intent: Codable, Equatable {
  struct Condition: Codable, Equatable {
    enum Match: String, Codable {
      /// All words stand in one value of the field.
      case words
      /// A value of the field is this, word by word.
      case whole
      /// A value of the field begins so.
      case beginning
    }

    var field: JudgedField
    var match: Match
    /// Any of these.
    var texts: [String]
  }

  var conditions: [Condition]

  func isMet(by record: CorpusRecord) -> Bool {
    !conditions.isEmpty && conditions.allSatisfy { $0.isMet(by: record) }
  }
}

extension Intent.Condition {
  init(_ field: JudgedField, _ match: Match, _ texts: String...) {
    self.init(field: field, match: match, texts: texts)
  }

  func isMet(by record: CorpusRecord) -> Bool {
    let wanted = texts.map(RecordText.words).filter { !$0.isEmpty }
    return record.values(field).map(RecordText.words).contains { found in
      wanted.contains { isMet($0, by: found) }
    }
  }

  private func isMet(_ wanted: [String], by found: [String]) -> Bool {
    switch match {
    case .words: Set(wanted).isSubset(of: found)
    case .whole: wanted == found
    case .beginning: found.joined(separator: " ").hasPrefix(wanted.joined(separator: " "))
    }
  }
}
