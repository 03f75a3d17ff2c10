extension Nicknames {
  package static let englishMen = """
    robert: bob rob bobby robbie bert robby bobbie
    william: bill will billy willie liam willy wil
    james: jim jimmy jamie jem jimmie
    john: jack johnny jon johnnie jock jonny
    jonathan jonathon: jon jonny johnny nathan
    michael: mike mick mickey mikey micky
    richard: rick dick rich ricky richie ritchie dickie
    joseph: joe joey jo jos
    thomas: tom tommy thom
    charles: charlie chuck chas chaz
    christopher: chris topher kit christy kris
    daniel: dan danny
    matthew mathew: matt matty mat
    anthony antony: tony ant tone
    donald: don donny donnie
    steven stephen: steve stevie steph
    andrew: andy drew
    joshua: josh
    kenneth: ken kenny
    george: georgie geordie
    timothy: tim timmy
    ronald: ron ronnie ronny
    jason: jay jase
    edward: ed eddie ted ned teddy eddy
    edmund: ed eddie ned ted
    edwin: ed eddie ned
    edgar: ed eddie
    theodore: ted theo teddy
    jeffrey geoffrey: jeff geoff
    jacob: jake jay
    gary: gaz
    nicholas nicolas: nick nicky nico nic nik
    lawrence laurence: larry lawrie laurie
    benjamin: ben benny benji benjy bennie
    samuel: sam sammy
    gregory: greg gregg
    alexander: alex al sandy xander alec lex sasha zander
    patrick: pat paddy rick patsy
    francis: frank fran frankie
    franklin: frank frankie
    raymond: ray raymie
    gerald: jerry gerry
    gerard: gerry jerry
    jerome: jerry
    jeremy jeremiah: jerry jem jez jezza
    nathan: nate nat
    nathaniel: nate nathan nat natty
    henry: harry hank hal
    harold: harry hal
    harrison: harry
    zachary zachariah: zach zack zac zak
    douglas: doug dougie
    peter: pete
    walter: walt wally
    roger: rodge
    terence terrence: terry tel
    jesse: jess
    arthur: art artie
    gabriel: gabe
    lewis louis: lou lew louie
    albert: al bert bertie albie
    alfred: al fred alf alfie freddie
    frederick frederic fredrick: fred freddie rick freddy fritz
    alan allan allen: al
    alvin: al
    abraham: abe bram
    adrian: ade
    archibald: archie archy baldie
    augustus august: gus augie
    augustine austin: gus
    barnaby: barney
    bartholomew: bart barty
    bernard: bernie barney
    bradley: brad
    bryan brian: bry
    clifford: cliff
    clinton: clint
    david: dave davy davey davie
    dominic dominick: dom nick
    duncan: dunc
    elijah: eli lige
    eric erik: rick
    ezekiel: zeke
    ferdinand: ferdie
    gilbert: gil bert
    glenn: glen
    gordon: gordy
    herbert: herb bert herbie
    hubert: bert hugh hubie
    hugh: hughie
    howard: howie
    jackson: jack jax
    julian: jules jule
    christian: chris
    leonard: leo len lenny lennie
    leonardo: leo
    leopold: leo poldi
    malcolm: mal malc cal
    marcus: mark marc
    martin: marty mart
    maximilian: max
    maxwell: max
    montgomery montague: monty
    muhammad mohammed mohamed mohammad: mo
    oliver: ollie olly oli
    oscar: ozzie
    philip phillip: phil pip flip
    randall randolph: randy
    reginald: reg reggie rex
    roderick: rod rick roddy
    rodney: rod roddy
    rudolph: rudy
    russell: russ rusty
    salvatore: sal
    scott: scotty scottie
    sean: seanie
    sebastian: seb bas baz
    sidney sydney: sid syd
    simon: si sy
    solomon: sol solly
    stuart stewart: stu stew
    tobias: toby
    victor: vic
    vincent: vince vin vinny vinnie
    wallace: wally
    wilfred: wilf fred will
    winston: win winnie
    emmanuel: manny
    dennis: den denny
    cameron: cam cammy
    callum: cal
    calvin: cal vin
    clifton: cliff
    conrad: con
    cornelius: neil connie
    derek derrick: del rick
    desmond: des
    ernest: ernie
    eugene: gene
    ignatius: iggy
    leslie: les
    lester: les
    maurice morris: mo
    mitchell: mitch
    moses: mo
    norman: norm
    reuben: rube
    roland rowland: rollie
    stanley: stan
    sylvester: sly
    thaddeus: thad tad
    trevor: trev
    tristan: tris
    tyler: ty
    wesley: wes
    xavier: xav
    alastair alistair alasdair: al ali
    gareth: gaz
    barry: baz bazza
    jordan: jordy
    clarence: clare
    silas: si
    rupert: rupe
    kevin: kev
    aaron: az ron
    angus: gus
    bradford: brad
    brandon: bran
    brendan: bren
    cedric: ced
    chester: chet
    colin: col
    connor conor: con
    curtis: curt
    damian damien: damo
    darren: daz dazza
    declan: dec
    dexter: dex
    donovan: don
    dylan: dyl
    fergus: ferg
    gavin: gav
    graham graeme: gra
    harvey: harv
    isaac: ike zac zak
    isaiah: izzy
    jared: jed
    jasper: jas
    jeffery: jeff
    johnathan johnathon: jon john johnny
    josiah: joe
    justin: jus
    kendrick: ken
    kieran: kier
    lachlan: lachie lachy
    leroy: roy
    lincoln: linc
    lucas: luke luca
    matthias mathias: matt
    marvin: marv
    melvin: mel
    nigel: nige
    orlando: lando
    percival: percy
    quentin quinton: quint
    rafael raphael: rafe raf
    robin: rob
    ryan: ry
    spencer: spence
    terrance: terry
    travis: trav
    tyrone tyson: ty
    vernon: vern
    willard: will
    woodrow: woody
    zebediah: zeb
    lorenzo: enzo
    ashley: ash
    emmett: em
    elliot elliott: eli
    micheal: mike mick
    jock: jocky
    """
}
