import Testing

/// Names for `PhoneticCodeTests`, written from general knowledge before the rules were run on them.
enum PhoneticPairs {
  /// Spellings of one name, or of two that sound alike.
  static let alike = pairs(
    """
    stephen steven, geoffrey jeffrey, brian bryan, allan alan, sara sarah, hanna hannah, jon john, neil neal,
    philip phillip, rebecca rebekah, nicholas nicolas, nikolas nicholas, eric erik, marc mark, karl carl,
    kristina christina, katarina catarina, theresa teresa, isabel isobel, ann anne, lynn lynne, debora deborah,
    jonathan jonathon, mathew matthew, antony anthony, zachary zackary, zachary zachery, aidan ayden,
    kaitlyn caitlin, madeline madelyn, lesley leslie, tracy tracey, stacy stacey, cindy sindy, gail gale,
    reece rhys, graeme graham, alastair alistair, elisabeth elizabeth, suzan susan, lisa liza, jasmin jasmine,
    vivian vivien, rachel rachael, michel michelle, gabriel gabriele, danielle daniele, gerald jerald,
    gillian jillian, gene jean, ginger jinger, kurt curt, victor viktor, oscar oskar, dominic dominik,
    frederic frederick, rodger roger, louis lewis, stuart stewart, laurence lawrence,
    smith smyth, schmidt schmitt, schmid schmidt, clark clarke, brown browne, reed reid, read reid,
    thompson thomson, johnson jonson, johnston jonston, nielsen nielson, larsen larson, petersen peterson,
    hansen hanson, olsen olson, jensen jenson, anderson andersen, erickson ericson, dixon dickson,
    jackson jaxon, philips phillips, perry perrie, pierce pearce, pearse pierce, moore more, cook cooke,
    green greene, wolf wolfe, wolff wulff, fisher fischer, snyder snider, schneider snyder, shaffer schaefer,
    schafer schaeffer, schultz schulz, schulze shultz, hoffman hoffmann, hofmann hoffman, kaufman kaufmann,
    kauffman coffman, bauer bower, kramer cramer, koch kock, kohler koehler, krueger kruger, werner verner,
    wagner vagner, walter valter, wilhelm vilhelm, vogel fogel, pfeiffer feifer, meier myer, beck bek,
    becker bekker, zimmermann zimmerman, lehmann lehman, bergman bergmann, braun brown, weiss wise, stein stine,
    klein kline, rosenburg rosenberg, goldburg goldberg, swartz schwartz, schwarz schwartz, katz kats,
    hernandez hernandes, gonzalez gonsalez, gonzales gonzalez, martinez martines, rodriguez rodrigues,
    fernandez fernandes, sanchez sanches, gomez gomes, lopez lopes, perez peres, ramirez ramires, diaz dias,
    marquez markez, quintero kintero, guerrero gerrero, vasquez vazquez, velasquez velazquez, cortes cortez,
    renault renaud, boudreau boudreaux, thibault thibaut, lefevre lefebvre, lacroix lacroi, petit petitt,
    mohammed muhammad, mohamed mohammad, ahmed ahmad, hussein hussain, hossein husain, hassan hasan, omar umar,
    yusuf yousef, ibrahim ebrahim, abdullah abdallah, karim kareem, rashid rasheed, jamal jamaal, nasser nasir,
    faisal faysal, tariq tarek, khalil khaleel, said sayeed, sharif cherif, aisha ayesha, fatima fatema,
    noor nour, osama usama, mustafa mostafa, mahmoud mahmud, qasim kasim, farooq faruk, siddiqi siddiqui,
    laxmi lakshmi, krishna krisna, chaudhary chowdhury, choudhury chaudhuri, mukherjee mukerji, banerjee banerji,
    chatterjee chatterji, iyer ayyar, roy roi, reddy redy, sunder sundar, deepak dipak, rakesh raakesh,
    anil aneel, sanjay sanjai, suneel sunil, pooja puja, sameer samir, vijay vijai, shweta sweta,
    tanya tania, sofia sophia, yelena elena, ekaterina yekaterina, yevgeny evgeni, aleksandr alexander,
    natalya natalia, ivanov ivanoff, petrov petroff, kowalski kovalski, jankowski jankovski, markovic markovich,
    petrovic petrovich, horvat horvath, nowak novak, shevchenko schewtschenko, tanja tania, katya katja,
    satoh sato, ohno ono, saitoh saito, endoh endo, kato katoh, shinbashi shimbashi, hsu xu, hsieh xie,
    tsai zai, tseng zeng, chang zhang, chou zhou, li lee, wu woo, choi choe, jeong chung, kwon kwun,
    mckenzie mackenzie, macdonald mcdonald, mcneill macneil, mclean maclean, callaghan callahan,
    gallagher gallaher, vaughn vaughan, maclaughlin mcloughlin, oconnor oconner, obrien obryan, doherty dougherty,
    kavanagh cavanagh, leigh lee, hughes hughs, knight night, wright rite, whitaker wittaker
    """)

