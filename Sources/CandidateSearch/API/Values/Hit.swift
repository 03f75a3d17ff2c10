import CandidateModel
import CandidateQuery
import Synchronization

/// A candidate that a search found.
public struct Hit: Sendable, Hashable {
  /// One reference, so that a hit is cheap to copy.
  private let content: Content

  /// The candidate.
  public var candidate: Candidate { content.candidate }
  /// The name of the connector that the record comes from; empty if it has none.
  public var connector: String { content.connector }
  /// The tier that found it.
  public var tier: Tier { content.tier }

  /// - Parameter explainer: What shows why the candidate was found; nil if no query found it.
  init(candidate: Candidate, connector: String, tier: Tier, explainer: (any HitExplainer)? = nil) {
    content = Content(candidate: candidate, connector: connector, tier: tier, explainer: explainer)
  }

  /// Why the candidate was found by other words than those that were typed, in a few words: by a synonym, an occupation, a
  /// relaxed tier, or other forms of words ("Bob is short for Robert; also written Müller"). Nil in any other tier, and
  /// where no rule can be told. Of other forms at most three are stated: typed words as they were typed, other words as the
  /// candidate contains them.
  ///
  /// Computed at the first call. For a synonym that takes some ten microseconds; for other forms a time that is linear in
  /// the length of the candidate's values, which are analysed, and in the number of typed words.
  public var reason: String? { content.reason }

  /// The matching values and ranges. Computed at the first call, in some ten microseconds.
  public var highlights: [Highlight] { content.highlights }

  /// Whether two hits are of the same candidate with the same record, and in the same tier.
  public static func == (a: Hit, b: Hit) -> Bool {
    a.candidate == b.candidate && a.connector == b.connector && a.tier == b.tier
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(candidate)
    hasher.combine(connector)
    hasher.combine(tier)
  }

  private final class Content: Sendable {
    let candidate: Candidate
    let connector: String
    let tier: Tier
    private let explainer: (any HitExplainer)?
    private let computed = Mutex(Computed())

    /// What was computed; nil where it was not requested yet.
    private struct Computed {
      var reason: String??
      var highlights: [Highlight]?
    }

    init(candidate: Candidate, connector: String, tier: Tier, explainer: (any HitExplainer)?) {
      self.candidate = candidate
      self.connector = connector
      self.tier = tier
      self.explainer = explainer
    }

    var reason: String? {
      computed.withLock { computed in
        if let reason = computed.reason { return reason }
        let reason = explainer?.reason(of: candidate)
        computed.reason = .some(reason)
        return reason
      }
    }

    var highlights: [Highlight] {
      computed.withLock { computed in
        if let highlights = computed.highlights { return highlights }
        let highlights = explainer?.highlights(in: candidate) ?? []
        computed.highlights = highlights
        return highlights
      }
    }
  }
}

/// Shows why hits were found.
protocol HitExplainer: AnyObject, Sendable {
  /// The reason of a hit, as `Hit.reason`.
  func reason(of candidate: Candidate) -> String?
  func highlights(in candidate: Candidate) -> [Highlight]
}

/// Where a query matches in a candidate.
public struct Highlight: Sendable, Hashable {
  /// The field; of a name, its first or last name.
  public let field: Field.ID
  /// Which of the field's values, from 0.
  public let value: Int
  /// The ranges in that value, in bytes of UTF-8; in order, not overlapping, none empty.
  public let ranges: [Range<Int>]

  /// The value in a candidate; empty if the candidate has no such value.
  public func text(in candidate: Candidate) -> String {
    let values = candidate.values(of: field)
    return values.indices.contains(value) ? values[value] : ""
  }

  /// Ranges of a value of a field.
  public init(field: Field.ID, value: Int, ranges: [Range<Int>]) {
    self.field = field
    self.value = value
    self.ranges = ranges
  }
}
