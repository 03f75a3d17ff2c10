extension Nicknames {
  /// More short forms of English given names, which the other tables lack.
  ///
  /// Source: a choice of those in common use today from diminutives.db (github.com/HaJongler/diminutives.db, whose data
  /// are in the public domain), which was made from Wiktionary.
  package static let englishDiminutives = """
    abigail: abbey abbi gayle
    adeline: addie
    alan: allie
    albert: allie
    alexa: lexi
    alexandra: allie ally aly
    alexia: lexi lexie
    alfonso: alf alfie
    alfred: alfy
    alice: ally
    alison: aly
    allyson: ali
    alyson: ali
    alyssa: aly
    alvin: alvie
    annette: nettie
    arthur: arty
    ashlee: ash
    barnabas: barney
    benedict: ben
    benjamin: benjie
    brian: bri
    caleb: cal cale
    calum: cal
    camilla: milly
    candace: candi
    caroline: cal callie
    carolyn: lyn
    catherine: cathi cathie
    charles: charley chip
    charlene: charley
    charlotte: charley
    christian: kris
    christina: christy krissy kristi
    christine: chrissie krissy
    christopher: chip
    clayton: clay
    corinne: corrie
    daniela: danny
    danielle: danny
    denis: denny
    donovan: donny
    elias: eli
    elizabeth: bette izzy
    ellen: nell
    emily: milly
    emma: emmie
    evangeline: evie
    evelyn: lyn
    faith: fay
    flora: flo
    frances: franny
    francine: fran
    gabriel: gabby
    gabriela: gabby
    georgina: george
    gerard: ged
    geraldine: geri
    gertrude: trudie
    gregor: greg
    gustav: gus
    isabel: isy
    isobel: isy
    jacquelyn: jackie
    jane: jennie jenny
    jason: jace
    jedidiah: jed
    jill: jilly
    jillian: jilly
    joan: jo
    joanne: jojo
    john: jackie
    jonathan: jonty
    katherine: kath kathi kati
    kay: kaye
    kennedy: ken
    kerry: kez
    kristina: krissy
    kristine: krissy
    kurt: curt
    laura: lauri
    letitia: tish tisha
    lillian: lillie
    lily: lilly
    lucy: lulu
    magdalene: maddy
    margaret: mags
    mary: mae mollie
    maurice: moe
    mervyn: merv
    melody: mel
    melvyn: mel
    mildred: milly
    millicent: milly
    miranda: mindy
    molly: mollie
    nancy: nance
    nathanael: nate
    nicola: nicki
    nicole: nicki
    nichola: nic
    olive: ollie
    oswald: ozzie
    paul: paulie
    philippa: phil
    prudence: prue
    ralph: ralphie
    rebecca: becki
    richard: ricki rickie
    robert: bobbi
    roberta: bobby
    roger: rog
    samson: sam
    samuel: sammie
    samantha: sammi
    sarah: sallie
    simeon: sim
    stacey: stace
    stephanie: steffie
    stewart: stewie
    susan: susy suzi
    suzanne: suze
    tammy: tammie
    teresa: terrie
    victoria: vikki
    """
}
