extension Nicknames {
  package static let englishMen = """
    robert: bob rob bobby robbie bert robby bobbie
    william: bill will billy willie liam willy wil
    james: jim jimmy jamie jem jimmie
    john: jack johnny jon johnnie
    jonathan jonathon: jon jonny johnny nathan
    michael: mike mick mickey mikey micky
    richard: rick dick rich ricky richie ritchie dickie
    joseph: joe joey jo
    thomas: tom tommy thom
    charles: charlie chuck chas chaz
    christopher: chris topher kit christy
    daniel: dan danny
    matthew mathew: matt matty mat
    anthony antony: tony ant
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
    nicholas nicolas: nick nicky nico
    lawrence laurence: larry lawrie laurie
    benjamin: ben benny benji benjy
    samuel: sam sammy
    gregory: greg gregg
    alexander: alex al sandy xander alec lex sasha zander
    patrick: pat paddy rick patsy
    francis: frank fran frankie
    franklin: frank frankie
    raymond: ray
    gerald: jerry gerry
    gerard: gerry jerry
    jerome: jerry
    jeremy jeremiah: jerry jem jez
    nathan: nate nat
    nathaniel: nate nathan nat
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
    jackson: jack
    julian: jules jule
    christian: chris
    leonard: leo len lenny lennie
    leonardo: leo
    leopold: leo poldi
    malcolm: mal malc
    marcus: mark marc
    martin: marty mart
    maximilian: max
    maxwell: max
    montgomery montague: monty
    muhammad mohammed mohamed mohammad: mo
    oliver: ollie olly
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
    cameron: cam
    callum: cal
    calvin: cal
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
    barry: baz
    jordan: jordy
    clarence: clare
    silas: si
    rupert: rupe
    """
}
