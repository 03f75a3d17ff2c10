import CandidateModel
import CandidateQuery
import TextAnalysis

/// The columns of the index that hold what people read.
enum TextColumn: String, CaseIterable, Sendable {
  case name, company, title, location, tag, email

  /// Its place among the columns of text.
  var index: Int {
    switch self {
    case .name: 0
    case .company: 1
    case .title: 2
    case .location: 3
    case .tag: 4
    case .email: 5
    }
  }

  /// What a candidate says there.
  func values(of candidate: Candidate) -> [String] {
    switch self {
    case .name: [candidate.fullName]
    case .company: [candidate.company].compactMap(\.self)
    case .title: [candidate.title].compactMap(\.self)
    case .location: candidate.locations
    case .tag: candidate.tags
    case .email: candidate.emailAddresses
    }
  }

  /// How its values are analysed.
  var textKind: TextKind { self == .email ? .address : .prose }

  /// The kind of the keys of whole values, where people search by them. Tags have keys of their own.
  var wholeValueKey: TermPrefix? {
    switch self {
    case .name: .name
    case .company: .company
    case .title: .title
    case .location: .location
    case .tag, .email: nil
    }
  }

  /// The field of the query language whose words stand here.
  var field: Field.ID {
    switch self {
    case .name: .name
    case .company: .company
    case .title: .title
    case .location: .location
    case .tag: .tag
    case .email: .email
    }
  }
}
