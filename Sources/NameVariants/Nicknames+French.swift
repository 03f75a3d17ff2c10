extension Nicknames {
  package static let french = """
    jean: jeannot jeanjean
    jeanne: jeannette jeanneton
    alexandre: alex sacha alexis xandre
    alexandra: alex sacha
    alexis: alex
    alphonse: fonfon
    andre: dede
    angelique: angie
    anne: annie nanette annette nanou
    antoine: tony toine titouan
    antoinette: toinette toinon nini
    arnaud: nono
    armelle: mel
    augustin: gus tintin
    aurelie: lili aurel
    aurelien: aurel
    baptiste: bapt titi batou
    bastien: bast
    beatrice: bea
    benedicte: bene
    benjamin: ben benj benji
    benoit: ben
    bernadette: dette nadette
    bernard: nanard
    bertrand: bert
    brigitte: bri gigi
    camille: cam
    caroline: caro line
    catherine: cathy cath kate catou
    cecile: cece
    cedric: ced
    celine: line
    charles: charlie charlot
    charlotte: charlie lotte cha
    christelle: chris
    christian: chris cricri
    christiane: chris kiki
    christine: chris kiki
    christophe: chris tof totof
    claire: clairette
    claude: claudie
    claudine: claudie dine
    clement: clem
    clementine: clem titine
    clothilde: clo
    chloe: clo
    constance: coco
    corentin: coco
    coralie: coco
    corinne: coco
    daniel: dany dan
    daniele danielle: dany
    david: dav
    delphine: del fifine
    diane: didi
    didier: didi
    dominique: dom domi
    edouard: ed doudou eddy
    elisabeth: babette
    elodie: lolo elo
    eleonore: leo nonore
    emilie: mimi milie
    emmanuel: manu
    emmanuelle: manu
    etienne: tienne titi
    eugenie: ninie
    fabien: fab
    fabienne: fab
    fabrice: fab
    florence: flo
    florian: flo
    florent: flo
    frederic: fred
    frederique: fred
    francois: fanfan
    francoise: fanchon soizic soso fran
    franck: francky
    gabriel: gab gabi
    gabrielle: gaby gab
    genevieve: ginette vevette
    georges: jojo
    gerard: gege
    gilbert: gil
    gilles: gilou
    gregoire: greg
    gregory: greg
    guillaume: guigui guillemot will
    gwenaelle: gwen
    gwenael: gwen
    helene: leny
    henri: riton
    henriette: riette
    hippolyte: hippo polo
    hubert: hub
    hugues: hugo
    isabelle: isa zaza babelle
    jacqueline: jacotte line
    jacques: jacquot jacky jacquou
    jerome: jeje
    jeremie jeremy: jerem
    joseph: jo jojo zef
    josephine: jo fifine
    josiane: josy
    julie: juju
    julien: juju ju
    juliette: juju
    justine: titine juju
    laetitia: titia laeti
    laurent: lolo lau
    laurence: lolo laure
    leopold: leo
    louis: loulou ludo
    louise: loulou louison
    lucie: lulu
    lucien: lulu
    ludovic: ludo
    madeleine: mado madelon
    marc: marco
    marcel: marco cecel
    margaux: margot
    marguerite: margot margoton guite
    marie: mimi marion manon mariette
    marianne: marie
    marine: mimi
    martine: titine
    mathieu matthieu: mat matt mathou
    mathilde: mat tilde
    mathias matthias: mat
    maxence: max
    maxime: max
    maximilien: max
    melanie: mel
    melissa: mel
    michel: mimi mich
    michele: mimi
    mireille: mimi
    monique: momo
    nathalie: nat nath natou
    nathan: nat
    nathanael: nat nathan
    nicolas: nico colas colin
    nicole: nicky colette
    olivier: oliv olive
    patrice: pat
    patricia: pat paty
    patrick: pat
    pascal: pasc
    pascale: pasc
    paul: popaul paulo
    pauline: popo line
    philippe: phil fifi flip
    pierre: pierrot
    raphael: raph
    raphaelle: raph
    raymond: momo
    edmond: momo ed
    remi remy: mimi
    rene: nene
    robert: bob bebert
    romain: rom
    roger: roro
    sabrina: sab
    samuel: sam
    sandrine: sandy
    sebastien: seb bast
    simon: simo
    solange: soso
    sophie: soso
    stephane: steph stef
    stephanie: steph fanny stef
    suzanne: suzon suzette suzy
    sylvain: syl
    sylvie: syl vivie
    theophile: theo
    theodore: theo
    thibault thibaud thibaut: thib titi
    thierry: titi
    thomas: tom toto
    timothee: tim
    tristan: tris
    valentin: val
    valentine: val titine
    valerie: val valou
    veronique: vero nique
    victor: vic totor
    victoire: vic
    vincent: vince vinz
    virginie: ginie virg
    viviane: viv
    xavier: xav
    yannick: yann
    yves: yvon
    yvonne: vonette
    zacharie: zach
    """
}
