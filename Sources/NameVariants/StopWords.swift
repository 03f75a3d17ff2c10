/// Words that people add to a name, a title or a company, and that the record may lack: `dr john smith md`,
/// `manager of sales`, `acme limited`.
///
/// The table was written for this project from general knowledge. Name particles (de, di, van, von, la, el, y) are no
/// stop words: they are parts of names.
///
/// Cost: the table is parsed once, on first use; then one look-up a word.
package enum StopWords {
  /// What a stop word is. Legal forms are listed in `LegalForms`.
  package enum Kind: String, CaseIterable, Sendable {
    case honorific, nameSuffix, degree, titlePreposition, legalForm
  }

  /// A run of words that is a stop word.
  package struct Run: Equatable, Sendable {
    package let range: Range<Int>
    package let kind: Kind
    /// Whether the run is also a name, an initial or a usual word (`ma`, `don`, `spa`). It can be left out only if
    /// enough of the query remains to find one person.
    package let isAmbiguous: Bool
  }

  /// Every run of words that is a stop word, by where it begins, the longest first. Runs may overlap; one run may be of
  /// several kinds (`sr`: a suffix, and señor).
  ///
  /// - Parameter words: folded tokens.
  package static func runs(in words: [String]) -> [Run] {
    table.matches(in: words).map { match in
      Run(range: match.range, kind: match.entry.value.kind, isAmbiguous: match.entry.value.isAmbiguous)
    }
  }

  /// The positions of the words that are no stop word of the kinds; nil if all words are kept, or none.
  ///
  /// - Parameter leavesAmbiguous: whether ambiguous stop words are kept.
  package static func positions(
    removing kinds: Set<Kind>, from words: [String], leavesAmbiguous: Bool = true
  ) -> [Int]? {
    var isStopWord = [Bool](repeating: false, count: words.count)
    for run in runs(in: words) where kinds.contains(run.kind) && !(leavesAmbiguous && run.isAmbiguous) {
      for position in run.range { isStopWord[position] = true }
    }
    let kept = words.indices.filter { !isStopWord[$0] }
    return kept.isEmpty || kept.count == words.count ? nil : kept
  }

  /// The words without every stop word of the kinds; nil if there is none, or if nothing remains.
  package static func removing(
    _ kinds: Set<Kind>, from words: [String], leavesAmbiguous: Bool = true
  ) -> [String]? {
    positions(removing: kinds, from: words, leavesAmbiguous: leavesAmbiguous)?.map { words[$0] }
  }

  struct Value: Sendable {
    let kind: Kind
    let isAmbiguous: Bool
  }

  static let table = PhraseTable(
    PhraseLine.lines(words).flatMap { line in
      Kind(rawValue: line.head).map { entries(line.phrases, $0) } ?? []
    } + entries(LegalForms.phrases, .legalForm))

  /// A phrase that ends in `*` is ambiguous. A degree or legal form may be written with full stops; two letters may
  /// also be initials then.
  private static func entries(_ phrases: [[String]], _ kind: Kind) -> [PhraseTable<Value>.Entry] {
    let entries = phrases.map { phrase in
      let words = phrase.filter { $0 != ambiguous }
      return PhraseTable.Entry(
        words: words, value: Value(kind: kind, isAmbiguous: words.count < phrase.count))
    }
    guard kind == .degree || kind == .legalForm else { return entries }
    let known = Set(entries.map(\.words))
    return entries
      + entries.compactMap { entry in
        guard let letters = PhraseLine.dotted(entry.words), !known.contains(letters) else { return nil }
        return PhraseTable.Entry(
          words: letters, value: Value(kind: kind, isAmbiguous: entry.value.isAmbiguous || letters.count < 3))
      }
  }

  static let ambiguous = "*"

  /// A line: a kind, then its phrases. A phrase with ` *` is also a name or a usual word.
  private static let words = """
    honorific: mr | mrs | ms | miss | mx | mister | missus | sir | madam | lord * | lady * | dame * | dr
    honorific: doc * | doctor * | dra | prof | professor * | prof dr | prof dr med | dr med | dr ing
    honorific: dr h c | rev | reverend | father * | fr * | sister * | hon | honorable | honourable | capt
    honorific: cpt | captain * | sgt | sergeant * | maj | major * | col | colonel * | gen * | general * | lt
    honorific: lieutenant * | cdr | cmdr | adm * | judge * | rabbi | imam * | herr | frau | fraulein | hr *
    honorific: dipl ing | dipl kfm | dipl | mag * | ing | priv doz | pd * | sr | sra | srta | senor | senora
    honorific: senorita | don * | dona * | lic | arq | dr dr | snr | m * | mme | mlle | monsieur | madame
    honorific: mademoiselle | maitre * | mtre | sig | sigra | sig ra | signor | signora | signorina | dott
    honorific: dottssa | dott ssa | dottore | dottoressa | avv | geom | rag | dhr | mevr | mevrouw | meneer
    honorific: mw | drs | ir * | ds * | pan * | pani | panna * | fru | froken | rouva | herra | bay *
    honorific: bayan | bey * | hanim | sayin | shri | shree | smt | kumari * | sri * | sheikh * | haji *
    honorific: eng * | engr | san * | sama * | sensei | господин | госпожа | пан * | пані | κ | κα | κοσ
    nameSuffix: jr | jnr | sr | snr | junior * | senior * | ii | iii | iv | v * | vi * | 2nd | 3rd | 4th
    nameSuffix: filho * | neto * | esq | esquire | the second | the third
    degree: md | m d | dds | dmd | dvm | do * | od * | phd | ph d | dphil | d phil | edd | jd * | llm | llb
    degree: mba | emba | bba | ba * | b a | bs * | bsc | b sc | ma * | m a | ms * | msc | m sc | meng | beng
    degree: mphil | mfa | bfa | bed * | med * | mpa | mph | mha | msw | rn | lpn | lvn | np * | pa * | pac
    degree: cpa | cfa | pmp | pe * | cissp | crna | dpt | pharmd | psyd | dsc | d sc | dlitt | mrcp | frcs
    degree: frcp | mbbs | mbchb | lcsw | sphr | phr | shrmcp | shrmscp | acca | aca * | cima * | fca *
    degree: msn * | bsn | aprn | dnp | bcom | mcom | btech | b tech | mtech | m tech | be * | mca * | bca *
    degree: ca * | csc * | thd | drsc | bakk | esc * | facs | faap | facp | faan | rd * | cphr | cipd
    titlePreposition: of | for | in | at | the | and | on | to | with | by | a * | an * | fur | im * | pour
    titlePreposition: para * | por * | per * | con * | et * | und | og | och | dla | w * | do * | voor
    titlePreposition: till | til | для | по
    """
}
