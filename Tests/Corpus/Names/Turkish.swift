extension CultureText {
  static let turkish = CultureText(
    weight: 30,
    men: """
      Mehmet|Mustafa|Ahmet|Ali|Hüseyin|Hasan|İbrahim|İsmail|Osman|Yusuf|Murat|Ömer|Ramazan|Halil|Süleyman
      Abdullah|Mahmut|Recep|Salih|Fatih|Emre|Kadir|Hakan|Serkan|Uğur|Burak|Onur|Volkan|Tolga|Kerem|Can|Cem
      Deniz|Barış|Eren|Oğuz|Çağrı|Tuncay|Gökhan|Selim|Yiğit|Alper|Kaan|Mert|Berk|Ozan|Umut|Sinan|Erdem
      Levent|Orhan|Şükrü|Metin|Haluk|Necati|İlker|Yılmaz|Bülent|Cengiz|Ertuğrul|Tarık|Ümit
      """,
    women: """
      Fatma|Ayşe|Emine|Hatice|Zeynep|Elif|Meryem|Şerife|Zehra|Sultan|Hanife|Merve|Havva|Zeliha|Esra|Fadime
      Özlem|Hacer|Yasemin|Hülya|Sevgi|Büşra|Kübra|Selin|Gizem|Derya|Pınar|Gül|Gülşen|Nur|Ebru|Aslı|Ceren
      İrem|Ece|Defne|Nehir|Buse|Tuğba|Sibel|Songül|Aysel|Leyla|Filiz|Nurcan|Seda|Burcu|Çiğdem|Şule|Ayça
      Begüm|Damla|Melis|Dilek|Özge|Sevda|Türkan|Nesrin|Müge|Işıl|Yıldız|Bahar
      """,
    surnames: """
      Yılmaz|Kaya|Demir|Çelik|Şahin|Yıldız|Yıldırım|Öztürk|Aydın|Özdemir|Arslan|Doğan|Kılıç|Aslan|Çetin
      Kara|Koç|Kurt|Özkan|Şimşek|Polat|Korkmaz|Çakır|Erdoğan|Yavuz|Can|Acar|Şen|Aktaş|Güler|Yalçın|Güneş
      Bozkurt|Bulut|Keskin|Ünal|Turan|Gül|Özer|Işık|Kaplan|Avcı|Sarı|Tekin|Taş|Köse|Yüksel|Ateş|Aksoy
      Yiğit|Coşkun|Erdem|Karaca|Ceylan|Durmaz|Tunç|Demirci|Bayram|Uysal|Çiftçi|Karataş|Sönmez|Toprak|Uçar
      Duman|Gündüz|Akın|Güven|Deniz|Soylu|Uslu|Ergin|Balcı|Özçelik|Eren|Aydoğan|Albayrak|Tosun|Kahraman
      Tuna|Başaran|Oğuz|Erol|Çakmak|Genç|Sezer
      """,
    rareSurnames: RareText(
      perMille: 150,
      parts: [
        """
        Ak|Al|Altın|Ay|Bal|Bay|Boz|Cey|Çak|Çal|Dağ|Dal|Dem|Doğ|Er|Gök|Gül|Gün|Hız|Ir|Kar|Kay|Kız|Kor|Kök
        Ok|Ön|Öz|Sar|Soy|Şen|Taş|Tek|Tok|Tur|Ulu|Uy|Yağ|Yal|Yıl
        """,
        "_|a|ba|da|ka|la|ma|ra|sa|ta|ya|ur|ar|ım",
        """
        lı|can|oğlu|soy|han|kan|tekin|er|maz|bay|baş|çı|demir|doğan|gil|kaya|taş|türk|yurt|şen|su|göz
        kol|dal
        """,
      ]),
    secondGivenPerMille: 30,
    titles: """
      Yazılım Mühendisi|Hemşire|Muhasebeci|Satış Temsilcisi|Proje Yöneticisi|Öğretmen|Şoför
      Grafik Tasarımcı
      """,
    countries: "TR|DE|NL")
}
