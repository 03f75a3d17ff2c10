extension Nicknames {
  package static let dutch = """
    adrianus: adrie ad arie
    antonius: toon ton anton antoon
    bartholomeus: bart
    catharina: rina trijntje toos
    cornelis: kees cor cees
    cornelia: corrie nel
    dirk: dick
    elisabeth: els
    frederik: freek frits fred
    gerardus: gerard ger
    gerrit: ger
    gijsbert: gijs
    hendrik hendrikus: henk hein rik
    hendrika: rika riek
    hubertus: huub bert
    jacobus: koos jaap jacob ko
    jacob: jaap
    johanna: jo annie hanneke jopie
    johannes: jan hans joop johan hannes
    jozef: jef sjef
    lambertus: bert
    laurens: lau rens
    leonardus: leo leen
    maarten: maart
    margaretha: greet griet gre
    maria: mieke marieke rie
    marinus: rinus
    martinus: tinus martin
    matthijs: thijs matt
    nicolaas: klaas nico nick
    petrus: piet peter pieter
    pieter: piet
    theodorus: theo dorus
    wilhelmina: willemien mien wil
    willem: wim pim wil
    wilhelmus: wim willem
    """
}
