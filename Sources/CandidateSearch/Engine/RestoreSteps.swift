/// What a restore does to the draft that becomes the index, on the layers above an engine.
struct RestoreSteps: Sendable {
  /// Lifts a draft of an older version to this one.
  let upgrade: @Sendable (any IndexTransaction) throws -> Void
  /// Whether the draft is sound.
  let isSound: @Sendable (any IndexEngine) throws -> Bool
  /// Removes the candidates who are forgotten; returns their number.
  let removeForgotten: @Sendable (any IndexTransaction) throws -> Int
}
