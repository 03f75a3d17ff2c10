extension Nicknames {
  package static let polish = """
    agata: agatka
    agnieszka: aga agusia jagna
    aleksander: olek alek
    aleksandra: ola olka olenka
    andrzej: jedrek jedrus andrzejek
    anna: ania anka hanka
    barbara: basia baska
    bartlomiej: bartek bartus
    bartosz: bartek bartus
    boguslaw: bogus
    czeslaw: czesiek czesio
    dariusz: darek
    dorota: dorotka
    elzbieta: ela elka
    ewa: ewka ewunia
    franciszek: franek franio
    grzegorz: grzesiek grzes
    halina: halinka hala
    henryk: heniek henio
    irena: irenka
    jadwiga: jadzia
    jakub: kuba kubus
    jan: jasiek janek jas
    janina: janka jasia
    jaroslaw: jarek
    jerzy: jurek
    joanna: asia aska joasia
    jozef: jozek jozio
    justyna: justynka
    karolina: karola karolka
    katarzyna: kasia kaska
    kazimierz: kazik kazio
    krystyna: krysia kryska
    krzysztof: krzysiek krzys
    leszek: lesio
    lukasz: lukaszek luki
    maciej: maciek macius
    magdalena: magda madzia
    malgorzata: gosia malgosia gocha
    marcin: marcinek
    maria: marysia
    mateusz: mateuszek mati
    mieczyslaw: mietek
    mikolaj: mikolajek miki
    miroslaw: mirek
    natalia: natalka
    pawel: pawelek
    piotr: piotrek piotrus
    przemyslaw: przemek
    radoslaw: radek
    rafal: rafalek
    ryszard: rysiek rysio
    slawomir: slawek
    stanislaw: staszek stas stasiek
    stefan: stefek
    szymon: szymek
    tadeusz: tadek tadzio
    teresa: terenia tereska
    tomasz: tomek tomus
    waldemar: waldek
    wieslaw: wiesiek
    wlodzimierz: wlodek
    wojciech: wojtek
    zbigniew: zbyszek zbych
    zdzislaw: zdzisiek
    zofia: zosia zoska
    zuzanna: zuzia zuza
    """
}
