extension CountryText {
  static let europe: [CountryText] = [
    CountryText(
      code: "GB", name: "United Kingdom",
      phones: """
        +44 20 7946 0###|020 7946 0###|+44 7700 900###|07700 900 ###|0161 496 0###|+44(0)117 496 0###
        """,
      cities: """
        London*8866|Birmingham*1145|Manchester*552|Leeds*812|Glasgow*635|Sheffield*556|Liverpool*486
        Bristol*472|Edinburgh*526|Leicester*368|Cardiff*362|Belfast*345|Nottingham*323
        Newcastle upon Tyne*300|Brighton*277|Plymouth*264|Reading*174|Milton Keynes*287|Cambridge*145
        Oxford*162|York*141|Aberdeen*198|Stoke-on-Trent*258
        """),
    CountryText(
      code: "IE", name: "Ireland", phones: "+353 1 555 ####|087 555 ####",
      cities: "Dublin*592|Cork*222|Galway*85|Limerick*102|Dún Laoghaire*26"),
    CountryText(
      code: "DE", name: "Germany",
      phones: """
        +49 30 555 #####|0049 89 555####|030/555####|+49 (0)171 555 ####|0N21 555##-##|+4915155#####
        """,
      cities: """
        Berlin*3677|Hamburg*1853|München*1100|Munich*400|Köln*800|Cologne*270|Frankfurt am Main*759
        Frankfurt*120|Stuttgart*626|Düsseldorf*619|Leipzig*601|Dortmund*586|Essen*579|Bremen*563
        Dresden*555|Hannover*535|Nürnberg*510|Duisburg*495|Bochum*363|Wuppertal*354|Bielefeld*334|Bonn*331
        Münster*317|Mannheim*311|Karlsruhe*306|Augsburg*296|Wiesbaden*278|Kiel*246|Aachen*249
        Freiburg im Breisgau*231|Lübeck*216|Erfurt*213|Rostock*208|Mainz*217|Kassel*201|Potsdam*183
        Saarbrücken*180|Ulm*126|Heidelberg*158|Darmstadt*159|Regensburg*153|Würzburg*127|Göttingen*116
        """),
    CountryText(
      code: "AT", name: "Austria", phones: "+43 1 555 ####|0664 555####",
      cities: "Wien*1500|Vienna*430|Graz*291|Linz*206|Salzburg*155|Innsbruck*131"),
    CountryText(
      code: "CH", name: "Switzerland", phones: "+41 44 555 ## ##|079 555 ## ##",
      cities: """
        Zürich*380|Zurich*60|Genève*203|Basel*173|Lausanne*140|Bern*134|Winterthur*114|St. Gallen*76
        """),
    CountryText(
      code: "FR", name: "France", phones: "+33 1 55 55 ## ##|01 55 55 ## ##|06.55.55.##.##|+336555#####",
      cities: """
        Paris*2146|Marseille*870|Lyon*522|Toulouse*498|Nice*342|Nantes*320|Montpellier*299|Strasbourg*287
        Bordeaux*260|Lille*236|Rennes*222|Reims*181|Saint-Étienne*173|Toulon*180|Grenoble*158|Dijon*159
        Angers*155|Nîmes*148|Aix-en-Provence*147|Brest*139|Le Mans*145|Clermont-Ferrand*147|Metz*120
        Besançon*117|Orléans*116|Mulhouse*108|Sophia Antipolis*10
        """),
    CountryText(
      code: "BE", name: "Belgium", phones: "+32 2 555 ## ##|0470 55 ## ##",
      cities: "Bruxelles*800|Brussels*380|Antwerpen*530|Gent*265|Liège*197|Charleroi*202|Leuven*102"),
    CountryText(
      code: "NL", name: "Netherlands", phones: "+31 20 555 ####|06-555#####",
      cities: """
        Amsterdam*873|Rotterdam*655|Den Haag*549|The Hague*60|Utrecht*361|Eindhoven*238|Groningen*234
        's-Hertogenbosch*156
        """),
    CountryText(
      code: "ES", name: "Spain", phones: "+34 91 555 ## ##|655 55 ## ##|+34 6555#####",
      cities: """
        Madrid*3280|Barcelona*1636|Valencia*792|Sevilla*681|Zaragoza*673|Málaga*579|Murcia*460|Palma*415
        Bilbao*344|Alicante*338|Córdoba*319|Valladolid*295|Vigo*292|Gijón*267|A Coruña*244|Granada*228
        San Sebastián*188
        """),
    CountryText(
      code: "IT", name: "Italy", phones: "+39 06 555 ####|333 555 ####",
      cities: """
        Roma*2300|Rome*450|Milano*1100|Milan*260|Napoli*914|Torino*848|Palermo*630|Genova*558|Bologna*388
        Firenze*361
        """),
    CountryText(
      code: "PT", name: "Portugal", phones: "+351 21 555 ####",
      cities: """
        Lisboa*450|Lisbon*100|Porto*232|Braga*193|Coimbra*141
        """),
    CountryText(
      code: "PL", name: "Poland", phones: "+48 22 555 ## ##|+48 505 555 ###|505-555-###",
      cities: """
        Warszawa*1500|Warsaw*361|Kraków*780|Wrocław*674|Łódź*664|Poznań*541|Gdańsk*486|Szczecin*391
        Bydgoszcz*334|Lublin*331|Białystok*292|Katowice*285|Gdynia*242|Częstochowa*213|Rzeszów*196
        Toruń*196
        """),
    CountryText(
      code: "CZ", name: "Czechia", phones: "+420 255 555 ###",
      cities: """
        Praha*1000|Prague*350|Brno*396|Ostrava*284|Plzeň*182
        """),
    CountryText(
      code: "SE", name: "Sweden", phones: "+46 8 555 ### ##|070-555 ## ##",
      cities: """
        Stockholm*985|Göteborg*500|Gothenburg*100|Malmö*357|Uppsala*242|Linköping*167|Örebro*158
        Västerås*158|Umeå*133
        """),
    CountryText(
      code: "NO", name: "Norway", phones: "+47 22 55 ## ##|+47 955 55 ###",
      cities: "Oslo*709|Bergen*289|Trondheim*212|Stavanger*146|Tromsø*78|Bodø*54"),
    CountryText(
      code: "DK", name: "Denmark", phones: "+45 55 55 ## ##|55 55 ## ##",
      cities: "København*550|Copenhagen*110|Aarhus*290|Odense*181|Aalborg*120"),
    CountryText(
      code: "FI", name: "Finland", phones: "+358 9 555 ####|040 555 ####",
      cities: "Helsinki*664|Espoo*305|Tampere*249|Turku*197|Oulu*211|Jyväskylä*145"),
    CountryText(code: "IS", name: "Iceland", phones: "+354 555 ####", cities: "Reykjavík*139|Akureyri*20"),
    CountryText(
      code: "RU", name: "Russia", phones: "+7 495 555-##-##|8 (812) 555-##-##|+7955555####",
      cities: """
        Москва*7000|Moscow*6010|Санкт-Петербург*3300|Saint Petersburg*2300|Новосибирск*1633
        Екатеринбург*1544|Казань*1308|Нижний Новгород*1228|Самара*1173|Омск*1125|Ростов-на-Дону*1142
        Уфа*1144|Красноярск*1187|Воронеж*1057|Пермь*1034
        """),
    CountryText(
      code: "UA", name: "Ukraine", phones: "+380 44 555 ## ##",
      cities: """
        Київ*1950|Kyiv*1000|Харків*1430|Одеса*1010|Львів*717|Дніпро*980
        """),
    CountryText(
      code: "GR", name: "Greece", phones: "+30 210 555 ####|6955 555 ###",
      cities: "Αθήνα*400|Athens*260|Θεσσαλονίκη*319|Πάτρα*168|Ηράκλειο*179"),
    CountryText(code: "CY", name: "Cyprus", phones: "+357 22 555###", cities: "Nicosia*256|Limassol*198"),
    CountryText(
      code: "RO", name: "Romania", phones: "+40 21 555 ####",
      cities: """
        București*1716|Cluj-Napoca*286|Timișoara*250|Iași*271
        """),
    CountryText(
      code: "HU", name: "Hungary", phones: "+36 1 555 ####",
      cities: """
        Budapest*1723|Debrecen*199|Győr*128|Pécs*139
        """),
    CountryText(
      code: "RS", name: "Serbia", phones: "+381 11 555 ####",
      cities: """
        Beograd*1197|Novi Sad*260|Niš*182
        """),
    CountryText(code: "EE", name: "Estonia", phones: "+372 555 ####", cities: "Tallinn*453|Tartu*97"),
  ]
}
