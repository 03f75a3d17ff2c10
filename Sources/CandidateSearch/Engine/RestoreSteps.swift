/// The steps of a restore above the engine, on the draft that becomes the index.
package struct RestoreSteps: Sendable {
  /// Upgrades a draft of an older version.
  package let upgrade: @Sendable (any IndexTransaction) throws -> Void
  /// Whether the draft is sound.
  package let isSound: @Sendable (any IndexEngine) throws -> Bool
  /// Removes the forgotten candidates; returns their number.
  package let removeForgotten: @Sendable (any IndexTransaction) throws -> Int
}
