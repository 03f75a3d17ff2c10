extension CultureText {
  static let german = CultureText(
    weight: 70,
    men: """
      Thomas|Michael|Andreas|Stefan|Peter|Christian|Wolfgang|Klaus|Martin|Jürgen|Frank|Markus|Alexander
      Daniel|Matthias|Tobias|Sebastian|Jan|Florian|Jörg|Uwe|Bernd|Ralf|Dirk|Holger|Torsten|Sven|Jens|Felix
      Lukas|Jonas|Maximilian|Philipp|Tim|Niklas|Leon|Paul|Moritz|Fabian|Simon|David|Johannes|Benjamin
      Dominik|Oliver|Kai|Björn|Lars|Nils|Karl-Heinz|Hans-Peter|Günther|Heinz|Helmut|Werner|Manfred|Dieter
      Gerhard|Rüdiger|Götz|Anton|Emil|Matteo|Finn
      """,
    women: """
      Sabine|Petra|Monika|Susanne|Andrea|Claudia|Birgit|Nicole|Stefanie|Julia|Katharina|Anna|Christine
      Martina|Gabriele|Ursula|Karin|Heike|Anja|Silke|Kerstin|Melanie|Sandra|Sarah|Laura|Lisa|Lena|Johanna
      Sophie|Marie|Franziska|Theresa|Jana|Nina|Eva|Barbara|Ulrike|Angelika|Ingrid|Renate|Helga|Brigitte
      Hannah|Mia|Emilia|Lea|Leonie|Luisa|Charlotte|Annika|Vanessa|Jessica|Jennifer|Tanja|Manuela|Simone
      Käthe|Jördis|Bärbel|Anneliese|Anke|Antje
      """,
    surnames: """
      Müller|Schmidt|Schneider|Fischer|Weber|Meyer|Wagner|Becker|Schulz|Hoffmann|Schäfer|Koch|Bauer
      Richter|Klein|Wolf|Schröder|Neumann|Schwarz|Zimmermann|Braun|Krüger|Hofmann|Hartmann|Lange|Schmitt
      Werner|Schmitz|Krause|Meier|Lehmann|Schmid|Schulze|Maier|Köhler|Herrmann|König|Walter|Mayer|Huber
      Kaiser|Fuchs|Peters|Lang|Scholz|Möller|Weiß|Jung|Hahn|Schubert|Vogel|Friedrich|Keller|Günther|Frank
      Berger|Winkler|Roth|Beck|Lorenz|Baumann|Franke|Albrecht|Schuster|Simon|Ludwig|Böhm|Winter|Kraus
      Martin|Schumacher|Krämer|Vogt|Stein|Jäger|Otto|Groß|Sommer|Seidel|Heinrich|Brandt|Haas|Schreiber
      Graf|Dietrich|Ziegler|Kuhn|Kühn|Pohl|Engel|Horn|Busch|Bergmann|von Bülow|von der Heide|zu Hohenfels
      Weiss|Mueller|Schroeder|Rösler|Strauß
      """,
    rareSurnames: RareText(
      perMille: 150,
      parts: [
        """
        Alt|Berg|Birk|Brand|Buch|Dorn|Eber|Eich|Feld|Fink|Gold|Grün|Haber|Hart|Hecht|Holz|Kalt|Kirch|Kling
        Lauter|Lieb|Linden|Mühl|Nieder|Ober|Rau|Reich|Rosen|Roth|Sand|Schön|Silber|Stein|Stern|Tann|Wald
        Weid|Wein|Wies|Zimmer
        """,
        "_|en|er|el|in|els|ers|ing|ling|am|old|ich",
        """
        bach|berg|berger|feld|dorf|dorfer|mann|hauer|hofer|huber|lein|meier|müller|ner|rath|schmidt|stein
        thal|wald|weiler|burg|brecht|eck|egger|gruber|haus|heim|kamp|maier|reiter
        """,
      ]),
    secondGivenPerMille: 25,
    secondGivenJoiner: "-",
    secondSurnamePerMille: 25,
    titles: """
      Softwareentwickler (m/w/d)|Pflegefachkraft (m/w/d)|Projektleiter|Vertriebsmitarbeiter im Außendienst
      Sachbearbeiterin Buchhaltung|Elektroniker für Betriebstechnik|Maschinenbauingenieur
      Kaufmann im Einzelhandel|Krankenschwester|Systemadministrator (m/w/d)|Steuerfachangestellte
      Einkäufer|Werkstudentin Marketing|Bürokauffrau|Mechatroniker|Ärztin|Lehrer|Berufskraftfahrer
      Geschäftsführer|Qualitätsprüfer|Leiter Forschung & Entwicklung
      """,
    countries: "DE|AT|CH")
}
