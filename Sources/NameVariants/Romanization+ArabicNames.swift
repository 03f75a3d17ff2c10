extension Romanization {
  /// Names in Arabic letters, folded (ة is ه, ى is ي, alef without hamza), and their usual spellings. Written
  /// for this project, from the most common names of Arab countries, Iran and Pakistan.
  static let arabicNameSpellings = """
    محمد: mohammed muhammad mohamed mohammad
    احمد: ahmed ahmad
    محمود: mahmoud mahmud
    علي: ali aly
    حسن: hassan hasan
    حسين: hussein hussain hossein husain
    حسان: hassan hassaan
    عمر: omar umar omer
    عمرو: amr amro
    عثمان: othman osman uthman
    خالد: khaled khalid
    يوسف: youssef yousef yusuf yousif
    ابراهيم: ibrahim ebrahim
    اسماعيل: ismail esmail
    مصطفي: mustafa mostafa moustafa
    عبدالله: abdullah abdallah
    الله: allah
    عبد: abd abdul abdel
    عبدالرحمن: abdulrahman abdelrahman abdurrahman
    عبدالعزيز: abdulaziz abdelaziz
    كريم: karim kareem
    رشيد: rashid rasheed
    راشد: rashid rashed
    سعيد: saeed said sayed
    سعد: saad
    سعود: saud saoud
    سليمان: suleiman sulaiman soliman
    سلمان: salman
    سالم: salem salim
    سليم: salim selim saleem
    سمير: samir sameer
    سامي: sami samy
    طارق: tariq tarek tareq
    فيصل: faisal faysal
    فهد: fahad fahd
    ناصر: nasser nasir naser
    نبيل: nabil nabeel
    ياسر: yasser yasir
    وليد: walid waleed
    هشام: hisham hicham hesham
    هاني: hani hany
    جمال: jamal gamal djamal
    جميل: jamil jameel
    بلال: bilal belal
    بشير: bashir basheer bachir
    باسم: basem bassem basim
    زياد: ziad ziyad zeyad
    زكريا: zakaria zakariya
    زيد: zaid zayed zeid
    زين: zain zein zeyn
    ماجد: majed majid maged
    مجيد: majid majeed
    منير: munir mounir muneer
    مراد: murad mourad
    مروان: marwan
    مسعود: masoud massoud masood
    مهدي: mahdi mehdi
    معاذ: muath moaz
    نور: nour noor nur
    انور: anwar
    انس: anas
    امين: amin ameen
    امير: amir ameer
    ايمن: ayman aymen
    ايوب: ayoub ayub ayyub
    حمزه: hamza hamzah
    حمد: hamad
    حامد: hamed hamid
    حميد: hamid hameed
    حبيب: habib habeeb
    داود: dawood daoud david
    رضا: reza rida ridha
    رامي: rami ramy
    شريف: sherif sharif cherif
    صالح: saleh salih salah
    صلاح: salah
    طه: taha
    عادل: adel adil
    عامر: amer amir
    عباس: abbas
    عماد: imad emad
    عيسي: issa isa eisa
    غسان: ghassan
    فواد: fouad fuad
    فاروق: farouk farooq faruq
    فاطمه: fatima fatma fatemeh
    قاسم: qasim kassem ghasem
    لطفي: lotfi lutfi
    موسي: musa moussa mousa
    نجيب: najib naguib najeeb
    يحيي: yahya yehia
    يونس: younes yunus younis
    يعقوب: yaqoub yacoub yaqub
    ادريس: idris driss
    مريم: maryam mariam meriem
    زينب: zainab zeinab zaynab
    عايشه: aisha aicha ayesha
    خديجه: khadija khadijah
    ليلي: layla leila laila
    سلمي: salma selma
    هدي: huda hoda houda
    مني: mona muna mouna
    رنا: rana
    ريم: reem rim
    سعاد: suad souad
    سميره: samira sameera
    ناديه: nadia nadiah
    ساره: sara sarah
    امل: amal
    ايمان: iman eman
    اسماء: asma asmaa
    اسما: asma asmaa
    حنان: hanan
    دينا: dina deena
    رانيا: rania raniya
    شيماء: shaimaa shayma
    شيما: shaimaa shayma
    ياسمين: yasmin yasmine yasmeen
    نسرين: nasrin nesrine nasreen
    هبه: heba hiba
    وفاء: wafa wafaa
    وفا: wafa wafaa
    حسني: hosni husni
    حسيني: hosseini husseini
    احمدي: ahmadi
    محمدي: mohammadi
    كريمي: karimi
    رضايي: rezaei rezai
    موسوي: mousavi moosavi
    جعفر: jafar jaafar
    مصري: masri
    مغربي: maghribi
    شيخ: sheikh shaikh
    ديب: deeb dib
    سيد: sayed syed
    خان: khan
    ابو: abu abou
    بن: ben bin
    ام: umm
    """
}
