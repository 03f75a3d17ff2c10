extension Unicode.Scalar {
  /// Whether the scalar controls how lines are split or ordered instead of being shown: C0, DEL and C1, the line and
  /// paragraph separators, and the marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9).
  package var isControlOrBidi: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