  /// Names that are not alike.
  static let different = pairs(
    """
    james john, robert richard, michael william, david daniel, joseph thomas, charles george, paul peter,
    mark mike, donald ronald, kenneth kevin, edward howard, brian adrian, jason justin, gary larry,
    timothy anthony, frank fred, scott stephen, eric alex, andrew arthur, raymond roland, joshua jerry,
    dennis walter, patrick philip, harold henry, douglas dylan, carl earl, ryan brian, roger robert,
    juan jose, jack jake, albert alfred, terry jerry, samuel simon, ralph rudolf, nicholas nathan,
    benjamin bruce, adam alan, wayne dwight, billy willie, steve stanley, louis lloyd, jeremy jesse,
    aaron eugene, randy sandy, carlos marcus, russell roy, victor vincent, ernest clarence, jesse jimmy,
    mary martha, patricia pamela, linda brenda, barbara deborah, jennifer jessica, maria laura, susan sandra,
    margaret marjorie, dorothy doris, lisa alice, nancy janet, karen kathleen, betty becky, helen ellen ,
    donna diana, carol caroline, ruth rita, sharon shirley, michelle melissa, sarah carla, kimberly kathryn,
    cynthia sylvia, angela amanda, melissa melinda, brenda belinda, amy emily, anna hazel, virginia regina,
    rebecca roberta, pamela paula, martin marvin, julie judy, gloria glenda, teresa sara, evelyn eve,
    smith jones, johnson jackson, williams wilson, brown braden, davis dawkins, miller muller-hill,
    moore morgan, taylor tyson, anderson sanders, thomas thornton, white wade, harris harrison,
    thompson simpson, garcia gracey, martinez martin, robinson roberts, clark clayton, rodriguez ramirez,
    lewis lawson, walker waller, hall hill-ton, allen ellis, young yates, hernandez fernandez, king kong,
    wright white, lopez lambert, scott stout, green graham, adams adkins, baker barker, gonzalez gomez,
    nelson neville, carter carver, mitchell michaels, perez perkins, phillips powell, campbell caldwell,
    parker barker-lee, evans owens, edwards edmonds, collins coleman, stewart stanton, sanchez santos,
    morris murphy, rogers rhodes, reed rice, cook cox, bell bailey-ross, murphy murray, rivera romero,
    cooper carpenter, richardson richmond, howard hubbard, ward wood-son, torres turner, peterson patterson,
    gray grant, watson walton, brooks brock, kelly kent, price pearson, bennett barnett-a, wood woods,
    barnes burns-ide, ross russo, henderson anderson, jenkins dennis, perry parry-s, powell paul, long lang-ley,
    hughes hayes-man, flores flowers-on, washington wellington, butler boulder-s, simmons sampson, foster forrest,
    bryant brandt-on, alexander alejandro, russell rosen, griffin griffith, diaz davis, hayes harris, myers meeks,
    ford forbes, hamilton hampton, graham grimes, sullivan solomon, wallace walsh, woods woodward, cole cohen,
    west weston, jordan gordon, owens evans, reynolds rollins, fisher foster, ellis wells, harrison harmon,
    gibson johnson, mcdonald mckinley, cruz cross-by, marshall mitchell, ortiz orozco, gomez goodman,
    murray moran, freeman friedman, wells willis-on, webb webster, simpson jefferson, stevens stephenson,
    tucker decker-t, porter palmer, hunter hinton-r, hicks higgins, crawford crowley, henry hanley, boyd byrd,
    mason madison, morales moreno, kennedy kinney, warren warner, dixon dickens, ramos reyes, burns byron-d,
    gordon garner, shaw shea-n, holmes holt, rice reese-n, robertson robinson, hunt hunter, black blair,
    daniels donaldson, palmer parker, mills mullin, nichols nixon, grant grand-y, knight knox, ferguson freeman
    """
  ).filter { !$0.first.contains("-") && !$0.second.contains("-") }

  struct Pair: Sendable, CustomTestStringConvertible {
    let first: String
    let second: String
    var testDescription: String { "\(first) \(second)" }
  }

  private static func pairs(_ text: String) -> [Pair] {
    text.split { $0 == "," || $0 == "\n" }.compactMap { pair in
      let words = pair.split(separator: " ").map(String.init)
      return words.count == 2 ? Pair(first: words[0], second: words[1]) : nil
    }
  }
}
