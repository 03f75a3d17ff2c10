extension CultureText {
  static let japanese = CultureText(
    weight: 20,
    nativePerMille: 700,
    men: """
      翔太=Shota|大輔=Daisuke|健太=Kenta|拓也=Takuya|直樹=Naoki|和也=Kazuya|健一=Kenichi|誠=Makoto|隆=Takashi|浩=Hiroshi
      剛=Tsuyoshi|大翔=Hiroto|蓮=Ren|悠斗=Yuto|陽翔=Haruto|湊=Minato|樹=Itsuki|颯太=Sota|一郎=Ichiro|太郎=Taro|次郎=Jiro
      修=Osamu|学=Manabu|勇気=Yuki|亮=Ryo|達也=Tatsuya|哲也=Tetsuya|博=Hiroshi|正=Tadashi|アキラ=Akira|ケン=Ken
      ひろし=Hiroshi
      """,
    women: """
      陽子=Yoko|恵子=Keiko|由美子=Yumiko|久美子=Kumiko|美咲=Misaki|愛=Ai|さくら=Sakura|結衣=Yui|葵=Aoi|凛=Rin|陽菜=Hina|花子=Hanako
      裕子=Yuko|真由美=Mayumi|智子=Tomoko|幸子=Sachiko|直美=Naomi|香織=Kaori|麻衣=Mai|彩=Aya|恵=Megumi|千尋=Chihiro|七海=Nanami
      美穂=Miho|明日香=Asuka|ひかり=Hikari|あかり=Akari|みゆき=Miyuki|エミ=Emi|ユミ=Yumi|菜々子=Nanako|優子=Yuko
      """,
    surnames: """
      佐藤=Sato|鈴木=Suzuki|高橋=Takahashi|田中=Tanaka|伊藤=Ito|渡辺=Watanabe|山本=Yamamoto|中村=Nakamura|小林=Kobayashi
      加藤=Kato|吉田=Yoshida|山田=Yamada|佐々木=Sasaki|山口=Yamaguchi|松本=Matsumoto|井上=Inoue|木村=Kimura|林=Hayashi
      斎藤=Saito|清水=Shimizu|山崎=Yamazaki|森=Mori|池田=Ikeda|橋本=Hashimoto|阿部=Abe|石川=Ishikawa|山下=Yamashita
      中島=Nakajima|石井=Ishii|小川=Ogawa|前田=Maeda|岡田=Okada|長谷川=Hasegawa|藤田=Fujita|後藤=Goto|近藤=Kondo|村上=Murakami
      遠藤=Endo|青木=Aoki|坂本=Sakamoto|斉藤=Saito|福田=Fukuda|太田=Ota|西村=Nishimura|藤井=Fujii|金子=Kaneko|岡本=Okamoto
      三浦=Miura|藤原=Fujiwara|中野=Nakano|中川=Nakagawa|原田=Harada|松田=Matsuda|竹内=Takeuchi|小野=Ono|田村=Tamura
      中山=Nakayama|和田=Wada|石田=Ishida|森田=Morita|上田=Ueda|原=Hara|内田=Uchida|柴田=Shibata|酒井=Sakai|宮崎=Miyazaki
      横山=Yokoyama|高木=Takagi|安藤=Ando|宮本=Miyamoto|大野=Ono|島田=Shimada|工藤=Kudo|谷口=Taniguchi|今井=Imai|高田=Takada
      丸山=Maruyama|増田=Masuda|杉山=Sugiyama|村田=Murata|髙橋=Takahashi|渡邊=Watanabe|渡邉=Watanabe
      """,
    rareSurnames: RareText(
      perMille: 250,
      parts: [
        """
        山=Yama|川=Kawa|田=Ta|中=Naka|小=Ko|大=O|松=Matsu|竹=Take|梅=Ume|石=Ishi|水=Mizu|木=Ki|森=Mori|林=Hayashi|藤=Fuji
        高=Taka|長=Naga|古=Furu|新=Nii|北=Kita|南=Minami|西=Nishi|東=Higashi|上=Ue|下=Shimo|白=Shira|黒=Kuro|赤=Aka
        青=Ao|金=Kane|岩=Iwa
        """,
        """
        田=da|川=kawa|山=yama|村=mura|野=no|本=moto|井=i|崎=saki|島=shima|原=hara|沢=zawa|口=guchi|谷=tani|橋=hashi
        上=gami|内=uchi|木=ki|尾=o|岡=oka|池=ike|浜=hama|森=mori|塚=zuka|部=be|瀬=se|根=ne|倉=kura|場=ba|宮=miya|坂=saka
        """,
      ]),
    secondGivenPerMille: 0,
    secondSurnamePerMille: 0,
    titles: "ソフトウェアエンジニア|看護師|営業|プロジェクトマネージャー|経理|デザイナー|データサイエンティスト|システムエンジニア|教師|人事",
    countries: "JP|US")
}
