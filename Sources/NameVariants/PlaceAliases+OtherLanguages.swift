extension PlaceAliases {
  /// Names of capitals and large cities in other languages, with former names and nicknames. A line: the usual
  /// name in English, then others in folded tokens, the local name first.
  ///
  /// The names were chosen for this project and compared with those in GeoNames (geonames.org, CC BY 4.0).
  static let inOtherLanguages = """
    munich: munchen | monaco di baviera | munique | monachium | mnichov
    cologne: koln | koeln | colonia | keulen | kolonia | kolin nad rynem
    nuremberg: nurnberg | norimberga | norymberga | norimberk
    vienna: wien | vienne | viena | wenen | wieden | viden | becs | viyana | bec
    rome: roma | rom | rzym | rim
    milan: milano | mailand | milao | mediolan
    turin: torino | turim | turyn
    naples: napoli | neapel | napoles | neapol | napels
    florence: firenze | florenz | florencia | florenca | florencja
    venice: venezia | venedig | venise | venecia | veneza | wenecja
    genoa: genova | genua | genes
    bologna: bolonia | bologne | bolonha
    palermo: palerme
    paris: parigi | paryz | parijs | pariz | parizs
    lyon: lione | lyons
    marseille: marseilles | marsiglia | marsella | marselha | marsylia
    nice: nizza | niza | nicea
    strasbourg: strassburg | strasburgo | estrasburgo | strasburg | strasburk
    brussels: bruxelles | brussel | bruselas | bruxelas | bruksela | brusel | bruksel
    antwerp: antwerpen | anvers | amberes | anversa | antuerpia | antwerpia
    ghent: gent | gand | gante
    the hague: den haag | la haye | la haya | laia | haga | s gravenhage
    amsterdam: amesterdao
    rotterdam: roterdam | roterdao
    london: londres | londra | londen | londyn | londinium
    edinburgh: edimbourg | edimburgo | edynburg
    dublin: dublino | baile atha cliath
    lisbon: lisboa | lissabon | lisbonne | lisbona | lizbona | lisabon | lizbon
    porto: oporto
    madrid: madri | madryt
    seville: sevilla | siviglia | sevilha | sewilla
    barcelona: barcelone | barcellona
    valencia: valence
    zaragoza: saragossa | saragosse
    zurich: zuerich | zurigo | zurych | curych
    geneva: geneve | genf | ginevra | ginebra | genebra | genewa | zeneva
    basel: bale | basle | basilea | bazylea
    bern: berne | berna | berno
    copenhagen: kobenhavn | kopenhagen | copenhague | copenaghen | kopenhaga | kopenhamn | kodan
    stockholm: estocolmo | stoccolma | sztokholm | tukholma
    gothenburg: goteborg | goeteborg | gotemburgo | gothembourg
    oslo: kristiania
    helsinki: helsingfors | helsinky
    tallinn: reval | tallin
    riga: ryga
    vilnius: wilno | vilna | wilna
    warsaw: warszawa | warschau | varsovie | varsovia | varsavia | varsava | varsova
    krakow: cracow | krakau | cracovie | cracovia | krakov
    wroclaw: breslau | vratislav | breslavia
    gdansk: danzig
    poznan: posen
    prague: praha | prag | praga | praag
    brno: brunn
    bratislava: pressburg | pozsony | bratyslawa
    budapest: budapeszt | budapeste
    bucharest: bucuresti | bukarest | bucarest | bucareste | bukareszt | bukres
    sofia: софия | sofija | sofya
    belgrade: beograd | београд | belgrad | belgrado | belehrad
    zagreb: agram | zagabria | zagrzeb | zahreb
    ljubljana: laibach | lubiana | lublana | lublan
    sarajevo: sarajewo | saraybosna | сарајево
    skopje: скопје | uskup | skoplje
    tirana: tirane
    podgorica: titograd | подгорица
    athens: αθηνα | athen | athenes | atenas | atene | ateny | atina | athina
    thessaloniki: θεσσαλονικη | saloniki | salonica | thessalonique | selanik | solun
    istanbul: stambul | estambul | constantinople | konstantinopel | istambul
    ankara: angora
    izmir: smyrna | esmirna
    nicosia: λευκωσια | nikosia | lefkosa | nicosie | nikozja
    kyiv: киів | kiev | киев | kiew | kijow | kyjev
    lviv: львів | lvov | lemberg | lwow | львов | leopoli
    kharkiv: харків | kharkov | харьков | charkiw | charkow
    odesa: одеса | odessa | одесса
    dnipro: дніпро | dnipropetrovsk | dnepropetrovsk | днепр
    zaporizhzhya: запоріжжя | zaporozhye | запорожье | zaporizhzhia
    minsk: мінск | минск
    chisinau: кишинев | kishinev | kiszyniow
    moscow: москва | moskau | moscou | moscu | mosca | moskwa | moskva | moskova | moscovo
    saint petersburg: санкт петербург | st petersburg | petersburg | leningrad | sankt petersburg | san petersburgo | san pietroburgo | saint petersbourg | petrohrad
    yekaterinburg: екатеринбург | ekaterinburg | jekaterinburg | sverdlovsk
    nizhniy novgorod: нижнии новгород | nizhny novgorod | gorky | nischni nowgorod
    novosibirsk: новосибирск | nowosibirsk
    rostov na donu: ростов на дону | rostov on don | rostov | rostow am don
    volgograd: волгоград | stalingrad | wolgograd
    kaliningrad: калининград | konigsberg | krolewiec
    tbilisi: თბილისი | tiflis | тбилиси
    yerevan: երեւան | erevan | eriwan | erivan | ереван
    baku: baki | bakou | баку
    tehran: تهران | teheran | teera
    mashhad: مشهد | meshed
    isfahan: اصفهان | esfahan | ispahan
    baghdad: بغداد | bagdad | bagdat
    basrah: البصره | basra | bassora
    mosul: الموصل | mossoul
    damascus: دمشق | damaskus | damas | damasco | damaszek | sam
    aleppo: حلب | alep | alepo | halep | haleb
    beirut: بيروت | beyrouth | beyrut | beirute | bejrut
    amman: عمان
    jerusalem: ירושלים | القدس | gerusalemme | jerusalen | jerozolima | al quds | kudus
    tel aviv: תל אביב | tel aviv yafo
    haifa: חיפה | حيفا | caiffa
    cairo: القاهره | kairo | le caire | el cairo | kair | kahire | al qahirah
    alexandria: الاسكندريه | alexandrie | alejandria | al iskandariyah
    algiers: الجزاير | alger | algier | argel | algeri | cezayir
    tunis: تونس | tunez | tunisi | tunus
    tripoli: طرابلس | tripolis | trablus
    casablanca: الدار البيضاء | dar el beida | ad dar al bayda
    marrakesh: مراكش | marrakech | marrakesch | marraquexe
    fes: فاس | fez
    tangier: طنجه | tanger | tangeri
    khartoum: الخرطوم | khartum | jartum | chartum
    riyadh: الرياض | riad | riyad | ryad
    jeddah: جده | jiddah | djeddah | dschidda
    mecca: مكه | makkah | mekka | la mecque | la meca
    medina: المدينه | al madinah | medine
    dubai: دبي | dubaj
    abu dhabi: ابو ظبي | abu zabi
    kuwait city: الكويت | kuwait | koweit | kuweit
    doha: الدوحه | ad dawhah
    muscat: مسقط | maskat | mascate
    kabul: كابل | kaboul | cabul
    karachi: كراچي | karatschi
    lahore: لاہور | lahor
    islamabad: اسلام اباد
    mumbai: मुंबई | bombay | bombaj | bombaim
    kolkata: কলকাতা | calcutta | kalkutta | calcuta
    chennai: சென்னை | madras
    bengaluru: ಬೆಂಗಳೂರು | bangalore | bangalor
    delhi: दिल्ली | dilli
    new delhi: नई दिल्ली | nueva delhi | neu delhi | nova delhi | nuova delhi
    pune: पुणे | poona
    varanasi: वाराणसी | benares | banaras
    kochi: cochin | കൊച്ചി
    thiruvananthapuram: trivandrum | തിരുവനന്തപുരം
    visakhapatnam: vizag | విశాఖపట్నం
    hyderabad: హైదరాబాద్
    ahmedabad: ahmadabad | અમદાવાદ
    kanpur: cawnpore | कानपुर
    vadodara: baroda | વડોદરા
    mysuru: mysore | ಮೈಸೂರು
    gurugram: gurgaon | गुरुग्राम
    prayagraj: allahabad | प्रयागराज
    dhaka: ঢাকা | dacca
    kathmandu: काठमाडौं | katmandou | katmandu
    colombo: කොළඹ | kolombo
    yangon: ရ န် ကု န် | rangoon | rangun
    bangkok: krung thep | ก รุ ง เ ท พ
    phnom penh: ភ្ នំ ពេ ញ
    ho chi minh city: thanh pho ho chi minh | saigon | sai gon | tp hcm | hcmc | ho chi minh
    hanoi: ha noi
    jakarta: batavia | djakarta | yakarta
    singapore: singapur | singapour | singapura | 新 加 坡
    manila: maynila | manille
    beijing: 北 京 | peking | pekin | pechino | pequim
    shanghai: 上 海 | schanghai | szanghaj | xangai
    guangzhou: 广 州 | canton | kanton
    nanjing: 南 京 | nanking | nankin
    chongqing: 重 庆 | chungking
    tianjin: 天 津 | tientsin
    qingdao: 青 岛 | tsingtao
    shenyang: 沈 阳 | mukden
    hong kong: 香 港 | hongkong
    taipei: 台 北 | taipeh | 臺 北
    kaohsiung: 高 雄
    macau: 澳 門 | macao
    tokyo: 東 京 | tokio | toquio
    kyoto: 京 都 | kioto | quioto
    osaka: 大 阪
    yokohama: 横 浜
    seoul: 서 울 | seul
    busan: 부 산 | pusan
    incheon: 인 천 | inchon
    daegu: 대 구 | taegu
    pyongyang: 평 양 | pjongjang
    ulan bator: улаанбаатар | ulaanbaatar | oulan bator
    almaty: алматы | alma ata | алма ата
    astana: астана | nur sultan
    tashkent: тошкент | ташкент | taschkent | tachkent
    bishkek: бишкек | bischkek | frunze
    ashgabat: asgabat | ашхабад | achgabat
    dushanbe: душанбе | duschanbe
    addis ababa: አዲስ አበባ | addis abeba | adis abeba
    johannesburg: joburg | johannesburgo
    cape town: kaapstad | kapstadt | le cap | ciudad del cabo | cidade do cabo | citta del capo
    pretoria: tshwane
    durban: ethekwini
    maputo: lourenco marques
    kinshasa: leopoldville | kinszasa
    new york city: new york | nyc | nueva york | nova york | nova iorque | nowy jork
    los angeles: la
    san francisco: sf
    washington: dc | washington dc | washington d c
    philadelphia: philly | filadelfia | philadelphie
    new orleans: nola | la nouvelle orleans | nueva orleans
    las vegas: vegas
    atlanta: atl
    saint louis: st louis
    mexico city: ciudad de mexico | cdmx | mexiko stadt | mexico | cidade do mexico | citta del messico
    guatemala city: ciudad de guatemala
    panama city: ciudad de panama | panama stadt
    havana: la habana | havanna | la havane | lavana | hawana
    san juan: san juan de puerto rico
    bogota: santa fe de bogota
    rio de janeiro: rio
    sao paulo: san paolo
    asuncion: assuncao
    santiago: santiago de chile
    luxembourg: luxemburg | luxemburgo | lussemburgo | luksemburg
    valletta: la valletta | la valeta
    """
}
