extension Nicknames {
  package static let italian = """
    alessandro: ale sandro alex
    alessandra: ale sandra alex
    antonio: tonino toto nino
    antonella: nella anto
    benedetto: benni
    carmela: melina
    caterina: rina cate
    domenico: mimmo mico meco
    eleonora: ele nora
    elisabetta: betta elisa betty
    emanuele: manu lele ema
    enrico: rico
    federica: fede chicca
    federico: fede rico
    filippo: pippo
    francesca: fra franci checca cesca
    francesco: franco ciccio checco fra franci
    gabriele: lele gabri
    gaetano: tano nino
    gennaro: gennarino
    giacomo: jack giacomino
    gianluca: luca gian
    gianfranco: franco
    giovanbattista: titta
    giovanna: gianna vanna nanna
    giovanni: gianni nanni vanni giannino
    giuseppe: beppe peppe pino peppino beppino
    giuseppina: pina pinuccia peppina
    gioacchino: gino
    giulia: giuly
    ignazio: nazio
    lorenzo: renzo lollo
    ludovica: ludo
    ludovico: ludo vico
    luigi: gigi gino luigino
    luigia: gina gigia
    maddalena: lena madda
    margherita: rita marghe
    massimiliano: max massi
    massimo: max massi
    matteo: teo
    michele: lele miki
    niccolo: nico
    nicola: nico
    pasquale: lino pasqualino
    pietro: piero
    raffaele: lele raffa lello
    raffaella: raffa lella
    roberta: robi
    roberto: robi berto
    salvatore: toto turi salvo tore
    sebastiano: seba nuccio
    stefania: stefy
    stefano: ste
    tommaso: tommy masino
    umberto: berto
    valentina: vale
    vincenzo: enzo cenzo vince
    vincenza: enza
    """
}
