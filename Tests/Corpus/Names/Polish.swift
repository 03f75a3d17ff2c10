extension CultureText {
  static let polish = CultureText(
    weight: 40,
    men: """
      Piotr|Krzysztof|Andrzej|Tomasz|Paweł|Jan|Michał|Marcin|Jakub|Adam|Stanisław|Marek|Łukasz|Grzegorz
      Mateusz|Wojciech|Mariusz|Dariusz|Zbigniew|Jerzy|Rafał|Maciej|Robert|Kamil|Jacek|Dawid|Kacper|Szymon
      Sławomir|Janusz|Artur|Sebastian|Patryk|Ryszard|Jarosław|Mirosław|Przemysław|Bartosz|Filip|Hubert
      Dominik|Wiktor|Damian|Konrad|Leszek|Radosław|Bartłomiej|Mikołaj|Arkadiusz|Czesław|Bogdan|Igor|Oskar
      Waldemar|Witold|Zdzisław|Kazimierz|Włodzimierz|Gniewko|Bolesław|Olaf|Cezary
      """,
    women: """
      Anna|Katarzyna|Maria|Małgorzata|Agnieszka|Barbara|Ewa|Magdalena|Elżbieta|Joanna|Aleksandra|Monika
      Zofia|Natalia|Krystyna|Karolina|Julia|Marta|Beata|Dorota|Zuzanna|Danuta|Teresa|Halina|Irena|Maja
      Hanna|Weronika|Iwona|Paulina|Kinga|Aneta|Justyna|Patrycja|Sylwia|Renata|Jolanta|Grażyna|Bożena
      Oliwia|Wiktoria|Emilia|Martyna|Kamila|Izabela|Lena|Alicja|Amelia|Urszula|Edyta|Klaudia|Dominika
      Sandra|Gabriela|Milena|Żaneta|Jadwiga|Wioletta|Nikola|Stefania|Róża|Łucja
      """,
    surnames: """
      Nowak|Kowalski|Wiśniewski|Wójcik|Kowalczyk|Kamiński|Lewandowski|Zieliński|Szymański|Woźniak
      Dąbrowski|Kozłowski|Mazur|Jankowski|Kwiatkowski|Wojciechowski|Krawczyk|Kaczmarek|Piotrowski
      Grabowski|Zając|Pawłowski|Michalski|Król|Wieczorek|Jabłoński|Wróbel|Nowakowski|Majewski|Olszewski
      Dudek|Stępień|Jaworski|Adamczyk|Malinowski|Górski|Pawlak|Nowicki|Sikora|Witkowski|Rutkowski|Walczak
      Baran|Michalak|Szewczyk|Ostrowski|Tomaszewski|Pietrzak|Zalewski|Wróblewski|Marciniak|Jasiński
      Sadowski|Bąk|Zawadzki|Duda|Jakubowski|Wilk|Chmielewski|Borkowski|Włodarczyk|Sokołowski|Szczepański
      Sawicki|Kucharski|Lis|Kubiak|Kalinowski|Mazurek|Wysocki|Maciejewski|Czarnecki|Kołodziej|Urbański
      Kaźmierczak|Sobczak|Głowacki|Krajewski|Szulc|Sikorski|Mróz|Gajewski|Wasilewski|Zakrzewski
      """,
    rareSurnames: RareText(
      perMille: 170,
      parts: [
        """
        Bar|Bielo|Boro|Brzo|Chmie|Ciesz|Czar|Dob|Drze|Gał|Gło|Grze|Gwo|Jar|Jasz|Kali|Kar|Kło|Kos|Krzy|Lu
        Łu|Mal|Mie|Nie|Ostro|Pod|Przy|Rad|Roz|Rze|Sko|Sta|Szcze|Tar|Trze|Wie|Wodzi|Wło|Zaw
        """,
        "_|bo|chow|ci|der|dzi|ga|ko|li|ma|ni|ro|sław|sze|wi|zow",
        "cki|ski|ński|wski|czyk|czak|ak|ek|ik|owicz|ewicz|yński|icki|owiak|asz|ala|ra|yka|ecki|icz",
      ]),
    feminine: "ski=ska|cki=cka|dzki=dzka",
    secondSurnamePerMille: 20,
    titles: """
      Programista Java|Pielęgniarka|Księgowa|Kierownik projektu|Specjalista ds. sprzedaży
      Inżynier oprogramowania|Magazynier|Analityk danych|Kierowca kat. C+E|Nauczycielka
      Tester oprogramowania|Lekarz|Grafik komputerowy|Główna księgowa|Asystentka biura|Elektryk
      Przedstawiciel handlowy
      """,
    countries: "PL|GB|DE")
}
