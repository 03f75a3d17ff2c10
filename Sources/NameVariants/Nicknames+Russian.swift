extension Nicknames {
  /// Russian names in their usual Latin spellings.
  package static let russian = """
    aleksandr alexandr: sasha shura sanya sascha sania sanyok
    alexander: sasha sascha shura
    aleksandra: sasha shura sanya asya alya
    alexandra: sasha asya
    aleksei alexei aleksey alexey: alyosha aliosha lyosha lyokha alex lesha alesha
    anastasia anastasiya: nastya nastia asya nastenka nastasya
    anatoly anatoliy anatoli anatolii: tolya tolik tolia
    andrei andrey andrej: andryusha andryukha andriusha dron
    angelina: lina gelya angela
    anna: anya ania annushka anyuta asya
    anton: antosha tosha toshka
    antonina: tonya tonia tosya
    arkady arkadiy arkadi: arkasha
    arseny arseniy arseni: arsen senya
    artem artyom: tyoma tema artyomka tyomik
    artur: arturik
    bogdan: bodya dan
    bohdan: bodya
    boris: borya boria borka
    vyacheslav viacheslav: slava slavik
    yaroslav iaroslav: slava yarik yaro slavik
    yaroslava: slava yara
    stanislav: stas slava stasik
    stanislava: stasya
    vladislav: vlad vladik slava
    vladislava: vlada
    rostislav: rostik slava
    svyatoslav sviatoslav: slava svyat
    miroslav: slava mirek mirik
    daniil: danya danila dania dan danil
    darya daria: dasha dashka dashenka
    denis: denya den deniska
    diana: dianka dina
    dmitry dmitri dmitriy dmitrii: dima mitya dimon mitia dimka dimulya mitka
    dmytro: dima mitya
    eduard: edik ed
    ekaterina yekaterina katerina: katya katia katyusha kate katenka katyukha
    kateryna: katya katia
    elena yelena: lena lenochka alyona lenka
    elizaveta yelizaveta: liza lizaveta lizonka
    emil: emilik
    evgeny evgeni evgeniy yevgeny evgenii: zhenya zhenia jenya genya zheka
    evgenia evgeniya yevgenia: zhenya zhenia jenya genya
    yevhen: zhenya
    fedor fyodor: fedya fedia fedka
    filipp: filya
    galina: galya galia galka
    halyna: halya galya
    gennady gennadiy gennadi: gena genka genych
    georgy georgiy georgi georgii: gosha zhora goga gora yura
    gleb: glebushka
    grigory grigoriy grigori grigorii: grisha grishka grinya
    hryhoriy: hrysha
    igor: igoryok gosha garik
    ihor: ihoryok
    ilya ilia: ilyusha ilyukha iliusha
    inna: innochka
    innokenty: kesha
    ioann ivan: vanya vania ivanushka vanka
    iosif: osya yosya
    irina iryna: ira irka irochka irisha
    karina: kara
    kirill kiril kyrylo: kirya kiryusha kiryukha
    klavdia: klava
    konstantin: kostya kostia kostik kostyan
    kristina: tina kris
    ksenia kseniya xenia: ksyusha ksiusha xenya ksyu
    lada: ladushka
    larisa larissa: lara lora larochka
    leonid: lyonya lenya lonya
    lev: lyova leva lyovushka
    lidia lidiya: lida lidochka
    liliya lilia: lilya lilechka
    lyubov liubov lubov: lyuba luba liuba lyubasha
    lyudmila ludmila liudmila: lyuda luda mila lusya lyusya liuda lyudochka
    maksim maxim: max maks maksik
    margarita: rita margo ritochka
    maria mariya marya: masha manya marusya
    marina: marinka marisha mara
    marianna: mara
    matvey matvei: motya matveika
    mikhail michail mihail: misha mishka mishanya mischa mikhas
    mykhailo: misha mykhas
    mykola: kolya mykolka
    mykyta nikita: nik nikitka kita
    nadezhda: nadya nadia nadyusha nadenka
    natalia natalya nataliya natalja: natasha nata natashka tasha tusya
    nikolai nikolay nikolaj: kolya kolia nikolasha kolyan kolka
    nina: ninochka ninulya
    oksana: ksana ksyusha
    oleg oleh: olezhka olezha
    oleksandr: sashko sasha oles
    oleksandra: sasha lesya olesya
    oleksiy oleksii: oleksa lyosha
    olesya olesia: lesya lesia
    olga olha: olya olia olenka lyolya
    pavel: pasha pashka pavlik pavlusha
    pavlo: pasha pavlik
    petr pyotr piotr: petya petia petka petrusha
    petro: petya petrik
    polina: polya polinka
    prokhor: prosha
    raisa: raya raia
    renat rinat: rena
    roman: roma romka romchik
    ruslan: rus ruslanchik
    rustam: rus
    semyon semen: syoma sema senya
    serafima: sima fima
    sergei sergey sergej sergii: seryozha serezha serge seryoga serhiyko sergo
    serhii serhiy: seryozha serhiyko
    sofia sofya sofiya: sonya sonia sofochka
    solomon: monya
    stepan: styopa stepa
    svetlana: sveta lana svetik svetochka
    taisia taisiya: taya tasya
    tamara: toma tamarochka
    tatiana tatyana tatjana: tanya tania tanyusha tata tanechka
    tetiana tetyana: tanya tania
    timofei timofey: tima timosha tim
    timur: tima tim
    tikhon: tisha
    trofim: trosha
    ulyana uliana: ulya uliasha
    vadim: vadik vadya dima
    valentin: valya valik
    valentina: valya valia valyusha
    valeria valeriya: lera valera valya
    valery valeriy valeri valerii: valera valerik
    varvara: varya varia varyusha
    vasily vasiliy vasili vasilii: vasya vasia vaska vasek
    vasyl: vasylko vasya
    vasilisa: vasya lisa
    venyamin veniamin: venya
    vera: verochka verunya
    veronika: nika vera ronya
    viktor victor: vitya vitia vityok
    viktoria viktoriya victoria: vika viktosha toria
    violetta: vita viola
    vitaly vitaliy vitali vitalii: vitalik vitya talik
    vladimir: vova volodya vladimirka vovka vovan vlad
    volodymyr: vova volodya
    vladlen: vladik
    vsevolod: seva sevka
    yakov iakov: yasha yashka
    yefim efim: fima
    yegor egor: yegorka zhora gosha egorka
    yevdokia evdokia: dusya dunya
    yulia julia yuliya iuliia: yulya julya yulka yulechka
    yuri yury yuriy iurii: yura yurka yurik iura jura yurko
    zakhar: zakharka zakhi
    zinaida: zina zinochka
    zoya: zoyka
    zhanna: zhannochka
    eva: evochka
    agrafena: grusha
    avdotya: dunya
    praskovya: pasha parasha
    fekla: fyokla
    afanasy: afonya fonya
    albina: alya bina
    alevtina: alya tina
    alina: alya alinka
    alisa: alya
    alla: alya allochka
    inga: ingusha
    kuzma: kuzya
    lavrenty: lavrik lavr
    makar: makarka
    miron: mironka mirosha
    rodion: rodya rodia
    savely saveliy: sava savva
    ignat: ignasha
    zlata: zlatka
    """
}
