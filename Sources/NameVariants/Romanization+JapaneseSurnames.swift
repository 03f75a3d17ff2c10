extension Romanization {
  /// Japanese surnames in kanji and their readings, the most usual first. Written for this project, from the
  /// most frequent surnames of Japan.
  static let japaneseSurnameSpellings = """
    佐藤: sato
    鈴木: suzuki
    高橋 髙橋: takahashi
    田中: tanaka
    伊藤: ito
    渡辺 渡邊 渡邉: watanabe
    山本: yamamoto
    中村: nakamura
    小林: kobayashi
    加藤: kato
    吉田: yoshida
    山田: yamada
    佐々木: sasaki
    山口: yamaguchi
    松本: matsumoto
    井上: inoue
    木村: kimura
    斎藤 斉藤 齋藤 齊藤: saito
    清水: shimizu
    山崎 山﨑: yamazaki yamasaki
    池田: ikeda
    橋本: hashimoto
    阿部 安部: abe
    石川: ishikawa
    山下: yamashita
    中島: nakajima nakashima
    石井: ishii
    小川: ogawa
    前田: maeda
    岡田: okada
    長谷川: hasegawa
    藤田: fujita
    後藤: goto
    近藤: kondo
    村上: murakami
    遠藤: endo
    青木: aoki
    坂本: sakamoto
    福田: fukuda
    太田: ota
    西村: nishimura
    藤井: fujii
    岡本: okamoto
    藤原: fujiwara
    金子: kaneko
    三浦: miura
    中野: nakano
    中川: nakagawa
    原田: harada
    松田: matsuda
    竹内: takeuchi
    小野: ono
    田村: tamura
    中山: nakayama
    和田: wada
    石田: ishida
    森田: morita
    上田: ueda
    柴田: shibata
    酒井: sakai
    工藤: kudo
    横山: yokoyama
    宮崎: miyazaki
    宮本: miyamoto
    内田: uchida
    高木: takagi
    安藤: ando
    谷口: taniguchi
    大野: ono
    丸山: maruyama
    今井: imai
    高田: takada
    藤本: fujimoto
    武田: takeda
    村田: murata
    上野: ueno
    杉山: sugiyama
    増田: masuda
    平野: hirano
    大塚: otsuka
    千葉: chiba
    久保: kubo
    松井: matsui
    小島: kojima
    岩崎: iwasaki
    桜井 櫻井: sakurai
    野口: noguchi
    松尾: matsuo
    木下: kinoshita
    菊地 菊池: kikuchi
    野村: nomura
    新井: arai
    佐野: sano
    杉本: sugimoto
    古川: furukawa
    大西: onishi
    島田: shimada
    市川: ichikawa
    浜田: hamada
    小松: komatsu
    高野: takano
    水野: mizuno
    山内: yamauchi
    西田: nishida
    菅原: sugawara
    川口: kawaguchi
    吉川: yoshikawa
    久保田: kubota
    北村: kitamura
    秋山: akiyama
    大島: oshima
    岩田: iwata
    中田: nakata nakada
    東: higashi azuma
    服部: hattori
    川崎: kawasaki
    飯田: iida
    福島: fukushima
    土屋: tsuchiya
    本田: honda
    辻: tsuji
    樋口: higuchi
    田口: taguchi
    永井: nagai
    山中: yamanaka
    中西: nakanishi
    吉村: yoshimura
    川上: kawakami
    石原: ishihara
    大橋: ohashi
    松岡: matsuoka
    浅野: asano
    荒木: araki
    大久保: okubo
    野田: noda
    小山: koyama oyama
    五十嵐: igarashi
    黒田: kuroda
    堀: hori
    尾崎: ozaki
    望月: mochizuki
    森: mori
    林: hayashi
    原: hara
    関: seki
    南: minami
    西: nishi
    岡: oka
    星: hoshi
    森本: morimoto
    熊谷: kumagai
    片山: katayama
    松下: matsushita
    早川: hayakawa
    大谷: otani ohtani
    三宅: miyake
    黒澤 黒沢: kurosawa
    本間: honma
    小澤 小沢: ozawa
    宮田: miyata
    安田: yasuda
    羽生: hanyu habu
    錦織: nishikori
    村田: murata
    """
}
