import Testing
import TextAnalysis

@testable import NameVariants

@Suite struct RomanizedNameTests {
  private static func words(_ name: String, _ part: NamePart) -> [RomanizedWord] {
    Romanization.words(of: Analyzer.words(of: name).flatMap(\.tokens), part: part)
  }

  /// A name, and for each of its words spellings that it must have.
  static let spelled: [(name: String, part: NamePart, words: [String])] = [
    ("김민수", .whole, ["kim gim", "minsu minsoo"]),
    ("남궁현우", .whole, ["namgung namkoong", "hyeonu hyunwoo"]),
    ("박", .family, ["park pak"]),
    ("정", .family, ["jung jeong chung"]),
    ("지민", .given, ["jimin"]),
    ("영희", .given, ["yeonghui younghee"]),
    ("경수", .given, ["gyeongsu kyungsoo"]),
    ("王小明", .whole, ["wang wong", "xiaoming hsiaoming"]),
    ("陳", .family, ["chen chan tan"]),
    ("曾", .family, ["zeng tsang tseng"]),
    ("歐陽修", .whole, ["ouyang auyeung", "xiu hsiu"]),
    ("國強", .given, ["guoqiang kuochiang"]),
    ("子怡", .given, ["ziyi tzui"]),
    ("佐藤", .family, ["sato"]),
    ("山田太郎", .whole, ["yamada", "taro"]),
    ("佐々木健", .whole, ["sasaki", "ken takeshi"]),
    ("鈴木さくら", .whole, ["suzuki", "sakura"]),
    ("高橋健", .whole, ["gao", "qiaojian", "takahashi", "ken takeshi"]),
    ("田中花子", .whole, ["tanaka", "hanako"]),
    ("さとう", .family, ["sato satou satoh"]),
    ("きょうこ", .given, ["kyoko kyouko"]),
    ("しんいち", .given, ["shinichi"]),
    ("りゅういち", .given, ["ryuichi"]),
    ("ジョン", .given, ["jon"]),
    ("ウィリアム", .given, ["wiriamu"]),
    ("マッチ", .given, ["matchi"]),
    ("يوسف الديب", .whole, ["youssef yusuf", "al el", "deeb dib eldeeb"]),
    ("محمد", .given, ["mohammed muhammad"]),
    ("حداد", .family, ["hadad"]),
    ("نادر", .given, ["nadir"]),
    ("رضایی", .family, ["rezaei rezai"]),
    // Names and words that the Royal Thai General System or common usage spells so.
    ("สมศักดิ์", .given, ["somsak"]), ("ประยุทธ์", .given, ["prayuth prayut"]), ("ทักษิณ", .given, ["thaksin"]),
    ("ภูมิพล", .given, ["phumiphol phumiphon"]), ("อภิสิทธิ์", .given, ["aphisith apisit aphisit"]),
    ("ธนาธร", .given, ["thanathorn thanathon"]), ("สุวรรณภูมิ", .family, ["suwanphumi"]),
    ("วงศ์", .family, ["wong"]), ("ศรี", .family, ["sri si"]), ("แก้ว", .family, ["kaew kaeo"]),
    ("ทอง", .family, ["thong"]), ("ภูเก็ต", .given, ["phuket puket"]), ("เชียงใหม่", .given, ["chiangmai"]),
    ("กมล", .given, ["kamol kamon"]), ("บุญมี", .given, ["bunmi"]), ("ประเสริฐ", .given, ["prasroeth prasoet"]),
    ("เสาวภา", .given, ["saowapha saowapa"]), ("เดือน", .given, ["duean"]),
    ("บัวขาว", .given, ["buakhaw buakhao"]),
    ("ดวงใจ", .given, ["duangchai"]), ("พรหมินทร์", .given, ["phromin"]), ("อนงค์", .given, ["anong"]),
    ("พรทิพย์", .given, ["phornthip porntip phonthip"]), ("จันทร์", .family, ["chan"]),
    ("สวัสดิ์", .family, ["sawas sawat"]), ("หญิง", .given, ["ying"]),
    ("पाकिस्तान", .given, ["pakistan"]),
    ("महेश रॉय", .whole, ["mahesh", "roy"]),
    ("लक्ष्मी", .given, ["lakshmi laxmi"]),
    ("দাস ঘোষাল", .whole, ["das", "ghoshal"]),
    ("কমল", .given, ["kamal"]),
    ("கார்த்திக்", .given, ["karthik"]),
    ("வேலன்", .given, ["velan"]),
    ("వెంకట రావు", .whole, ["venkata", "rao"]),
    ("ਗੁਰਪ੍ਰੀਤ", .given, ["guraprit"]),
    ("ศิริพร", .given, ["siriphorn siriporn siriphon"]),
    ("ทองดี", .family, ["thongdi tongdi"]),
    ("ประภาส", .given, ["praphas prapas"]),
    ("გიორგი მამარდაშვილი", .whole, ["giorgi", "mamardashvili"]),
    ("Արմեն Պետրոսյան", .whole, ["armen", "petrosyan"]),
    ("Եղիշե", .given, ["yeghishe"]),
    ("דוד כהן", .whole, ["david", "cohen kohen"]),
    ("חיים", .given, ["chaim haim"]),
    ("שקד", .family, ["shakad"]),
    ("Сергей", .given, ["sergey"]),
  ]

