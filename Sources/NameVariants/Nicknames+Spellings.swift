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

  /// Names that are written in several ways with Latin letters, a line each, the most usual spelling first: each is an
  /// alternative of all others of its line. Written for this project, from what the usual romanizations of Arabic, Persian,
  /// Hebrew and the languages of India make of one name.
  private static let romanizations = """
    mohammed muhammad mohamed mohammad mohamad muhammed
    ahmed ahmad
    mahmoud mahmud mahmood
    hussein hussain husain hossein
    hassan hasan
    yusuf yousef youssef yousuf yusef
    ibrahim ebrahim
    ismail ismaeel esmail
    khaled khalid
    khalil khaleel
    karim kareem
    rahim raheem
    rashid rasheed rachid
    saeed said
    omar umar
    osman othman usman uthman
    osama usama
    mustafa mostafa moustafa mustapha
    abdullah abdallah abdulla
    abdulrahman abdelrahman abdurrahman
    abdulaziz abdelaziz
    tariq tarek tarik tareq
    nasser naser nasir
    jamal gamal djamel
    jamil jameel gamil
    walid waleed oualid
    hamid hameed
    majid majeed
    nabil nabeel
    samir sameer
    amir ameer
    bashir basheer bachir
    munir mounir muneer
    yasin yassin yaseen yassine
    younes yunus younis yunis
    idris idriss
    suleiman sulaiman suleyman soliman
    zaid zayd zeid
    faisal faysal feisal
    hisham hicham hesham
    haitham haytham
    imran emran
    farouk farooq faruk faruq
    rehman rahman
    fatima fatimah fatema
    aisha ayesha aysha aicha aishah
    khadija khadijah khadeeja
    zainab zeinab zaynab
    maryam mariam
    leila layla laila leyla
    noor nour nur
    amina aminah ameena
    samira sameera
    huda houda hoda
    chaudhry chowdhury choudhury chaudhary choudhary
    sheikh shaikh
    qureshi quraishi
    siddiqui siddiqi
    chaim haim hayim
    yitzhak itzhak yitzchak
    yosef yoseph
    laxmi lakshmi
    srinivas shrinivas
    deepak dipak
    rajiv rajeev
    sandeep sandip
    pradeep pradip
    sanjeev sanjiv
    sanjay sanjai
    vijay vijai
    preeti priti
    pooja puja
    geeta gita
    sita seeta seetha
    kavita kavitha
    sujata sujatha
    anita anitha
    lata latha
    swati swathi
    jyoti jyothi
    aarti arti aarthi
    karthik kartik
    vidya vidhya
    mukherjee mukherji
    banerjee banerji
    chatterjee chatterji
    subramanian subramaniam subramanyam
    """

  /// Each spelling of a name of another script, with its other ones as forms.
  package static let romanizedSpellings: String = {
    let groups =
      romanizations.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      + NameLine.lines(russian).map(\.names).filter { $0.count > 1 }
    return groups.flatMap { group in
      group.map { name in "\(name): \(group.filter { $0 != name }.joined(separator: " "))" }
    }.joined(separator: "\n")
  }()
}
