extension PhoneticCode {
  /// How spellings sound. Written for this project from the spelling rules of the languages.
  ///
  /// Consonants are capital letters: X is sh, C is ch, J is the sound of jam and of zh, Q is ng at the end of a
  /// syllable, W is v or w at the beginning. Vowels are a, e, o. A point separates consonants without being
  /// one.
  static let sounds = SoundRules(
    [vowels, labials, dentals, sibilants, velars, sonorants].joined(separator: "\n"))

  private static let vowels = """
    a: a
    e: e
    i: e
    o: o
    u: o
    y: e
    ^<y>aou: Y
    ae: e
    ai: e
    ay: e
    au: o
    eu: o
    <aw>C$: o
    <ew>C$: o
    <ow>C$: o
    C<ij>C$: e
    <eaux>$: o
    <aux>$: o
    <ault>$: oT
    <auld>$: oT
    h: .
    ^<h>: H
    ^<hj>: H
    ^<hw>: H
    ^<hs>: X
    """

  private static let labials = """
    p: P
    b: B
    f: F
    ph: F
    pf: F
    pb: B
    <mps>: MS
    <mpt>: MT
    <mb>s$: M
    <mbes>$: MS
    ^<pt>: T
    v: V
    ^<v>: W
    ^<w>: W
    ^<wh>: W
    ^<wr>: R
    ^<ou>aeiy: W
    w: .
    V<w>aou: V
    V<ward>: .aRD
    V<wart>: .aRT
    wsk: VSK
    awsk: aVSK
    ewsk: eVSK
    owsk: oVSK
    wicz: VeC
    aeo<vic>$: VeC
    """

  private static let dentals = """
    t: T
    th: T
    dt: T
    d: D
    dg: DG
    <dg>eiy: J
    dj: J
    dzh: J
    dsch: J
    """

  private static let sibilants = """
    s: S
    z: S
    sh: X
    sch: X
    sz: X
    sj: X
    ^<skj>: X
    zh: J
    tz: S
    dz: S
    ^<ts>: S
    V<ts>V: S
    tsch: C
    tzsch: C
    tch: C
    shch: XC
    szcz: XC
    schtsch: XC
    cz: C
    ^<cs>: C
    x: KS
    ^<x>: X
    j: J
    V<j>C$: e
    bfklmptv<j>V: .
    """

  private static let velars = """
    k: K
    kh: K
    ck: K
    c: K
    cc: K
    <c>eiy: S
    <cc>eiy: C
    <sc>eiy: S
    cch: K
    ch: C
    <ch>lnrt: K
    aou<ch>bdfgkmpsvwz$: K
    chs: KS
    each: eC
    oach: oC
    ouch: oC
    ooch: oC
    micha: MeKa
    <zach>ae: SaK
    ^<nichol>: NeKL
    ^<mc>: MaK
    ^<mck>: MaK
    ^<macel>: MaKL
    ^<macin>: MaKN
    q: K
    qu: K
    cqu: K
    ^<qi>aenou$: Ce
    ^<kn>: N
    g: G
    <g>eiy: J
    gg: G
    <gu>ei: G
    <gh>V: G
    ^<gh>: G
    gh: .
    ugh: o
    augh: o
    ough: o
    eigh: e
    igh: e
    ^<gn>: N
    """

  private static let sonorants = """
    m: M
    <n>bp: M
    n: N
    ng: Q
    <ng>eiy: NJ
    <ng>aou: NG
    <ngh>: Q
    ^<ng>: N
    l: L
    r: R
    """
}
