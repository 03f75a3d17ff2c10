extension CandidateIndex {
  /// The synonyms of the index, with their text as it was set; none by default. Parses them: some microseconds a rule.
  /// - Throws: `IndexError`.
  public func synonyms() throws -> Synonyms { try engine.read { try Synonyms($0) } }

  /// Replaces the synonyms of the index, in one transaction; a value without rules removes them. No posting changes.
  /// The next search of every program sees them, and parses them once. A backup contains them, a restore brings those
  /// of the backup back, and a rebuild keeps them.
  /// - Throws: `ScopeError`, `IndexError`.
  public func setSynonyms(_ synonyms: Synonyms) throws {
    try change { transaction in
      try transaction.store(synonyms.text, as: .synonyms)
      let version = try transaction.value(of: .synonymsVersion) ?? 0
      try transaction.store(version &+ 1, as: .synonymsVersion)
    }
  }
}
