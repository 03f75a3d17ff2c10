extension CultureText {
  static let spanish = CultureText(
    weight: 110,
    men: """
      José|Juan|Antonio|Manuel|Francisco|Luis|Carlos|Miguel|Jesús|Pedro|Alejandro|Javier|Jorge|David
      Daniel|Rafael|Fernando|Sergio|Pablo|Andrés|Diego|Ramón|Ángel|Alberto|Roberto|Eduardo|Ricardo|Víctor
      Enrique|Raúl|Óscar|Mario|Iván|Rubén|Álvaro|Adrián|Martín|Hugo|Santiago|Sebastián|Mateo|Nicolás|Tomás
      Gabriel|Ignacio|Emilio|Guillermo|Gonzalo|Joaquín|Arturo|Felipe|Héctor|César|Julio|Marcos|Esteban
      Rodrigo|Agustín|Íñigo|João|Tiago|Thiago|Gilberto|Juan Carlos|José Luis|Francisco Javier
      """,
    women: """
      María|Carmen|Ana|Isabel|Laura|Cristina|Marta|Lucía|Elena|Pilar|Dolores|Rosa|Sara|Paula|Raquel
      Patricia|Silvia|Mercedes|Beatriz|Rocío|Andrea|Alba|Irene|Mónica|Natalia|Inés|Sofía|Valentina|Camila
      Daniela|Gabriela|Alejandra|Verónica|Adriana|Mariana|Fernanda|Guadalupe|Juana|Teresa|Julia|Claudia
      Eva|Nuria|Lorena|Miriam|Gloria|Luisa|Ximena|Jimena|Catalina|Antonia|Consuelo|Concepción|Ángela
      Noelia|Yolanda|Esperanza|Luz|Begoña|Montserrat|Ana María|María José|María del Carmen|Isabela|Letícia
      """,
    surnames: """
      García|Rodríguez|González|Fernández|López|Martínez|Sánchez|Pérez|Gómez|Martín|Hernández|Jiménez|Díaz
      Ruiz|Moreno|Álvarez|Muñoz|Romero|Gutiérrez|Alonso|Navarro|Torres|Domínguez|Vázquez|Ramírez|Ramos|Gil
      Serrano|Molina|Blanco|Morales|Suárez|Ortega|Castro|Delgado|Ortiz|Marín|Rubio|Núñez|Medina|Sanz
      Castillo|Iglesias|Cortés|Garrido|Santos|Guerrero|Lozano|Cano|Cruz|Méndez|Flores|Prieto|Herrera|Peña
      León|Márquez|Cabrera|Gallego|Calvo|Vidal|Campos|Reyes|Vega|Fuentes|Carrasco|Diez|Aguilar|Caballero
      Nieto|Santana|Vargas|Pascual|Herrero|Giménez|Hidalgo|Montero|Lorenzo|Santiago|Benítez|Durán|Ibáñez
      Arias|Mora|Ferrer|Carmona|Rojas|Soto|Parra|Velasco|de la Cruz|de la Fuente|del Río|Bravo|Silva
      Pereira|Oliveira|Souza|Costa|Almeida|Carvalho
      """,
    rareSurnames: RareText(
      perMille: 110,
      parts: [
        """
        Al|Bel|Car|Es|Fon|Gal|Her|Il|Lar|Mal|Mon|Nav|Or|Pal|Que|Riv|Sal|Tor|Ur|Val|Zab|Arr|Bar|Cas|Dom|Ech
        Gue|Ib|Lam|Men|Och|Per|Ron|San|Tal|Vil|Zam|Bur|Cam|Cor
        """,
        "a|e|i|o|an|en|al|ar|er|ec|ed|eg|on|or|ab|ald|ant|arr",
        """
        ez|ero|illo|ano|eda|osa|ales|ares|ín|ones|ado|era|ejo|ete|izo|uela|aga|arte|ide|orte|al|enco|ica
        oz|eño
        """,
      ]),
    secondGivenPerMille: 60,
    secondSurnamePerMille: 330,
    secondSurnameJoiner: " ",
    titles: """
      Ingeniero de software|Enfermera|Contador|Gerente de ventas|Analista de datos|Desarrollador web
      Abogada|Auxiliar administrativo|Diseñadora gráfica|Jefe de proyecto|Médico|Técnico de mantenimiento
      Recepcionista|Asesor comercial|Director financiero|Profesora de inglés|Ingeniera civil
      Coordinador logístico|Conductor|Responsable de I+D
      """,
    countries: "MX|ES|CO|AR|CL|PE|US|BR")
}
