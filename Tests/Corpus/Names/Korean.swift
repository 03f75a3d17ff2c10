extension CultureText {
  private static let koreanGiven = """
    민=Min|지=Ji|서=Seo|현=Hyun|영=Young|수=Soo|준=Jun|은=Eun|재=Jae|성=Sung|진=Jin|정=Jung|경=Kyung|승=Seung|혜=Hye|미=Mi
    주=Ju|태=Tae|동=Dong|상=Sang|우=Woo|호=Ho|훈=Hoon|희=Hee|연=Yeon|윤=Yoon|원=Won|석=Seok|선=Sun|하=Ha|아=A|나=Na|라=Ra
    빈=Bin|도=Do|유=Yu|예=Ye|소=So|다=Da|형=Hyung|철=Chul|기=Ki|규=Kyu|용=Yong|광=Kwang|인=In|종=Jong|명=Myung|린=Rin|솔=Sol
    """

  static let korean = CultureText(
    weight: 25,
    nativePerMille: 400,
    men: """
      민준=Min-jun|서준=Seo-jun|도윤=Do-yun|예준=Ye-jun|지훈=Ji-hoon|성민=Sung-min|현우=Hyun-woo|동현=Dong-hyun
      준호=Jun-ho|민수=Minsu|영수=Young-soo|재현=Jaehyun|승호=Seung-ho|상훈=Sang-hoon|태현=Tae-hyun|진우=Jinwoo
      정훈=Jung-hoon|성호=Sung-ho
      """,
    women: """
      서연=Seo-yeon|지우=Ji-woo|서윤=Seo-yun|하은=Ha-eun|민지=Minji|지은=Ji-eun|수진=Soo-jin|은지=Eunji|지현=Ji-hyun|유진=Yujin
      미경=Mi-kyung|영희=Young-hee|혜진=Hyejin|은영=Eun-young|수빈=Subin|예은=Ye-eun|현정=Hyun-jung|소영=So-young
      """,
    surnames: """
      김=Kim|이=Lee|박=Park|최=Choi|정=Jung|강=Kang|조=Cho|윤=Yoon|장=Jang|임=Lim|한=Han|오=Oh|서=Seo|신=Shin|권=Kwon
      황=Hwang|안=Ahn|송=Song|류=Ryu|전=Jeon|홍=Hong|고=Ko|문=Moon|양=Yang|손=Son|배=Bae|백=Baek|허=Heo|유=Yoo|남=Nam
      심=Shim|노=Noh|하=Ha|곽=Kwak|성=Sung|차=Cha|주=Joo|우=Woo|구=Koo|나=Na|민=Min|진=Jin|지=Ji|엄=Eom|채=Chae|원=Won
      천=Cheon|방=Bang|공=Kong|현=Hyun|함=Ham|변=Byun|염=Yeom|여=Yeo|추=Choo|도=Do|소=So|석=Seok|선=Sun|설=Seol|마=Ma
      길=Gil|연=Yeon|위=Wi|표=Pyo|명=Myung|기=Ki|반=Ban|라=Ra|왕=Wang|금=Keum|옥=Ok|육=Yook|인=In|맹=Maeng|제=Je|모=Mo
      남궁=Namgung|황보=Hwangbo|선우=Sunwoo|독고=Dokgo
      """,
    rareGiven: RareText(perMille: 650, parts: [koreanGiven, koreanGiven.lowercased()]),
    secondGivenPerMille: 0,
    secondSurnamePerMille: 0,
    titles: "소프트웨어 엔지니어|간호사|회계사|영업 관리자|프로젝트 매니저|디자이너|데이터 분석가|교사|백엔드 개발자|마케팅 담당자",
    countries: "KR|US")
}
