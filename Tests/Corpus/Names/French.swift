extension CultureText {
  static let french = CultureText(
    weight: 60,
    men: """
      Jean|Pierre|Michel|Philippe|Nicolas|Alain|Patrick|Christophe|Laurent|Julien|Thomas|François|Olivier
      Éric|Stéphane|David|Sébastien|Alexandre|Vincent|Frédéric|Guillaume|Antoine|Maxime|Romain|Benjamin
      Mathieu|Pascal|Bruno|Thierry|Didier|Gilles|Jérôme|Cédric|Arnaud|Fabrice|Hugo|Lucas|Louis|Gabriel
      Arthur|Jules|Adam|Raphaël|Paul|Quentin|Florian|Clément|Baptiste|Théo|Rémi|Loïc|Yann|Benoît|Xavier
      Jean-Pierre|Jean-Luc|Jean-François|Mohamed|Karim|Mamadou|André|René|Étienne
      """,
    women: """
      Marie|Nathalie|Isabelle|Sylvie|Catherine|Martine|Christine|Françoise|Valérie|Sandrine|Stéphanie
      Véronique|Sophie|Céline|Chantal|Patricia|Anne|Brigitte|Julie|Monique|Aurélie|Nicole|Laurence|Annie
      Émilie|Dominique|Virginie|Corinne|Élodie|Camille|Claire|Charlotte|Léa|Manon|Chloé|Emma|Inès|Jade
      Louise|Alice|Sarah|Pauline|Marion|Mathilde|Laura|Lucie|Mélanie|Delphine|Karine|Caroline|Hélène|Agnès
      Cécile|Florence|Anne-Sophie|Marie-Claude|Noémie|Maëlle|Fatou|Aïcha|Zoé|Gaëlle
      """,
    surnames: """
      Martin|Bernard|Dubois|Thomas|Robert|Richard|Petit|Durand|Leroy|Moreau|Simon|Laurent|Lefebvre|Michel
      Garcia|David|Bertrand|Roux|Vincent|Fournier|Morel|Girard|André|Lefèvre|Mercier|Dupont|Lambert|Bonnet
      François|Martinez|Legrand|Garnier|Faure|Rousseau|Blanc|Guérin|Muller|Henry|Roussel|Nicolas|Perrin
      Morin|Mathieu|Clément|Gauthier|Dumont|Lopez|Fontaine|Chevalier|Robin|Masson|Sanchez|Gérard|Nguyen
      Boyer|Denis|Lemaire|Duval|Joly|Gautier|Roger|Roche|Roy|Noël|Meyer|Lucas|Meunier|Jean|Perez|Marchand
      Dufour|Blanchard|Marie|Barbier|Brun|Dumas|Brunet|Schmitt|Leroux|Colas|Benoît|Renard|Picard|Caron
      Aubert|Giraud|Rivière|Diallo|Traoré|Le Gall|de La Tour|d'Estrées|L'Hermitte|Le Goff|Tremblay|Gagnon
      Côté|Bouchard
      """,
    rareSurnames: RareText(
      perMille: 130,
      parts: [
        """
        Beau|Bel|Bois|Bon|Bour|Cham|Char|Châ|Cour|Des|Du|Fon|Fré|Gir|Gran|Gué|Haut|La|Lan|Le|Mar|Mau|Mon
        Mont|Nor|Par|Pel|Per|Quen|Ra|Ri|Roch|Sau|Ser|Tail|Tour|Val|Ver|Vil|Vau
        """,
        "_|be|ce|che|de|fe|ge|lan|le|mar|me|ne|que|ra|re|se|te|ve",
        """
        bert|bois|cault|chard|court|dieu|din|doux|fort|gnac|gny|ier|illard|lain|let|lier|lieu|mont|nault
        neau|nier|pin|quet|rand|rault|reau|rier|sier|teau|tier|ville|vert
        """,
      ]),
    secondGivenPerMille: 45,
    secondGivenJoiner: "-",
    secondSurnamePerMille: 25,
    titles: """
      Développeur web|Ingénieur logiciel|Infirmière|Chef de projet|Comptable|Responsable des ventes
      Assistante RH|Technicien de maintenance|Directeur général|Conseillère clientèle|Analyste financier
      Chargé de recrutement|Ingénieure d'études|Vendeur en magasin|Aide-soignante|Architecte réseau
      Professeur des écoles|Juriste|Acheteuse|Chauffeur poids lourd|Ingénieur R&D
      """,
    countries: "FR|BE|CH|CA|SN")
}
