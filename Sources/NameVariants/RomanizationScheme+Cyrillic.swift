extension RomanizationScheme {
  /// The rules that the schemes have in common. Those of a later table replace them.
  package static let cyrillicLetters = """
    а: a
    б: b
    в: v
    г: g
    д: d
    е: e
    ж: zh
    з: z
    и: i
    к: k
    л: l
    м: m
    н: n
    о: o
    п: p
    р: r
    с: s
    т: t
    у: u
    ф: f
    х: kh
    ц: ts
    ч: ch
    ш: sh
    щ: shch
    ъ: a
    <ъ>еюя:
    <ъ>$:
    ы: y
    ь:
    э: e
    ю: yu
    я: ya
    і: i
    є: ye
    ґ: g
    ј: j
    љ: lj
    њ: nj
    ћ: ch
    ђ: dj
    џ: dzh
    ѕ: dz
    ә: a
    ғ: g
    қ: k
    ң: n
    ө: o
    ұ: u
    ү: u
    һ: h
    """

  package static let press = RomanizationScheme(
    cyrillicLetters,
    """
    <ии>$: y
    <ыи>$: y
    <еи>$: ey
    <аи>$: ay
    <ои>$: oy
    <ия>$: ia
    <ія>$: ia
    <ье>: ie
    <ьи>$: y
    """)

  package static let passport = RomanizationScheme(
    cyrillicLetters,
    """
    ю: iu
    я: ia
    є: ie
    <ъ>еюя: ie
    """)

  package static let geographic = RomanizationScheme(
    cyrillicLetters,
    """
    ^V<е>: ye
    <ье>: ye
    <ъе>: ye
    <ии>$: iy
    <ыи>$: yy
    <еи>$: ey
    <аи>$: ay
    <ои>$: oy
    <аи>вклмнсц: ay
    <аил>$: ail
    <еи>вклмнсц: ey
    """)

  package static let ukrainian = RomanizationScheme(
    cyrillicLetters,
    """
    г: h
    и: y
    ^<и>: i
    <ии>$: yi
    <еи>$: ei
    <аи>$: ai
    <ои>$: oi
    <іи>$: ii
    <ия>: iia
    ю: iu
    я: ia
    є: ie
    ^<ю>: yu
    ^<я>: ya
    ^<є>: ye
    <аи>к: ai
    """)

  package static let southSlavic = RomanizationScheme(
    cyrillicLetters,
    """
    ж: z
    х: h
    ц: c
    ч: c
    ш: s
    щ: sc
    ћ: c
    ю: ju
    я: ja
    <ия>: ija
    џ: dz
    <еи>$: ej
    <аи>$: aj
    <ои>$: oj
    """)

  package static let german = RomanizationScheme(
    cyrillicLetters,
    """
    в: w
    ж: sch
    х: ch
    ц: z
    ч: tsch
    ш: sch
    щ: schtsch
    ю: ju
    я: ja
    <ия>$: ia
    <ии>$: i
    <еи>$: ej
    ^<е>: je
    """)

  package static let french = RomanizationScheme(
    cyrillicLetters,
    """
    ж: j
    ч: tch
    ш: ch
    щ: chtch
    у: ou
    ю: iou
    я: ia
    <ия>$: ia
    <ии>$: i
    <г>еиі: gu
    """)
}
