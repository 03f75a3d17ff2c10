/// Company names: the big ones by hand, the tail put together from parts.
enum CompanyText {
  /// How many distinct companies there are.
  static let count = 20_000

  static let head = """
    Google|Siemens|Bluepine Logistics|Amazon|Northwind Health|Deloitte|Quartz & Co.|Accenture
    Harborlight Bank|SAP|Microsoft|Vantora|Oakhurst Hospitals|Bosch|Infosys|Meridian Air|Apple
    Kestrel Robotics|Allianz|IKEA|Tata Consultancy|Fjordkraft Nord|Samsung|Helix Biosciences|Volkswagen
    Orange|Santander|Lumen & Lark|Toyota|Crestline Foods|Nestlé|L'Oréal|AT&T|Marks & Sparrow
    Société Générale|Pinecone Logistics|Blue Harbor Bank|Café Zürich AG|O'Reilly Motors|Ørsted|PKO Bank
    Türk Hava|Vingroup|株式会社山川|华兴科技|한빛전자|Газэнерго|Procter & Gable|Ernst & Older|Ben & Co
    Smith "Quality" Foods|AC\\DC Staging|Yahoo!|7-Twelve|3N|H&N|C&B|Toys 4 Us|Dr. Oetker|Deutsche Bahn
    Lufthansa|BMW|BNP Paribas|Airbus|Ericsson|Volvo|Maersk|Novo Nordisk|Philips|ING|Shell|Unilever
    Barclays|Tesco|Vodafone|HSBC|Stadtwerke Nordhafen|Klinikum Südstadt|Grupo Sol y Mar|Banco del Río
    Água Viva S.A.|Ecole Lumière|Zorba's Taverna|City of Fairview|State University of Westland
    Department of Parks|Royal Infirmary|St. Mary's Hospital|Acme, Inc.|Initech|Globex|Umbra Labs
    Stark & Wayne|Wonka Sweets|Hooli Systems|Pied Pipeline|Vandelay Imports|Duff Brewing
    """

  static let words = """
    Blue|North|Silver|Green|Bright|Summit|River|Harbor|Cedar|Iron|Golden|Red|Stone|Crystal|Nova|Apex|Delta
    Omega|Terra|Aqua|Solar|Lunar|Polar|Atlas|Orion|Vega|Lyra|Phoenix|Falcon|Eagle|Raven|Kestrel|Otter
    Beaver|Bison|Maple|Birch|Oak|Willow|Aspen|Elm|Juniper|Laurel|Sage|Clover|Heather|Ivory|Amber|Coral
    Jade|Onyx|Quartz|Copper|Cobalt|Zinc|Nickel|Titan|Helios|Kronos|Artemis|Minerva|Pioneer|Frontier
    Horizon|Vista|Zenith|Pinnacle|Vertex|Matrix|Vector|Quantum|Fusion|Catalyst|Momentum|Velocity|Beacon
    Lantern|Compass|Anchor|Bridge|Castle|Tower|Garden|Meadow|Prairie|Canyon|Mesa|Glacier|Fjord|Lagoon
    Delfin|Condor|Sierra|Alpen|Rhein|Donau|Ost|Nord|Süd|West|Union|Liberty|Heritage|Legacy|Evergreen
    Keystone|Cornerstone|Milestone|Touchstone|Lakeside|Hillside|Riverside|Seaside|Parkside|Bayview
    Clearwater
    """

  static let nouns = """
    pine|field|wave|point|line|light|path|gate|works|craft|forge|mark|stream|ridge|port|side|view|wood
    land|ford|wing|leaf|root|spark|cloud|grid|loop|stack|byte|core
    """

  static let sectors = """
    Logistics|Bank|Foods|Software|Health|Insurance|Energy|Consulting|Systems|Technologies|Solutions
    Partners|Capital|Construction|Robotics|Pharma|Media|Retail|Motors|Hotels|Airlines|Textiles|Analytics
    Security|Telecom|Education|Biotech|Semiconductors|Staffing|Legal|Design|Engineering|Shipping|Dental
    Farms|Brewing|Games|Travel|Studios|Labs
    """

  static let forms = """
    _|Inc.|GmbH|Ltd|LLC|AG|S.A.|& Co.|Group|Holding|Sp. z o.o.|AB|A/S|Oy|S.r.l.|Pvt. Ltd.|B.V.|KK|PLC
    """

  /// All names, the most frequent first. Each step gives another combination of parts: a stride that shares
  /// no divisor with their number walks through them without repeating one.
  static func names() -> [String] {
    var names = head.entries
    let (words, nouns) = (words.entries, nouns.entries)
    let (sectors, forms) = (sectors.entries, forms.entries)
    let total = words.count * nouns.count * sectors.count * forms.count
    var seen = Set(names)
    var step = 0
    while names.count < count {
      step += 1
      var rest = step * 1_000_003 % total
      func part(_ list: [String]) -> String {
        defer { rest /= list.count }
        return list[rest % list.count]
      }
      let (word, noun, sector, form) = (part(words), part(nouns), part(sectors), part(forms))
      let stem = step % 3 == 0 ? word : step % 3 == 1 ? word + noun : "\(word) \(noun.capitalizedWord)"
      let name = form.isEmpty ? "\(stem) \(sector)" : "\(stem) \(sector) \(form)"
      if seen.insert(name).inserted { names.append(name) }
    }
    return names
  }
}

extension String {
  /// The word with its first letter as a capital.
  var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
