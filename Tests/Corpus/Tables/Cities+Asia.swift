extension CountryText {
  /// Asia, Africa and Oceania.
  static let asiaAndRest: [CountryText] = [
    CountryText(
      code: "IN", name: "India",
      phones: """
        +91 95555 #####|+91-95555#####|095555 #####|9555555###|+91 80 5550 ####
        """,
      cities: """
        Mumbai,MH*12442|Delhi,DL*11035|Bengaluru,KA*6400|Bangalore,KA*2040|Hyderabad,TG*6993
        Ahmedabad,GJ*5578|Chennai,TN*4647|Kolkata,WB*4497|Surat,GJ*4467|Pune,MH*3124|Jaipur,RJ*3046
        Lucknow,UP*2817|Kanpur,UP*2765|Nagpur,MH*2405|Indore,MP*1964|Thane,MH*1841|Bhopal,MP*1798
        Visakhapatnam,AP*1728|Patna,BR*1684|Vadodara,GJ*1670|Ghaziabad,UP*1649|Ludhiana,PB*1618
        Coimbatore,TN*1050|Kochi,KL*602|Noida,UP*637|Gurugram,HR*877|Mysuru,KA*920|Chandigarh*1055
        Thiruvananthapuram,KL*743
        """),
    CountryText(
      code: "CN", name: "China", phones: "+86 10 5555 ####|+86 155 5555 ####|1555555####",
      cities: """
        上海*12000|Shanghai*12870|北京*11000|Beijing*10893|深圳*9000|Shenzhen*8560|广州*8000|Guangzhou*8676
        Chengdu*9000|Tianjin*9100|Wuhan*8000|Hangzhou*6900|重庆*7000|Chongqing*5000|Nanjing*6200|Xi'an*7000
        Suzhou*5000|Qingdao*4900|Dalian*4300|Xiamen*3700
        """),
    CountryText(
      code: "TW", name: "Taiwan", phones: "+886 2 5555 ####",
      cities: """
        台北*1400|Taipei*1100|Kaohsiung*2728|Taichung*2820|Hsinchu*452
        """),
    CountryText(code: "HK", name: "Hong Kong", phones: "+852 5555 ####", cities: "Hong Kong*6400|香港*1000"),
    CountryText(code: "SG", name: "Singapore", phones: "+65 6555 ####", cities: "Singapore*5454"),
    CountryText(
      code: "JP", name: "Japan", phones: "+81 3 5555 ####|03-5555-####|090-5555-####",
      cities: """
        東京*7000|Tokyo*6733|横浜*2000|Yokohama*1770|大阪*1500|Osaka*1250|名古屋*2332|札幌*1973|福岡*1612|Kawasaki*1538
        神戸*1525|京都*900|Kyoto*560|Sendai*1097|Hiroshima*1200
        """),
    CountryText(
      code: "KR", name: "South Korea", phones: "+82 2 555 ####|010-5555-####",
      cities: "서울*5000|Seoul*4411|부산*2000|Busan*1349|Incheon*2948|대구*2385|Daejeon*1452|Suwon*1190"),
    CountryText(
      code: "VN", name: "Vietnam", phones: "+84 28 5555 ####|0955 555 ###",
      cities: """
        Thành phố Hồ Chí Minh*5000|Ho Chi Minh City*3993|Hà Nội*5000|Hanoi*3053|Đà Nẵng*1134
        Hải Phòng*2028|Cần Thơ*1235|Huế*652
        """),
    CountryText(
      code: "TR", name: "Türkiye", phones: "+90 212 555 ## ##|0 555 555 ## ##|05555555###",
      cities: """
        İstanbul*12000|Istanbul*3840|Ankara*5747|İzmir*4425|Bursa*3147|Antalya*2619|Konya*2277|Adana*2263
        Gaziantep*2130|Eskişehir*899
        """),
    CountryText(
      code: "AE", name: "United Arab Emirates",
      phones: """
        +971 4 555 ####|050 555 ####
        """, cities: "Dubai*3478|Abu Dhabi*1540|دبي*300|Sharjah*1800"),
    CountryText(
      code: "SA", name: "Saudi Arabia", phones: "+966 11 555 ####",
      cities: """
        Riyadh*5500|الرياض*2000|Jeddah*3430|Dammam*1250
        """),
    CountryText(
      code: "EG", name: "Egypt",
      phones: """
        +20 2 2555 ####|010 5555 ####
        """, cities: "Cairo*6500|القاهرة*3400|Alexandria*4500|الإسكندرية*900|Giza*4400"),
    CountryText(
      code: "MA", name: "Morocco", phones: "+212 522 55 ## ##",
      cities: """
        Casablanca*3360|Rabat*578|Fès*1112|Marrakech*929
        """),
    CountryText(
      code: "SN", name: "Senegal", phones: "+221 33 555 ## ##",
      cities: """
        Dakar*1438|Saint-Louis*237
        """),
    CountryText(
      code: "NG", name: "Nigeria", phones: "+234 1 555 ####",
      cities: """
        Lagos*15388|Abuja*3840|Ibadan*3756|Kano*4219
        """),
    CountryText(code: "KE", name: "Kenya", phones: "+254 20 555 ####", cities: "Nairobi*4397|Mombasa*1208"),
    CountryText(
      code: "ZA", name: "South Africa", phones: "+27 11 555 ####|082 555 ####",
      cities: "Johannesburg*5635|Cape Town*4618|Durban*3442|Pretoria*2473"),
    CountryText(
      code: "IL", name: "Israel", phones: "+972 3 555 ####|052-555-####",
      cities: "תל אביב*260|Tel Aviv*210|ירושלים*500|Jerusalem*470|חיפה*282|Herzliya*106"),
    CountryText(
      code: "KZ", name: "Kazakhstan", phones: "+7 727 555 ## ##",
      cities: """
        Алматы*1200|Almaty*800|Астана*1350
        """),
    CountryText(
      code: "AU", name: "Australia", phones: "+61 2 5550 ####|(03) 5550 ####|0491 570 ###",
      cities: """
        Sydney,NSW*5297|Melbourne,VIC*5031|Brisbane,QLD*2628|Perth,WA*2224|Adelaide,SA*1418
        Gold Coast,QLD*720|Newcastle,NSW*525|Canberra,ACT*457|Hobart,TAS*253|Geelong,VIC*297
        """),
    CountryText(
      code: "NZ", name: "New Zealand", phones: "+64 9 555 ####|021 555 ###",
      cities: "Auckland*1478|Wellington*215|Christchurch*389|Hamilton*179|Dunedin*130|Whangārei*56"),
    CountryText(
      code: "PH", name: "Philippines", phones: "+63 2 5555 ####",
      cities: """
        Manila*1846|Quezon City*2960|Cebu City*964|Makati*629
        """),
    CountryText(
      code: "ID", name: "Indonesia", phones: "+62 21 555 ####",
      cities: """
        Jakarta*10562|Surabaya*2874|Bandung*2444
        """),
    CountryText(
      code: "MY", name: "Malaysia", phones: "+60 3 5555 ####",
      cities: """
        Kuala Lumpur*1982|George Town*708|Johor Bahru*858
        """),
    CountryText(
      code: "TH", name: "Thailand", phones: "+66 2 555 ####",
      cities: """
        Bangkok*8305|กรุงเทพ*1200|Chiang Mai*127
        """),
    CountryText(
      code: "PK", name: "Pakistan", phones: "+92 21 555 ####",
      cities: """
        Karachi*14916|Lahore*11126|Islamabad*1015
        """),
    CountryText(
      code: "BD", name: "Bangladesh", phones: "+880 2 5555 ###",
      cities: """
        Dhaka*8906|Chattogram*2582
        """),
  ]
}
