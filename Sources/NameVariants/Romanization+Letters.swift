import TextAnalysis

/// Hebrew, Georgian and Armenian, letter by letter.
extension Romanization {
  /// The usual Latin spellings of a token in Hebrew letters: names of the table, then the word by letters, with
  /// an `a` for unwritten vowels.
  static func hebrew(_ token: String) -> [String] {
    let letters = Array(token.unicodeScalars.filter { $0.value >= 0x05D0 })
    let byLetter = [hebrewUsual, hebrewWithH].compactMap { scheme in
      scheme.rewrite(letters).map { withShortVowels(String(scalars: $0)) }
    }
    return unique((hebrewNames[letters] ?? []) + byLetter)
  }

  /// The Latin spellings of a word in Georgian or Armenian letters.
  static func latinByLetter(_ letters: [Unicode.Scalar]) -> [String] {
    let schemes = letters.first.map { $0.value < 0x0590 } ?? false ? [armenian, armenianShort] : [georgian]
    return unique(
      schemes.compactMap { $0.rewrite(letters).map { String(scalars: $0) } })
  }

  private static let hebrewUsual = LetterRules([hebrewLetters])
  private static let hebrewWithH = LetterRules([hebrewLetters, "ח: h\nכ: k\nצ: ts\nץ: ts\nו: u"])
  private static let hebrewNames = spellingTable(hebrewNameSpellings)

  private static let hebrewLetters = """
    א: a
    ב: v
    ^<ב>: b
    ג: g
    ד: d
    ה: h
    <ה>$: a
    ו: o
    ^<ו>: v
    <וו>: v
    ז: z
    ח: ch
    ט: t
    י: i
    ^<י>: y
    <יי>: ai
    כ: ch
    ^<כ>: k
    ך: ch
    ל: l
    מ: m
    ם: m
    נ: n
    ן: n
    ס: s
    ע: a
    פ: f
    ^<פ>: p
    ף: f
    צ: tz
    ץ: tz
    ק: k
    ר: r
    ש: sh
    ת: t
    """

  /// Written for this project, from the most common names of Israel.
  private static let hebrewNameSpellings = """
    דוד: david
    משה: moshe
    יוסף: yosef joseph
    יעקב: yaakov jacob
    יצחק: yitzhak itzhak isaac
    אברהם: avraham abraham
    יהודה: yehuda
    שלמה: shlomo
    שמואל: shmuel samuel
    חיים: chaim haim
    דניאל: daniel
    מיכאל: michael
    יונתן: yonatan jonathan
    יהונתן: yehonatan jonathan
    נתן: natan nathan
    איתן: eitan ethan
    אליהו: eliyahu
    אלי: eli
    אורי: uri ori
    עומר: omer
    אמיר: amir
    רון: ron
    גיל: gil
    טל: tal
    עמית: amit
    בנימין: binyamin benjamin
    נועם: noam
    יואב: yoav
    אלון: alon
    אסף: asaf assaf
    מנחם: menachem menahem
    ישראל: israel yisrael
    שמעון: shimon simon
    אהרון: aharon aaron
    אהרן: aharon aaron
    רחל: rachel
    שרה: sarah sara
    רבקה: rivka rebecca
    לאה: leah lea
    מרים: miriam
    אסתר: esther ester
    חנה: hannah chana hana
    תמר: tamar
    נועה: noa
    מיכל: michal
    יעל: yael
    שירה: shira
    מאיה: maya
    כהן: cohen kohen
    לוי: levi levy
    מזרחי: mizrahi mizrachi
    פרץ: peretz
    ביטון: biton bitton
    דהן: dahan
    אזולאי: azoulay azulay
    אוחיון: ohayon
    פרידמן: friedman fridman
    גולדברג: goldberg
    רוזנברג: rosenberg
    כץ: katz
    שפירא: shapira shapiro
    ברק: barak
    נתניהו: netanyahu
    """

  /// The national system (2002), without apostrophes.
  private static let georgian = LetterRules([
    """
    ა: a
    ბ: b
    გ: g
    დ: d
    ე: e
    ვ: v
    ზ: z
    თ: t
    ი: i
    კ: k
    ლ: l
    მ: m
    ნ: n
    ო: o
    პ: p
    ჟ: zh
    რ: r
    ს: s
    ტ: t
    უ: u
    ფ: p
    ქ: k
    ღ: gh
    ყ: q
    შ: sh
    ჩ: ch
    ც: ts
    ძ: dz
    წ: ts
    ჭ: ch
    ხ: kh
    ჯ: j
    ჰ: h
    """
  ])

  private static let armenian = LetterRules([armenianLetters])
  private static let armenianShort = LetterRules([armenianLetters, "^<ե>: e\n^<ո>: o\nյու: u\nը: e"])

  /// BGN/PCGN, without apostrophes.
  private static let armenianLetters = """
    ա: a
    բ: b
    գ: g
    դ: d
    ե: e
    ^<ե>: ye
    զ: z
    է: e
    ը: y
    թ: t
    ժ: zh
    ի: i
    լ: l
    խ: kh
    ծ: ts
    կ: k
    հ: h
    ձ: dz
    ղ: gh
    ճ: ch
    մ: m
    յ: y
    նյ: ny
    ն: n
    շ: sh
    ո: o
    ^<ո>: vo
    ու: u
    ^<ու>: u
    չ: ch
    պ: p
    ջ: j
    ռ: r
    ս: s
    վ: v
    տ: t
    ր: r
    ց: ts
    ւ: v
    եւ: ev
    և: ev
    փ: p
    ք: k
    օ: o
    ֆ: f
    """
}
