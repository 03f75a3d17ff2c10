/// What a restore did.
public struct RestoreSummary: Sendable, Hashable {
  /// How many candidates the index contains now.
  public var candidates = 0
  /// How many candidates of the backup were removed from it, because they were forgotten after it was made.
  public var forgotten = 0
  /// How many ids the backup keeps out that the index does not: their hashes have another key. 0 unless the backup is of
  /// another index.
  public var otherHashes = 0
}
