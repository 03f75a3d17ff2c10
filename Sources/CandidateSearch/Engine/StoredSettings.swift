/// A named number that an index stores about itself.
package enum Setting: String {
  /// The version of the rules by which documents were built (`Document.version`).
  case documentVersion = "document_version"
  /// The version of Unicode with which documents were built. An index of another version can be searched.
  case unicodeVersion = "unicode_version"
  /// Increases with every change of the postings.
  case generation
  /// 1 while bytes of erased candidates may still be in the storage.
  case erasurePending = "erasure_pending"
  /// Increases with every change of the synonyms.
  case synonymsVersion = "synonyms_version"
  /// 1 if records are stored compressed.
  case recordCompression = "record_compression"
  /// The number of records when a dictionary for compressing them was last trained; 0 if never.
  case dictionaryRecords = "dictionary_records"
}

/// A named text that an index stores.
package enum StoredText: String {
  /// The text of the synonyms.
  case synonyms
}

/// A random key that an index stores.
package enum StoredKey: String {
  /// The key that signs cursors.
  case cursor = "cursor_key"
  /// The key of the hashes of who is forgotten.
  case forgotten = "forgotten_key"
}
