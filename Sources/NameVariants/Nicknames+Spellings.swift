extension Nicknames {
  /// English given names with another usual spelling: `name: spelling spelling`. They are alternatives of the
  /// first only, which is the most usual. Written for this project.
  package static let englishSpellings = """
    aidan: aiden ayden
    alan: allan allen
    alastair: alistair alasdair
    ann: anne
    brian: bryan
    carl: karl
    cheryl: sheryl
    christopher: kristopher
    claire: clare clair
    deborah: debra
    diane: dianne
    eleanor: elinor
    emily: emilie
    eric: erik erick
    gail: gayle gale
    geoffrey: jeffrey
    graham: graeme grahame
    hannah: hanna
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
    lynn: lynne lyn
    madeline: madeleine madelyn
    marion: marian
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
    rachel: rachael
    rebecca: rebekah
    reese: reece rhys
    robin: robyn
    roger: rodger
    sarah: sara
    sean: shaun shawn
    sophia: sofia
    sophie: sofie
    stacey: stacy staci
    stephanie: stefanie
    steven: stephen
    stuart: stewart
    sylvia: silvia
    theresa: teresa
    tracy: tracey traci
    victor: viktor
    vivian: vivien vivienne
    zachary: zackary zachery
    zoe: zoey
    """
}
