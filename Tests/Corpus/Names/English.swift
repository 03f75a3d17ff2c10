extension CultureText {
  static let english = CultureText(
    weight: 350,
    men: """
      James|John|Robert|Michael|William|David|Richard|Joseph|Thomas|Charles|Christopher|Daniel|Matthew
      Anthony|Mark|Donald|Steven|Paul|Andrew|Joshua|Kenneth|Kevin|Brian|George|Timothy|Ronald|Jason|Edward
      Jeffrey|Ryan|Jacob|Gary|Nicholas|Eric|Jonathan|Stephen|Larry|Justin|Scott|Brandon|Benjamin|Samuel
      Gregory|Alexander|Jack|Patrick|Frank|Raymond|Dennis|Tyler|Aaron|Jerry|Adam|Nathan|Henry|Zachary
      Douglas|Peter|Kyle|Noah|Ethan|Jeremy|Christian|Walter|Keith|Austin|Roger|Terry|Sean|Gerald|Carl
      Dylan|Harold|Jordan|Jesse|Bryan|Lawrence|Arthur|Gabriel|Bruce|Logan|Billy|Joe|Alan|Elijah|Wayne|Roy
      Ralph|Eugene|Vincent|Liam|Oliver|Harry|Oscar|Callum|Rhys|Declan|Seán|Malcolm|Desmond|Winston|Tyrone
      Darnell|Jamal|Xavier|Miles|Jasper|Ellis|DeShawn
      """,
    women: """
      Mary|Patricia|Jennifer|Linda|Elizabeth|Barbara|Susan|Jessica|Sarah|Karen|Lisa|Nancy|Sandra|Betty
      Ashley|Emily|Kimberly|Margaret|Donna|Michelle|Carol|Amanda|Melissa|Deborah|Stephanie|Rebecca|Sharon
      Laura|Cynthia|Dorothy|Amy|Kathleen|Angela|Shirley|Emma|Brenda|Pamela|Nicole|Anna|Samantha|Katherine
      Christine|Debra|Rachel|Carolyn|Janet|Maria|Olivia|Heather|Helen|Catherine|Diane|Julie|Victoria|Joyce
      Lauren|Kelly|Christina|Ruth|Joan|Virginia|Judith|Evelyn|Hannah|Andrea|Megan|Cheryl|Jacqueline
      Madison|Teresa|Abigail|Sophia|Martha|Sara|Gloria|Janice|Kathryn|Ann|Isabella|Judy|Charlotte|Julia
      Grace|Amber|Alice|Jean|Denise|Frances|Danielle|Marilyn|Natalie|Beverly|Diana|Brittany|Theresa|Kayla
      Alexis|Lori|Mary Ann|Siobhan|Niamh|Zoë|Chloe|Imani
      """,
    surnames: """
      Smith|Johnson|Williams|Brown|Jones|Davis|Miller|Wilson|Moore|Taylor|Anderson|Thomas|Jackson|White
      Harris|Martin|Thompson|Robinson|Clark|Lewis|Lee|Walker|Hall|Allen|Young|King|Wright|Scott|Green
      Baker|Adams|Nelson|Hill|Campbell|Mitchell|Roberts|Carter|Phillips|Evans|Turner|Parker|Collins
      Edwards|Stewart|Morris|Murphy|Cook|Rogers|Morgan|Cooper|Peterson|Reed|Bailey|Bell|Kelly|Howard|Ward
      Cox|Richardson|Wood|Watson|Brooks|Bennett|Gray|James|Hughes|Price|Myers|Long|Foster|Sanders|Ross
      O'Brien|Sullivan|Russell|Jenkins|Perry|Powell|Butler|Barnes|Fisher|Henderson|Coleman|Simmons
      Patterson|Jordan|Reynolds|Hamilton|Graham|Wallace|Cole|West|Hayes|Ellis|Gibson|Bryant|Ford|Marshall
      Owens|McDonald|Harrison|Woods|Kennedy|Wells|Webb|Tucker|Freeman|Burns|Henry|Hunter|Hicks|Crawford
      Boyd|Mason|O’Brien|O'Connor|O'Neill|MacLeod|McCarthy|Fitzgerald|Gallagher|Doyle|Byrne|O’Sullivan
      Davies|Lloyd|Griffiths|Pritchard|Baxter|Holloway|Whitfield|Blackwood|Hawthorne|Pemberton|St. John
      Ashdown|Okafor|Adeyemi|Mensah|Nkosi|Van Dyke|De Souza
      """,
    rareSurnames: RareText(
      perMille: 170,
      parts: [
        """
        Ash|Whit|Thorn|Black|Brad|Carl|Hart|Hol|Stan|Wood|Bur|Lang|Dun|Mar|Har|Win|Ben|Cran|El|Far|Gran
        Hal|Kil|Lin|Mil|Nor|Old|Pem|Rad|Sher|Tan|Up|Wal|York|Al|Bar|Chat|Den|Ed|Finch|Gold|Hazel|Ingle|Jar
        Ken|Lock|Mer|Nether|Oak|Pil|Quin|Rose|Sel|Thack|Under|Ver|Wake|Wy|Beck|Cul
        """,
        "_|er|ing|en|el|ow|es|is|al|on|ar|um|ens|les|ster|ken|der|bur|ran|man",
        """
        ford|ton|ham|ley|field|wood|well|worth|by|land|stone|bridge|wick|brook|stead|ridge|more|shaw|cote
        thorpe|dale|croft|son|man|burn|combe|gate|hurst|lock|mere|ner|pole|sey|tree|vale|ward|way|yard|kin
        bell
        """,
      ]),
    secondGivenPerMille: 20,
    countries: "US|GB|CA|AU|IE|NZ|ZA")
}
