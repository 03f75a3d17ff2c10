extension Nicknames {
  package static let portuguese = """
    alexandre: xande ale alex
    antonio: tonho toninho toni tonico
    beatriz: bia
    carlos: carlinhos
    carolina: carol
    eduardo: dudu edu duda
    eduarda: duda
    fatima: fatinha
    felipe: lipe
    fernando: nando
    fernanda: nanda fe
    francisco: chico xico chiquinho
    francisca: chica
    frederico: fred
    gabriel: biel gabi
    gabriela: gabi
    guilherme: gui
    gustavo: guga gu
    henrique: rique
    isabel: bel isa belinha
    joao: joaozinho jota
    joaquim: quim quinzinho
    jorge: jorginho
    jose: ze zeca zezinho
    leticia: le
    luis luiz: lula lulinha luisinho
    luisa luiza: lu
    manuel manoel: manel mane neco
    mariana: mari
    marcelo: celo
    mateus: teus
    patricia: paty
    paulo: paulinho
    pedro: pedrinho
    rafael: rafa
    ricardo: ric
    roberto: beto
    rodrigo: digo
    sebastiao: tiao bastiao
    terezinha: tete
    thiago tiago: ti
    vinicius: vini
    """
}