  @Test(arguments: spelled) func hasUsualSpellings(_ name: String, _ part: NamePart, _ expected: [String]) {
    let found = Self.words(name, part)
    #expect(found.count == expected.count, "\(found)")
    for (word, spellings) in zip(found, expected) {
      let spellings = spellings.split(separator: " ").map(String.init)
      #expect(Set(spellings).isSubset(of: word.spellings), "\(word.spellings)")
      #expect(word.spellings.first == spellings.first, "\(word.spellings)")
    }
  }

  /// A name, and what people type for it: each typed word shares a code with a word of the name.
  static let typed: [(name: String, query: String)] = [
    ("王小明", "wang xiaoming"), ("김지민", "jimin kim"), ("يوسف الديب", "youssef el deeb"),
    ("महेश रॉय", "mahesh roi"), ("최영진", "choe youngjin"), ("배수지", "bae suzy"), ("李偉強", "lee weiqiang"),
    ("蔣介石", "chiang chiehshih"), ("周潤發", "chow runfa"), ("渡辺健太", "watanabe kenta"),
    ("عبدالرحمن السيد", "abdelrahman elsayed"), ("طارق العلي", "tarek al ali"),
    ("سلوي منصور", "salwa mansour"),
    ("شاهین فرهادی", "shaheen farhadi"), ("प्रकाश चौधरी", "prakash chowdhury"), ("दीपक वर्मा", "deepak verma"),
    ("সুভাষ বসু", "subhash bose"), ("முருகன்", "murugan"), ("శ్రీనివాస్", "srinivas"), ("สมชาย", "somchai"),
    ("นภา", "napha"), ("ნინო ბერიძე", "nino beridze"), ("Տիգրան Սարգսյան", "tigran sargsyan"),
    ("בנימין פרידמן", "benjamin fridman"), ("שירה לוי", "shira levi"),
  ]

  @Test(arguments: typed) func typedNamesShareACoarseCode(_ name: String, _ query: String) {
    let codes = Set(
      Self.words(name, .whole).flatMap(\.spellings).compactMap { PhoneticCode($0)?.coarse })
    for word in query.split(separator: " ") {
      let code = PhoneticCode(String(word))?.coarse
      #expect(code.map(codes.contains) == true, "\(word): \(code ?? "") \(codes)")
    }
  }

  @Test(arguments: ["", "anna", "42", "🔥", "\u{0}", "\u{E000}", "a山", "々", "ー", "্", "์", "ה", "ء"])
  func otherTokensHaveFewOrNone(_ token: String) {
    for part in [NamePart.given, .family, .whole] {
      for word in Romanization.words(of: [token], part: part) {
        #expect(!word.spellings.isEmpty && word.spellings.count <= RomanizedWord.maximumSpellings)
      }
    }
  }

  @Test func longNamesAreNoTrouble() {
    for letter in ["김", "王", "あ", "ส", "م", "כ", "क", "க", "გ", "ա"] {
      let long = String(repeating: letter, count: 5_000)
      let tokens = Array(repeating: letter, count: 5_000)
      for tokens in [[long], tokens] {
        #expect(Romanization.words(of: tokens, part: .whole).count <= 20)
      }
    }
  }

  @Test func everyCharacterOfTheTablesHasASyllable() {
    for (syllable, character) in [("wang", "王"), ("nu", "女"), ("lu", "呂"), ("yi", "一"), ("zuo", "座")] {
      #expect(character.unicodeScalars.first.flatMap(HanReadings.syllable) == syllable)
    }
    #expect(HanReadings.syllable(of: "a") == nil)
    #expect(HanReadings.syllable(of: "\u{20000}") == nil)
  }

  /// Source: the tables of Wade and Giles.
  @Test(arguments: [
    ("zhang", "chang"), ("xu", "hsu"), ("qiu", "chiu"), ("guo", "kuo"), ("deng", "teng"), ("cai", "tsai"),
    ("zheng", "cheng"), ("xie", "hsieh"), ("jian", "chien"), ("song", "sung"), ("ren", "jen"), ("si", "ssu"),
    ("yan", "yen"), ("ye", "yeh"), ("he", "ho"), ("gui", "kuei"), ("shi", "shih"), ("luo", "lo"),
    ("er", "erh"),
  ])
  func taiwanSpells(_ pinyin: String, _ expected: String) {
    #expect(HanReadings.wadeGiles(pinyin) == expected)
  }

  @Test(arguments: [
    Romanization.hanSurnameSpellings, Romanization.japaneseSurnameSpellings,
    Romanization.japaneseGivenSpellings, Romanization.arabicNameSpellings, Romanization.indicNameSpellings,
  ])
  func tablesHaveFoldedNamesAndLatinSpellings(_ table: String) {
    for line in NameLine.lines(table) {
      #expect(!line.names.isEmpty && !line.forms.isEmpty)
      for name in line.names {
        let folded = Analyzer.words(of: name).flatMap(\.tokens).joined()
        #expect(folded.unicodeScalars.elementsEqual(name.unicodeScalars), "\(name)")
      }
      for form in line.forms { #expect(PhoneticCode(form) != nil, "\(form)") }
    }
  }
}
