extension CultureText {
  static let hebrew = CultureText(
    weight: 10,
    nativePerMille: 600,
    men: """
      דוד=David|משה=Moshe|יוסף=Yosef|אברהם=Avraham|יעקב=Yaakov|דניאל=Daniel|יונתן=Yonatan|אורי=Ori
      נועם=Noam|איתי=Itai|עומר=Omer|אמיר=Amir|רון=Ron|גיל=Gil|אייל=Eyal|ניר=Nir|אלון=Alon|עידו=Ido
      אריאל=Ariel|יואב=Yoav|שמעון=Shimon
      """,
    women: """
      נועה=Noa|תמר=Tamar|שרה=Sarah|רחל=Rachel|רבקה=Rivka|אסתר=Esther|מיכל=Michal|יעל=Yael|מאיה=Maya
      שירה=Shira|טליה=Talia|עדי=Adi|הילה=Hila|ענת=Anat|דנה=Dana|אפרת=Efrat|רונית=Ronit|ליאת=Liat
      חנה=Hannah|לאה=Leah|אביגיל=Avigail
      """,
    surnames: """
      כהן=Cohen|לוי=Levi|מזרחי=Mizrahi|פרץ=Peretz|ביטון=Biton|דהן=Dahan|אברהם=Avraham|פרידמן=Friedman
      אגבריה=Agbaria|מלכה=Malka|אזולאי=Azoulay|כץ=Katz|יוסף=Yosef|דוד=David|עמר=Amar|אוחיון=Ohayon
      חדד=Hadad|גבאי=Gabay|בן דוד=Ben David|אדרי=Edri|לוין=Levin|טל=Tal|קליין=Klein|חן=Chen|שפירא=Shapira
      חזן=Hazan|משה=Moshe|אשכנזי=Ashkenazi|אוחנה=Ohana|סגל=Segal|גולן=Golan|שרון=Sharon|ברק=Barak
      רוזנברג=Rosenberg|גולדשטיין=Goldstein|וייס=Weiss
      """,
    rareSurnames: RareText(
      perMille: 120,
      parts: [
        """
        רוזנ=Rosen|גולד=Gold|שטרנ=Stern|ברג=Berg|פרל=Perl|זילבר=Silber|גרינ=Grin|ויינ=Wein|אייז=Eisen
        בלומ=Blum|הורו=Horo
        """,
        "_|ב=b|ד=d|ל=l|פ=f",
        """
        שטיין=stein|ברג=berg|מן=man|פלד=feld|בוים=boim|וביץ=ovich|בלט=blatt|צווייג=zweig|טל=tal
        הולץ=holz|סון=son
        """,
      ]),
    secondSurnamePerMille: 10,
    titles: "מהנדס תוכנה|אחות|מנהלת פרויקטים|רואה חשבון|מורה|נציג מכירות",
    countries: "IL|US")
}
