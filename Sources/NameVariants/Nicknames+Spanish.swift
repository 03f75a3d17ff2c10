extension Nicknames {
  package static let spanish = """
    jose: pepe chepe pepito cheo joselito
    josefa josefina: pepa fina pepita chepa
    francisco: paco pancho curro kiko paquito quico fran cisco chico
    francisca: paca paquita paqui curra pancha
    ignacio: nacho inaki
    juan: juanito juancho juanjo juanma
    juana: juanita
    antonio: tono toni antonito
    antonia: tona toni
    manuel: manolo manu lolo manolito manuelito
    manuela: manoli manola manolita lola
    jesus: chucho chuy susi chus suso
    maria: mari maruja marita
    luis: lucho luisito wicho
    luisa: luisita lucha
    carlos: carlitos charly
    miguel: migue miguelito
    pedro: perico pedrito perucho
    alejandro: ale alex jandro alejo
    alejandra: ale alex jandra sandra
    javier: javi xavi
    jorge: coque jorgito coco
    rafael: rafa rafi fael
    rafaela: rafi rafa fela
    fernando: fer nando ferdi
    fernanda: fer nanda
    sergio: checo sergi
    pablo: pablito
    andres: andy andresito
    diego: dieguito
    ramon: moncho mon
    ramona: mona
    angel: angelito gelo
    angeles: angie angelita gela
    alberto: beto albert tito
    roberto: beto rober robertito
    humberto: beto
    gilberto: beto gil
    norberto: beto
    heriberto: beto
    adalberto: beto
    eduardo: edu lalo eddie guayo
    gerardo: gera lalo
    gonzalo: gonza
    ricardo: richi ricky cayo rico
    victor: vic vitin
    victoria: vicky toya viki
    enrique: quique kike rique henry
    raul: raulito
    ruben: rube
    alvaro: varo alvarito
    adrian: adri
    adriana: adri nana
    santiago: santi yago chago
    sebastian: sebas seba chano bastian
    mateo: teo
    nicolas: nico colas
    tomas: tomi tomasito
    gabriel: gabi gabo
    gabriela: gabi gaby
    emilio: milo emi
    emilia: emi mili
    guillermo: guille memo willy
    guillermina: mina guille
    joaquin: quino chimo ximo joaco
    arturo: turo
    felipe: pipe lipe feli
    hector: tito hectorcito
    cesar: checha
    julio: julito
    esteban: teban
    estefania: estefi fani
    rodrigo: rodri rigo
    agustin: tin agus
    agustina: agus tina
    leonardo: leo nardo
    leopoldo: polo leo poldo
    lorenzo: lencho loren renzo
    lorena: lore
    florencia: flor flopi
    mauricio: mauri
    maximiliano: maxi max
    maximo: maxi
    vicente: chente
    valentin: vale tin
    valentina: vale
    valeria: vale
    ernesto: neto tito
    augusto: tito
    rosario: charo chayo rosa
    rosa: rosita
    concepcion: concha conchita conchi chita
    consuelo: chelo
    dolores: lola loli lolita doli
    pilar: pili pilarica
    mercedes: merche meche merceditas
    guadalupe: lupe lupita guada
    isabel: isa chabela chavela isabelita
    isabela: isa chabela
    carmen: carmela menchu carmencita carmina mamen
    soledad: sole chole
    milagros: mila mili
    remedios: reme
    esperanza: espe pera
    encarnacion: encarna encarni
    asuncion: asun chona
    inmaculada: inma macu
    montserrat: montse
    trinidad: trini
    amparo: ampa
    beatriz: bea betty triz
    teresa: tere teresita teresina
    cristina: cris tina
    cristobal: cris toba
    cristian: cris
    catalina: cata lina
    carolina: caro lina
    alicia: ali licha
    patricia: patri pati paty
    monica: moni
    veronica: vero
    susana: susi susa
    silvia: silvi
    sofia: sofi chofi
    daniel: dani danielito
    daniela: dani dany
    david: davi
    graciela: chela grace
    marcela: chela marce
    marcelo: chelo marce
    marcelino: lino marce
    cecilia: ceci chila
    eugenia: geni
    eugenio: geno
    eulalia: lali lala
    mariana: nana
    maricarmen: mari
    marisol: mari sol
    maribel: mari bel
    margarita: marga rita margo
    magdalena: magda lena malena
    macarena: maca
    julia: juli
    juliana: juli
    julian: juli
    leticia: leti
    lourdes: lulu
    luciana: luci lu
    lucia: luci
    nuria: nuri
    paloma: palo
    paula: pau pauli
    paulina: pau pauli
    raquel: raque quela
    rebeca: rebe beca
    rocio: chio
    yolanda: yoli yola
    jimena ximena: jime
    camila: cami mila
    camilo: cami
    constanza: coti
    fabian: fabi
    fabiola: fabi
    federico: fede lico fico
    alfredo: fredo
    wilfredo: fredo
    alfonso: poncho fonso alfon
    alonso: loncho
    aurelio: lelo
    bartolome: bartolo
    benito: beni
    bernardo: berna nardo
    claudia: clau
    claudio: clau
    domingo: mingo chomin
    facundo: facu
    fidel: fide
    gregorio: goyo grego
    ismael: isma
    jacobo: cobo
    leandro: lea
    marcos: marquitos
    martin: tincho
    matias: mati
    matilde: mati
    octavio: tavo
    gustavo: gus tavo
    refugio: cuca cuco
    rigoberto: rigo beto
    rogelio: roge
    salvador: salva chava
    socorro: coco
    teodoro: teo doro
    virginia: vir virgi
    """
}
