import CandidateTime

/// Queries that a program builds, without a text that must be quoted and parsed:
///
/// ```swift
/// try index.search(.tag("JUNIOR") && .text("engineer") && !.isPrivate)
/// ```
extension Query {
  /// Words in a name.
  public static func name(_ words: QueryText) -> Query { .words(.name, words) }
  /// Words in a company.
  public static func company(_ words: QueryText) -> Query { .words(.company, words) }
  /// Words in a title.
  public static func title(_ words: QueryText) -> Query { .words(.title, words) }
  /// Words in a location.
  public static func location(_ words: QueryText) -> Query { .words(.location, words) }
  /// A whole tag, whatever its case.
  public static func tag(_ tag: String) -> Query { .whole(.tag, tag) }
  /// A whole e-mail address, whatever its case.
  public static func email(_ address: String) -> Query { .whole(.email, address) }
  /// The connector that a record came through.
  public static func connector(_ name: String) -> Query { .whole(.connector, name) }
  /// The record's id.
  public static func id(_ id: String) -> Query { .whole(.id, id) }

  /// Candidates who may be e-mailed; not those of whom it is unknown.
  public static var canEmail: Query { .flag(.canEmail, true) }
  /// Private candidates; not those of whom it is unknown.
  public static var isPrivate: Query { .flag(.isPrivate, true) }

  /// A last interaction from a moment, inclusive, until another, exclusive; nil leaves an end open.
  public static func lastInteraction(from: Timestamp? = nil, until: Timestamp? = nil) -> Query {
    .time(.lastInteraction, TimeRange(from: from, until: until))
  }

  /// Both of these.
  public static func && (a: Query, b: Query) -> Query { .and(a.conjuncts + b.conjuncts) }
  /// One of these, or both.
  public static func || (a: Query, b: Query) -> Query { .or(a.disjuncts + b.disjuncts) }
  /// Not this.
  public static prefix func ! (query: Query) -> Query {
    if case .not(let inner) = query { inner } else { .not(query) }
  }

  private var conjuncts: [Query] { if case .and(let parts) = self { parts } else { [self] } }
  private var disjuncts: [Query] { if case .or(let parts) = self { parts } else { [self] } }
}

extension QueryText: ExpressibleByStringLiteral {
  /// Creates a text. It is not parsed: quotes and stars in it are part of it.
  public init(stringLiteral words: String) { self.init(words) }
}
