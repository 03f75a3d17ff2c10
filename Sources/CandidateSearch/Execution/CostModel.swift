/// What the steps of a search cost, as measured, and the limits that follow from it. These numbers decide how fast an
/// answer comes, and never what it is.
struct CostModel: Sendable {
  /// The model for the usual machine.
  static let standard = CostModel()

  /// The model for postings in another process: none are kept in memory.
  static let withoutPostings = {
    var costs = CostModel()
    costs.maximumSmallResult = 0
    costs.minimumSlowTypedStep = .max
    costs.minimumSlowStep = .max
    return costs
  }()

  // MARK: Ranking in memory

  /// Decoding one record costs about as much as this many steps in a posting list.
  var postingStepsPerRecord = 100.0
  /// At most this many hits of the typed tiers are ranked in memory instead of tier by tier.
  var maximumSmallResult = 100

  /// The time, in microseconds, of a step of a typed tier that shows that the next ones are slow, too: then it is tried
  /// whether they have few hits together.
  var minimumSlowTypedStep = 500

  // MARK: Bitsets

  /// The minimum time of a step, in microseconds, before bitsets are considered for it.
  var minimumSlowStep = 20
  /// A bitset is built in slices of this many postings.
  var postingsInSlice = 2_000
  /// The time, in microseconds, that searches have spent on a query before a slice of its bitset is read, which takes about
  /// three times as long at most.
  var minimumSpent = 50
  /// A search builds bitsets for at most this many times as long as its slowest step took. The bitsets of two terms take
  /// about as long as FTS5 takes to find that they never occur together, and each is of use to other queries.
  var buildingFactor = 8
  /// A search builds bitsets for at most this many microseconds, and one slice.
  var maximumBuildingTime = 10_000
  /// The docids of all candidates are read at about this many in a microsecond.
  var docidsPerMicrosecond = 45
  /// They are read once the slow steps of a generation have taken one in this many parts of the time for it: all later
  /// bitsets need them.
  var docidsShare = 4
  /// Finding all occurrences of a phrase takes about a microsecond for this many postings of its words.
  var comparedPostingsPerMicrosecond = 50
  /// The maximum size of all bitsets, in bytes. One of a million candidates takes 125 KB at most.
  var maximumBitsetBytes = 64 << 20
  /// Queries of more parts are not evaluated with bitsets: each of many terms is rare, and posting lists are as fast.
  var maximumBitsetParts = 64
  /// At most this many postings of a part are read during a search that has bitsets of the other parts.
  var maximumRareCount = 1_000
  /// At most this many candidates are compared with a query on their documents: each takes about 10 µs.
  var maximumVerified = 6
  /// The maximum number of documents that are remembered, and the maximum size of one of them, in bytes.
  var maximumDocuments = 1_000
  var maximumDocumentBytes = 8_192
  /// The maximum number of queries that have bitsets, and of those whose cost is recorded.
  var maximumRecordedTerms = 10_000

  // MARK: Facets

  /// The maximum size of all facet indexes, in bytes, unless a single one is larger. All facets of a million candidates
  /// take about 65 MB.
  var maximumFacetBytes = 256 << 20
  /// Records are read instead of building a facet index while they are fewer than one in this many of all.
  var candidatesPerRecordRead = 50

  // MARK: Diagnosis

  /// At most this many matches are visited to diagnose an empty result: about half a second.
  var maximumDiagnosedRows = 5_000_000
}
