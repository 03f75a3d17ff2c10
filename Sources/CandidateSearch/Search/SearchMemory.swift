/// What an index keeps in memory between searches, while its postings do not change.
struct SearchMemory: Sendable {
  /// All words, for corrections.
  let lexicon = GenerationCache<Lexicon>()
  let facets: FacetCache
  let sets: OrdinalSetCache

  init() {
    let ordinals = GenerationCache<Ordinals>()
    (facets, sets) = (FacetCache(ordinals), OrdinalSetCache(ordinals))
  }
}
