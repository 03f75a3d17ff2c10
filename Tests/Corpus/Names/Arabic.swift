extension CultureText {
  static let arabic = CultureText(
    weight: 15,
    nativePerMille: 550,
    men: """
      محمد=Mohammed|أحمد=Ahmed|علي=Ali|عمر=Omar|محمود=Mahmoud|خالد=Khaled|يوسف=Youssef|إبراهيم=Ibrahim
      حسن=Hassan|حسين=Hussein|مصطفى=Mustafa|عبد الله=Abdullah|سعيد=Said|طارق=Tariq|كريم=Karim|سامي=Sami
      فيصل=Faisal|زياد=Ziad|ماجد=Majed|وليد=Walid|ياسر=Yasser|نبيل=Nabil|رامي=Rami|بلال=Bilal
      عبد الرحمن=Abdel Rahman|جمال=Gamal|هشام=Hisham
      """,
    women: """
      فاطمة=Fatima|عائشة=Aisha|مريم=Mariam|نور=Nour|سارة=Sara|ليلى=Layla|زينب=Zeinab|هدى=Huda|أمل=Amal
      رنا=Rana|سلمى=Salma|ياسمين=Yasmin|دينا=Dina|منى=Mona|رانيا=Rania|هند=Hind|نادية=Nadia|سميرة=Samira
      ريم=Reem|لينا=Lina|دعاء=Doaa|إيمان=Iman|خديجة=Khadija|شيماء=Shaimaa|هبة=Heba|جميلة=Jamila
      """,
    surnames: """
      محمد=Mohamed|أحمد=Ahmed|علي=Ali|حسن=Hassan|إبراهيم=Ibrahim|خليل=Khalil|منصور=Mansour|صالح=Saleh
      سالم=Salem|ناصر=Nasser|حداد=Haddad|خوري=Khoury|نجار=Najjar|المصري=Al-Masri|الحسيني=Al-Husseini
      الشامي=El-Shami|العلي=Al-Ali|الأحمد=Al-Ahmad|السيد=El-Sayed|عثمان=Othman|يوسف=Youssef|شريف=Sherif
      فرح=Farah|عباس=Abbas|حمدان=Hamdan|الهاشمي=Al-Hashimi|القحطاني=Al-Qahtani|العتيبي=Al-Otaibi
      الزهراني=Al-Zahrani|بن علي=Ben Ali|بوعزيز=Bouaziz|درويش=Darwish|سليمان=Suleiman
      عبد الرحمن=Abdulrahman|رمضان=Ramadan|قاسم=Qasim|الخطيب=Al-Khatib|زيدان=Zidan
      """,
    rareSurnames: RareText(
      perMille: 120,
      parts: [
        "ال=Al-|بو=Bou |أبو =Abu |بن =Bin |_",
        """
        فار=Far|سعد=Saad|رشي=Rashi|حم=Ham|كر=Kar|نص=Nas|جب=Jab|طاه=Taha|عز=Azz|قاد=Qad|ماج=Maj|زه=Zah
        شه=Shah|بك=Bak|دو=Daw
        """,
        "اوي=awi|ان=an|ي=i|ين=in|ون=oun|ار=ar|اد=ad|اني=ani|وري=ouri|ال=al",
      ]),
    secondGivenPerMille: 60,
    secondSurnamePerMille: 0,
    titles: "مهندس برمجيات|ممرضة|محاسب|مدير مشروع|معلم|مندوب مبيعات|طبيبة|محلل بيانات",
    countries: "EG|AE|SA|MA|FR|GB")
}
