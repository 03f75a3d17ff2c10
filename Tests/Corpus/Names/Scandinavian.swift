extension CultureText {
  static let scandinavian = CultureText(
    weight: 35,
    men: """
      Lars|Erik|Anders|Johan|Per|Karl|Nils|Jan|Mikael|Peter|Jonas|Magnus|Henrik|Fredrik|Mats|Thomas|Daniel
      Martin|Andreas|Stefan|Björn|Ole|Kjell|Hans|Knut|Svein|Arne|Øyvind|Håkon|Morten|Terje|Geir|Tor|Bjørn
      Rune|Trond|Jens|Søren|Niels|Jørgen|Rasmus|Mads|Kasper|Mikkel|Christian|Emil|Oskar|Elias|Åke|Göran
      Sven|Gustav|Axel|Linus|Viktor|Ludvig|Jörgen|Pål|Einar|Sigurd|Eero|Mikko|Juhani|Antti|Gunnar
      """,
    women: """
      Anna|Maria|Eva|Kristina|Karin|Ingrid|Sara|Emma|Lena|Marie|Malin|Kerstin|Elin|Johanna|Hanna|Linda
      Sofia|Åsa|Annika|Birgitta|Ulla|Astrid|Solveig|Liv|Kari|Anne|Inger|Marit|Silje|Ida|Nora|Ingeborg
      Hilde|Berit|Randi|Tone|Mette|Hanne|Kirsten|Lone|Pia|Camilla|Freja|Signe|Maja|Sigrid|Frida|Linnea
      Ebba|Alva|Saga|Wilma|Elsa|Märta|Gudrun|Ragnhild|Bodil|Gunilla|Päivi|Aino|Helena|Tuula|Sólveig
      """,
    surnames: """
      Andersson|Johansson|Karlsson|Nilsson|Eriksson|Larsson|Olsson|Persson|Svensson|Gustafsson|Hansen
      Johansen|Olsen|Larsen|Andersen|Pedersen|Nielsen|Jensen|Christensen|Rasmussen|Sørensen|Jørgensen
      Petersen|Madsen|Kristensen|Nilsen|Kristiansen|Karlsen|Johnsen|Pettersen|Eriksen|Berg|Haugen|Hagen
      Johannessen|Jacobsen|Halvorsen|Lund|Lindberg|Lindström|Lindqvist|Lindgren|Bergström|Lundberg
      Lundgren|Lundqvist|Mattsson|Sandberg|Forsberg|Sjöberg|Wallin|Engström|Eklund|Danielsson|Håkansson
      Bengtsson|Jönsson|Jonsson|Pettersson|Magnusson|Lindholm|Bergman|Holm|Björk|Nyström|Åberg|Öberg
      Östlund|Solberg|Bakke|Strand|Moen|Lie|Dahl|Eide|Møller|Thomsen|Poulsen|Knudsen|Mortensen|Korhonen
      Virtanen|Mäkinen|Nieminen|Hämäläinen|Guðmundsdóttir|Jónsson|Sigurðsson
      """,
    rareSurnames: RareText(
      perMille: 150,
      parts: [
        """
        Ahl|Alm|Ask|Berg|Björk|Blom|Bo|Dal|Ek|Fager|Fors|Grön|Hag|Hall|Hed|Holm|Kall|Kron|Lager|Lilje|Lind
        Ljung|Lund|Löv|Mo|Nord|Ny|Rosen|Sand|Sjö|Skog|Sol|Stor|Strand|Sund|Söder|Tall|Ul|Vester|Åker|Ö|Ørn
        """,
        "_|a|e|en|er|el|in|ing|s|u",
        """
        berg|borg|by|dahl|fors|gaard|gren|heim|holm|lund|man|mark|qvist|rud|sen|stad|sson|stedt|strand
        ström|strøm|vall|vik|ås|ø|skog|näs|land|bø|sæther
        """,
      ]),
    secondGivenPerMille: 30,
    secondGivenJoiner: "-",
    titles: """
      Sjuksköterska|Systemutvecklare|Prosjektleder|Sygeplejerske|Butikksjef|Ekonomiassistent|Säljare
      Kundeservice|Projektledare|Vicevärd|Overlege|Udvikler|Lærer|Lagermedarbetare|Förskollärare
      """,
    countries: "SE|NO|DK|FI|IS")
}
