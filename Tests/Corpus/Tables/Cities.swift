/// Countries: how phone numbers are written there, and the cities with their thousands of inhabitants.
///
/// In a notation `#` is any digit and `N` one from 2 to 9; 555 keeps numbers away from real ones.
struct CountryText {
  var code: String
  var name: String
  var phones: String
  /// `City*thousands` or `City,State*thousands`.
  var cities: String

  static let all = americas + europe + asiaAndRest
}

extension CountryText {
  static let americas: [CountryText] = [
    CountryText(
      code: "US", name: "United States",
      phones: """
        (N##) 555-####|N##-555-####|+1 N## 555 ####|+1-N##-555-####|1N##555####|N##.555.####
        (N##)555-#### x###|N## 555 ####
        """,
      cities: """
        New York,NY*8336|Los Angeles,CA*3822|Chicago,IL*2665|Houston,TX*2302|Phoenix,AZ*1644
        Philadelphia,PA*1567|San Antonio,TX*1472|San Diego,CA*1381|Dallas,TX*1299|San Francisco,CA*1208
        Austin,TX*974|Jacksonville,FL*971|San Jose,CA*971|Fort Worth,TX*956|Columbus,OH*907
        Charlotte,NC*897|Indianapolis,IN*880|Seattle,WA*949|Denver,CO*713|Washington,DC*871|Boston,MA*950
        El Paso,TX*677|Nashville,TN*683|Detroit,MI*620|Oklahoma City,OK*694|Portland,OR*635
        Las Vegas,NV*656|Memphis,TN*621|Louisville,KY*624|Baltimore,MD*569|Milwaukee,WI*563
        Albuquerque,NM*561|Tucson,AZ*546|Fresno,CA*545|Sacramento,CA*528|Kansas City,MO*509|Mesa,AZ*512
        Atlanta,GA*699|Omaha,NE*485|Colorado Springs,CO*486|Raleigh,NC*476|Miami,FL*649|Long Beach,CA*451
        Virginia Beach,VA*455|Oakland,CA*430|Minneapolis,MN*425|Tulsa,OK*411|Tampa,FL*398|Arlington,TX*394
        New Orleans,LA*369|Wichita,KS*396|Cleveland,OH*361|Bakersfield,CA*410|Aurora,CO*393
        Honolulu,HI*343|Pittsburgh,PA*502|St. Louis,MO*486|Cincinnati,OH*309|Orlando,FL*516
        Salt Lake City,UT*404|Boise,ID*237|Madison,WI*272|Durham,NC*291|Buffalo,NY*276|Richmond,VA*229
        Des Moines,IA*211|Spokane,WA*230|Tacoma,WA*221|Little Rock,AR*202|Hartford,CT*120
        Providence,RI*189|Portland,ME*68|Springfield,IL*113|Springfield,MO*170|Springfield,MA*154
        Santa Fe,NM*89|Palo Alto,CA*166|Mountain View,CA*181|Redmond,WA*80|Ann Arbor,MI*119|Boulder,CO*105
        Winston-Salem,NC*250|Coeur d'Alene,ID*56
        """),
    CountryText(
      code: "CA", name: "Canada", phones: "(N##) 555-####|+1 N##-555-####|N##-555-####",
      cities: """
        Toronto,ON*2794|Montréal,QC*1762|Calgary,AB*1306|Ottawa,ON*1017|Edmonton,AB*1010|Winnipeg,MB*749
        Vancouver,BC*962|Brampton,ON*656|Hamilton,ON*569|Québec,QC*549|Halifax,NS*439|London,ON*422
        Victoria,BC*191|Saskatoon,SK*266|Waterloo,ON*121|St. John's,NL*110
        """),
    CountryText(
      code: "MX", name: "Mexico", phones: "+52 55 5550 ####|+52 1 N# 555# ####|55 5555 ####|(0N#) 555-####",
      cities: """
        Ciudad de México*9209|Mexico City*2400|Guadalajara*1385|Monterrey*1142|Puebla*1542|Tijuana*1810
        León*1579|Querétaro*794|Mérida*921|Cancún*888|Toluca*910|Hermosillo*855
        """),
    CountryText(
      code: "BR", name: "Brazil", phones: "+55 11 95555-####|(11) 5555-####|+55 (N1) 95555-####",
      cities: """
        São Paulo,SP*12396|Rio de Janeiro,RJ*6775|Brasília,DF*3094|Salvador,BA*2900|Fortaleza,CE*2703
        Belo Horizonte,MG*2530|Curitiba,PR*1963|Recife,PE*1661|Porto Alegre,RS*1492|Campinas,SP*1223
        Florianópolis,SC*516
        """),
    CountryText(
      code: "AR", name: "Argentina", phones: "+54 11 5555-####|011 5555 ####",
      cities: "Buenos Aires*3120|Córdoba*1391|Rosario*1193|Mendoza*115|La Plata*765"),
    CountryText(
      code: "CO", name: "Colombia", phones: "+57 601 555 ####|300 555 ####",
      cities: "Bogotá*7412|Medellín*2569|Cali*2228|Barranquilla*1274|Cartagena*914"),
    CountryText(
      code: "CL", name: "Chile", phones: "+56 2 2555 ####",
      cities: """
        Santiago*6257|Valparaíso*296|Concepción*223
        """),
    CountryText(
      code: "PE", name: "Peru", phones: "+51 1 555 ####",
      cities: """
        Lima*9752|Arequipa*1008|Cusco*428
        """),
  ]
}
