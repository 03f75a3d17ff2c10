import Synchronization

/// The fast path of folding for text that is not ASCII: scalars that are folded alike in every text, each remembered.
/// Decomposing a text with Foundation takes microseconds.
///
/// Such a scalar's decomposition begins with a starter, so that no mark is reordered across it, and not with a vowel or
/// a final consonant of Hangul, which would be composed with the scalar before it.
enum ScalarFoldings {
  /// Folds a text by both rules, without digraphs where no letter has one. Nil if a scalar's folding may depend on its
  /// neighbours, or if it is of a rare kind.
  static func fold(_ text: String) -> (usual: [Unicode.Scalar], digraphs: [Unicode.Scalar]?)? {
    table.withLock { table in
      var usual: [Unicode.Scalar] = []
      var digraphs: [Unicode.Scalar] = []
      var hasDigraphs = false
      usual.reserveCapacity(text.utf8.count)
      for scalar in text.unicodeScalars {
        if scalar.isASCII {
          let byte = ASCII.foldings[UInt8(truncatingIfNeeded: scalar.value)]
          guard byte != 0 else { continue }
          usual.append(Unicode.Scalar(byte))
          if hasDigraphs { digraphs.append(Unicode.Scalar(byte)) }
          continue
        }
        guard let folding = table.folding(of: scalar) else { return nil }
        if folding.hasDigraph, !hasDigraphs {
          hasDigraphs = true
          digraphs = usual
        }
        folding.usual.append(to: &usual)
        if hasDigraphs { folding.digraphs.append(to: &digraphs) }
      }
      return (usual, hasDigraphs ? digraphs : nil)
    }
  }

  private static let table = Mutex(Table())

  /// The foldings of a scalar by itself.
  private struct ScalarFolding {
    let usual: Scalars
    let digraphs: Scalars
    let hasDigraph: Bool

    /// Nil if the folding may depend on the scalars beside it.
    init?(_ scalar: Unicode.Scalar) {
      let decomposed = DecomposedText(String(scalar), offset: nil)
      guard let first = decomposed.scalars.first, first.properties.canonicalCombiningClass == .notReordered,
        !(0x1160...0x11FF).contains(first.value),
        let usual = Scalars(FoldedText(decomposed, by: .usual).scalars),
        let digraphs = Scalars(FoldedText(decomposed, by: .digraphs).scalars)
      else { return nil }
      self.usual = usual
      self.digraphs = digraphs
      hasDigraph = Folding.containDigraphs(decomposed.scalars)
    }
  }

  /// At most three scalars.
  private struct Scalars {
    private var values: (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar) = ("\0", "\0", "\0")
    private let count: Int

    init?(_ scalars: [Unicode.Scalar]) {
      guard scalars.count <= 3 else { return nil }
      count = scalars.count
      if count > 0 { values.0 = scalars[0] }
      if count > 1 { values.1 = scalars[1] }
      if count > 2 { values.2 = scalars[2] }
    }

    func append(to scalars: inout [Unicode.Scalar]) {
      if count > 0 { scalars.append(values.0) }
      if count > 1 { scalars.append(values.1) }
      if count > 2 { scalars.append(values.2) }
    }
  }

  /// The foldings that were needed so far, of scalars of two and three bytes: at most 4 MiB.
  private struct Table {
    private enum Entry {
      case unknown, dependent
      case folding(ScalarFolding)
    }

    private static let pageSize = 256

    private var pages: [[Entry]] = Array(repeating: [], count: 0x10000 / pageSize)

    mutating func folding(of scalar: Unicode.Scalar) -> ScalarFolding? {
      guard scalar.value < 0x10000 else { return nil }
      let (page, i) = Int(scalar.value).quotientAndRemainder(dividingBy: Self.pageSize)
      if pages[page].isEmpty { pages[page] = Array(repeating: .unknown, count: Self.pageSize) }
      switch pages[page][i] {
      case .folding(let folding): return folding
      case .dependent: return nil
      case .unknown:
        let folding = ScalarFolding(scalar)
        pages[page][i] = folding.map { .folding($0) } ?? .dependent
        return folding
      }
    }
  }
}
