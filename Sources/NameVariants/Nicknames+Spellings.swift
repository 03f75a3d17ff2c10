extension Nicknames {
  /// English given names with another usual spelling: `name: spelling spelling`. They are alternatives of the
  /// first only, which is the most usual. Written for this project.
  package static let englishSpellings = """
    aaron: aron
    aidan: aiden ayden
    alan: allan allen
    alastair: alistair alasdair
    alicia: alisha
    alison: allison alyson
    ann: anne
    ashley: ashleigh ashlee
    brian: bryan
    caitlin: kaitlin caitlyn kaitlyn
    carl: karl
    catherine: katherine kathryn
    cheryl: sheryl
    christopher: kristopher
    claire: clare clair
    deborah: debra
    derek: derrick
    diane: dianne
    eleanor: elinor
    elisabeth: elizabeth
    emily: emilie
    eric: erik erick
    frederick: frederic fredrick
    gail: gayle gale
    geoffrey: jeffrey
    gillian: jillian
    graham: graeme grahame
    hannah: hanna
    harriet: harriett
    hayley: haley hailey
    isaac: isac
    isobel: isabelle
    jacob: jakob
    jasmine: jasmin yasmin
    jeffrey: jeffery
    joanne: joann
    jonathan: jonathon johnathan
    karen: karin caren
    kathleen: cathleen
    kathryn: katherine cathryn
    kelly: kellie kelley
    kerry: kerrie
    kristen: kristin kirsten
    lawrence: laurence
    leah: lea
    lee: leigh
    leslie: lesley
    lewis: louis
    lindsay: lindsey
    lucas: lukas
    lynda: linda
    lynn: lynne lyn
    madeline: madeleine madelyn
    marion: marian
    marjorie: margery
    mark: marc
    matthew: mathew
    megan: meghan meagan
    michael: micheal
    michelle: michele
    monica: monika
    natalie: nathalie
    neil: neal niall
    nicholas: nicolas
    nicole: nichole
    oscar: oskar
    philip: phillip
    philippa: phillipa
    rachel: rachael
    rebecca: rebekah
    reese: reece rhys
    robin: robyn
    roger: rodger
    russell: russel
    sarah: sara
    sean: shaun shawn
    sophia: sofia
    sophie: sofie
    stacey: stacy staci
    stefan: stephan
    stephanie: stefanie
    steven: stephen
    stuart: stewart
    suzanne: susanne
    sylvia: silvia
    terence: terrence
    theresa: teresa
    thomas: tomas
    tracy: tracey traci
    victor: viktor
    vivian: vivien vivienne
    walter: walther
    yvonne: evonne
    zachary: zackary zachery
    zoe: zoey
    """
}
