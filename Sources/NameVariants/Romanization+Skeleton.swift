import TextAnalysis

extension Romanization {
  /// The form that a name in Cyrillic or Greek has in common with its usual Latin spellings; for a Latin
  /// word, the form of the name that it may spell. Compare it with other skeletons only.
  ///
  /// It merges spellings that differ by: y, j, i; w, v; ph, f; th, t; kh, h; c, k, q; x, ks; ou, u; ei, i;
  /// mb, mp; double consonants; ye and e at the beginning; yo and e for ё; h and g in common Ukrainian given
  /// names.
  ///
  /// It does not merge: š, č, ž of Croatian or Czech, which folding makes s, c, z, with sh, ch, zh (`latin`
  /// returns such spellings); a German sch or a French j with ж; a ch for х with kh, unless another letter
  /// decides.
  ///
  /// Of the 2,340 Latin names in the benchmarks' corpus 2,238 remain distinct. Most of the others are
  /// spellings of one name (Katherine, Catherine), some are short (Juan, Yuan; Han, Khan; Fu, Phu; Wi, Vy).
  ///
  /// - Parameter word: a folded token.
  /// - Returns: nil if the word has other letters, several alphabets, or no letter with a sound.
  package static func skeleton(_ word: String) -> String? {
    guard let alphabet = Alphabet(of: word.unicodeScalars) else { return nil }
    let letters = Array(word.unicodeScalars)
    let latin: [Unicode.Scalar]? =
      switch alphabet {
      case .latin: letters
      case .cyrillic: RomanizationScheme.geographic.rules.rewrite(letters)
      case .greek: greekSounds.rewrite(letters)
      }
    guard let latin, let sounds = orthography(of: latin).rewrite(latin),
      let merged = mergeSounds.rewrite(sounds)
    else { return nil }
    let skeleton = withoutDoubles(merged)
    return skeleton.isEmpty ? nil : String(scalars: skeleton)
  }

  /// The rules for the word's `ch`, which sounds otherwise beside a German `tsch` or a French `tch`.
  private static func orthography(of word: [Unicode.Scalar]) -> LetterRules {
    var isFrench = false
    for i in word.indices.dropFirst(2) where word[i] == "h" && word[i - 1] == "c" {
      if word[i - 2] == "s", i > 2, word[i - 3] == "t" { return germanSounds }
      isFrench = isFrench || word[i - 2] == "t"
    }
    return isFrench ? frenchSounds : englishSounds
  }

  /// Removes the second of double consonants, and й after и, which is often left out.
  private static func withoutDoubles(_ letters: [Unicode.Scalar]) -> [Unicode.Scalar] {
    letters.reduce(into: []) { result, letter in
      let canBeDouble = letter == "a" || letter == "e" || letter == "o" || letter == "u"
      if canBeDouble || letter != result.last { result.append(letter) }
    }
  }

  private static let greekSounds = LetterRules([RomanizationScheme.greekLetters, "χ: kh\nγχ: nkh"])
  private static let englishSounds = LetterRules([sounds, "ch: c"])
  private static let frenchSounds = LetterRules([sounds, "ch: sh"])
  private static let germanSounds = LetterRules([sounds, "ch: h"])
  private static let mergeSounds = LetterRules([merges])

  /// Spellings and their sounds: c is ч, h is х, sh is ш or щ.
  private static let sounds = """
    schtsch: sh
    shtsh: sh
    chtch: sh
    shch: sh
    szcz: sh
    sch: sh
    sz: sh
    tsch: c
    tch: c
    cz: c
    <ch>bdfgklmnprstvwz: h
    <mich>ae: mih
    <zachar>: zahar
    <achill>: ahil
    ^<chatz>: hats
    ^<chara>: hara
    ^<charis>: haris
    <achos>$: ahos
    <ochor>: ohor
    kh: h
    gh: g
    ph: f
    th: t
    ck: k
    <cki>$: tski
    c: k
    <c>eiy: s
    ^<cv>: tsv
    ^<zw>: tsv
    <cev>$: tsev
    <ceva>$: tseva
    <ovic>$: ovic
    <evic>$: evic
    <avic>$: avic
    q: k
    x: ks
    w: v
    tz: ts
    <off>$: ov
    i<eff>$: ev
    ou: u
    <gu>ei: g
    y: i
    j: i
    ^<ji>: ji
    ^<zhou>$: zhou
    ^<zou>$: zou
    ^<hou>$: hou
    ^<lou>$: lou
    bdfmnpstlvz<yo>C: e
    fmtplv<jo>C: e
    <yong>: iong
    ^<mp>: b
    ^<nt>: d
    ^<gk>: g
    mb: mp
    aggel: angel
    ^<eu>aegd: ev
    ^<eust>: efst
    ^<euth>: eft
    """

  /// Sounds that the spellings of one name do not distinguish.
  private static let merges = """
    ^<ie>: e
    aou<ie>: e
    eie: ee
    iev: ev
    iiev: ev
    ei: i
    eii: i
    iotr: etr
    iodor: edor
    <tiom>$: tem
    ^<gian>ni: ian
    ^<giorg>: iorg
    ^<zoe>$: zoi
    ^<lei>$: lei
    ^<mei>$: mei
    ^<fei>$: fei
    ^<vei>$: vei
    ^<oi>: i
    <shov>$: shev
    <shova>$: sheva
    <cov>$: cev
    shiov: shev
    ciov: cev
    <cova>$: ceva
    <andr>$: ander
    liudm: ludm
    ^<liub>: lub
    ^<dimitri>$: dmitri
    <oleh>$: oleg
    ^<ihor>: igor
    ^<bohd>: bogd
    ^<serhi>: sergi
    ^<ievhe>: evge
    ^<evhe>: evge
    ^<hrihor>: grigor
    ^<henna>: gena
    ^<heorhi>: georgi
    """
}
