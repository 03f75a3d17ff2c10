/// Legal forms of companies, in classes of spellings that replace each other: Acme Ltd is found as Acme Limited.
///
/// The table was written for this project from general knowledge. Forms of different classes do not replace each other
/// (Inc, Ltd), but each can be left out as a stop word.
///
/// Cost: the table is parsed once, on first use; then one look-up a word.
package enum LegalForms {
  /// Every run of words that is a legal form, with each other spelling of its class, by where it begins, the longest
  /// first.
  ///
  /// - Parameter words: folded tokens.
  package static func rewrites(of words: [String]) -> [WordRewrite] {
    forms.matches(in: words).flatMap { match in
      match.entry.value.map { WordRewrite(range: match.range, replacement: $0) }
    }
  }

  /// All spellings; one with `*` is also another word.
  static let phrases = PhraseLine.lines(table).flatMap(\.phrases)

  /// Each spelling with the others of its class.
  private static let forms = PhraseTable<[[String]]>(
    PhraseLine.lines(table).flatMap { line in
      let spellings = line.phrases.map { $0.filter { $0 != StopWords.ambiguous } }
      let dotted = spellings.compactMap(PhraseLine.dotted).filter { !spellings.contains($0) }
      return (spellings + dotted).map { spelling in
        PhraseTable.Entry(words: spelling, value: spellings.filter { $0 != spelling })
      }
    }.filter { !$0.value.isEmpty })

  /// A line: a class, then its spellings, the most usual first. A spelling with ` *` is also another word.
  private static let table = """
    limited: ltd | limited | pvt ltd | private limited | pte ltd | pty ltd | pty limited | co ltd | company limited
    incorporated: inc | incorporated
    corporation: corp | corporation
    company: co * | company * | cie | compagnie *
    limited liability company: llc | limited liability company
    limited liability partnership: llp | limited liability partnership
    limited partnership: lp * | limited partnership
    public limited company: plc | public limited company
    gmbh: gmbh | mbh | gesmbh | ges mbh | gesellschaft mit beschrankter haftung
    gmbh und co kg: gmbh co kg | gmbh und co kg | gmbh cokg
    ug: ug | ug haftungsbeschrankt | unternehmergesellschaft
    ag: ag * | aktiengesellschaft
    kg: kg * | kommanditgesellschaft
    kgaa: kgaa
    ohg: ohg
    ev: ev * | eingetragener verein
    eg: eg * | eingetragene genossenschaft
    se: se * | societas europaea
    sa: sa * | sociedad anonima | societe anonyme | sociedade anonima | spolka akcyjna
    sas: sas * | societe par actions simplifiee
    sasu: sasu
    sarl: sarl | societe a responsabilite limitee
    eurl: eurl
    snc: snc
    sca: sca *
    ltee: ltee | limitee
    srl: srl | societa a responsabilita limitata | sociedad de responsabilidad limitada
    spa: spa * | societa per azioni
    sl: sl * | sociedad limitada
    slu: slu
    sau: sau *
    sa de cv: sa de cv | s a de c v | sociedad anonima de capital variable
    srl de cv: s de rl de cv | srl de cv | s de r l de c v
    ltda: ltda | limitada | limitada ltda
    lda: lda
    eireli: eireli
    bv: bv | besloten vennootschap
    nv: nv * | naamloze vennootschap
    vof: vof
    bvba: bvba | sprl
    ab: ab * | aktiebolag
    asa: asa *
    as: as * | aksjeselskap | aktieselskab | anonim sirketi | akciova spolecnost
    aps: aps | anpartsselskab
    oy: oy | osakeyhtio
    oyj: oyj | julkinen osakeyhtio
    ehf: ehf
    hf: hf *
    sp z oo: sp z oo | sp z o o | sp zoo | spzoo | spolka z ograniczona odpowiedzialnoscia
    spk: sp k | spk | spolka komandytowa
    sro: sro | spol s ro | spol s r o | spolecnost s rucenim omezenym
    kft: kft | korlatolt felelossegu tarsasag
    zrt: zrt
    nyrt: nyrt
    doo: doo
    dd: dd *
    eood: eood | еоод
    ood: ood | оод
    ad: ad * | ад
    ooo: ооо | ooo | общество с ограниченнои ответственностью
    oao: оао | oao
    zao: зао | zao
    pao: пао | pao *
    tov: тов | tov
    ltd sti: ltd sti | limited sirketi
    epe: επε | epe
    ae: αε | ae *
    kk: kk | kabushiki kaisha
    gk: gk | godo kaisha
    sdn bhd: sdn bhd | sendirian berhad
    bhd: bhd | berhad
    pt: pt * | perseroan terbatas
    tbk: tbk
    jsc: jsc | joint stock company
    pjsc: pjsc | public joint stock company
    fze: fze
    fzco: fzco
    wll: wll
    """
}
