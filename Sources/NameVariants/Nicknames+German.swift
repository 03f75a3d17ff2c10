extension Nicknames {
  package static let german = """
    johannes: hans hannes jo johann
    johann: hans hannes hansi
    hans: hansi hannes hansel
    hansjorg: hajo
    hansjurgen: hajo
    hansjoachim: hajo
    joachim: jochen achim jo jochim
    heinrich: heinz heiner heini henner
    friedrich: fritz fred frieder friedl friedel
    friederike: rike friedel frieda rieke
    ulrike: uli ulla rike
    ulrich: uli ulli utz
    wilhelm: willi willy helm
    wilhelmine: mine minna helma
    josef: sepp jupp peppi beppo seppl
    josefa josefine: sefa fini peppi
    jakob: jockel
    georg: schorsch jorg
    rudolf: rudi rolf dolf
    adolf: dolf adi
    ludwig: lutz wiggerl lui luggi
    michael: michi michl micha michel
    michaela: michi
    andreas: andi andy anderl
    andrea: andi andy
    matthias mathias: matze hias mats
    markus: mark
    martin: tino
    martina: tina
    christian: chris
    christoph: stoffel chris stoff
    christa: christl
    christine: christl tine
    kristin: kris
    sebastian: basti wastl bastian
    benedikt: bene
    benjamin: benni ben benny
    bernhard: bernd hardy berni
    bernd: berni
    eberhard: ebi hardy
    gerhard: gerd hardy gerdi
    gerd gert: gerdi
    reinhard: reini hardy reiner
    reinhold: reini holdi
    leonhard: leo hartl lenni
    eckhard: ecki
    ekkehard: ekki
    gunther gunter: guni
    manfred: manni fred manne
    siegfried: siggi sigi fred
    sigmund siegmund: sigi siggi
    sigrid: siggi
    gottfried: friedl gottl
    wolfgang: wolf wolfi wolle
    wolfram: wolf wolfi
    waltraud: traudl traude
    gertrud gertraud: trude traudl gerti trudi
    edeltraud: traudl edel
    hildegard: hilde
    mathilde: hilde tilly tilde
    irmgard: irmi irma
    elisabeth: elli lisa sissi liesl else elsa lisbeth
    katharina: kathi kathe kathrin trine katja
    katharine kathrin: kathi
    margarethe margarete margareta: grete gretel greta marga gretchen meta
    magdalena magdalene: lena leni magda lene
    helene helena: leni lena hella
    maria: mia mitzi
    marianne: nanni janne
    theresa theresia therese: resi thesi
    franz: franzl
    franziska: franzi fanny ziska sissi
    annemarie: anni annemie
    anneliese: anne liesl anni
    annegret: anne
    angelika: geli angie angi
    angela: angie geli
    barbara: barbel babsi barbl betty
    brigitte: gitte biggi gitta
    birgit: biggi gitta
    charlotte: lotte lotti charly
    dorothea: dorle thea doro dorte
    dorothee: doro
    eleonore: lore nora
    hannelore: hanne lore hanni
    johanna: hanna hanni jo hanne
    gabriele gabriela: gabi
    gisela: gisi gila
    hedwig: hedi hede
    ingeborg: inge
    ingrid: inge
    karoline caroline: line lina caro
    karl: kalle karli charly
    karlheinz: kalle heinz
    klaudia claudia: klaudi claudi
    klaus claus: klausi
    nikolaus: klaus niko niki nick claus
    nikola nicola: niki
    konstantin: kosta konsti
    konstanze constanze: conny stanzi
    cornelia kornelia: conny nele nelli
    konrad: conny kurt kunz
    kurt: kurti
    lieselotte liselotte: lilo lotte
    lorenz: lenz
    leopold: poldi leo
    maximilian: max maxi
    melanie: meli
    monika: moni mona
    nadine: nadi
    natalie: nati
    oliver: oli olli
    otto: ottl
    patrick: patty
    peter: pit piet
    petra: peti
    philipp: phil lipp
    regina: gina regi
    regine: gine
    renate: reni nate
    robert: robi bertl
    roland: roli
    rosemarie: rosi
    rosa: rosi
    roswitha: rosi witha
    sabine: bine biene bini
    samuel: sam
    simone: simi
    stefan stephan: steff steffen stefferl
    stefanie stephanie: steffi steff
    susanne: susi sanne
    thomas: tom tommy
    tobias: tobi
    torsten thorsten: totti
    ursula: uschi ursel ulla
    ute: uti
    veronika: vroni vera
    viktor: vicki
    viktoria: vicky vicki
    vinzenz: zenz
    wenzel: wenz
    werner: wernie
    xaver: xaverl
    alexander: alex sascha
    alexandra: alex sandra sascha
    albrecht: albi
    alfons: fonsi
    alois aloys: loisl lois
    anton: toni
    antonia: toni tonia
    arnold: noldi arni
    arthur: turi
    august: gustl
    bartholomaus: bartel barthel
    dietrich: dieter dietz
    dietmar: didi
    dieter: didi
    dominik: dome nik
    emilie: milli emmi
    emanuel: manu
    manuel: manu mani
    manuela: manu ela manuel
    daniela: dani ela
    daniel: dani
    ernst: ernstl
    erwin: winni
    winfried: winni
    eugen: eugi
    ferdinand: ferdl ferdi
    florian: flo flori
    gregor: gregi
    gustav: gustl gustel
    helmut: helli
    hermann: manni
    hermine: mine hermi
    hubert: hubsi bertl
    ignaz: naz
    jennifer: jenny
    jurgen: jurg jogi
    kaspar: kasperl
    lukas: luki luke
    lydia: lyddi
    moritz: mo moritzl
    norbert: norbi nobby
    raphael rafael: raffi rafi
    theodor: theo
    valentin: valle velten
    vanessa: nessi
    adelheid: heidi heide
    heidemarie: heidi heide
    amalie: malchen
    adalbert: bertl
    berthold bertold: bert bertl
    rupert: rupi bertl
    """
}
