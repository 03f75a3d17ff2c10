extension Romanization {
  /// Japanese given names in kanji and their readings, the most usual first. Written for this project.
  static let japaneseGivenSpellings = """
    太郎: taro
    一郎: ichiro
    次郎 二郎: jiro
    三郎: saburo
    健太: kenta
    健太郎: kentaro
    健一: kenichi
    健二 健司: kenji
    健: ken takeshi
    誠: makoto
    翔太: shota
    翔平: shohei
    翔: sho
    大輔: daisuke
    大樹: daiki
    大翔: hiroto haruto
    直樹: naoki
    直人: naoto
    拓也 拓哉: takuya
    哲也: tetsuya
    達也: tatsuya
    和也: kazuya
    裕太 雄太 優太: yuta
    雄一 裕一: yuichi
    祐介 裕介 雄介: yusuke
    優: yu masaru
    亮: ryo
    涼太 亮太: ryota
    蓮: ren
    悠斗: yuto
    悠真: yuma
    陽翔: haruto
    陽太: yota
    隼人: hayato
    浩: hiroshi
    博: hiroshi
    宏: hiroshi
    浩二: koji
    浩一: koichi
    隆: takashi
    孝: takashi
    隆之: takayuki
    弘之: hiroyuki
    博之: hiroyuki
    正: tadashi
    正樹: masaki
    雅人 正人: masato
    雅之 正之: masayuki
    修: osamu
    進: susumu
    勇: isamu
    勝: masaru
    豊: yutaka
    茂: shigeru
    清: kiyoshi
    実: minoru
    明: akira
    晃: akira
    聡: satoshi
    智: satoshi
    学: manabu
    剛: tsuyoshi takeshi
    武: takeshi
    徹: toru
    淳: jun atsushi
    純: jun
    潤: jun
    真一: shinichi
    伸一: shinichi
    洋介: yosuke
    圭介 啓介: keisuke
    慎吾: shingo
    純一: junichi
    秀樹: hideki
    英樹: hideki
    直美: naomi
    恵美: emi megumi
    恵: megumi kei
    恵子: keiko
    由美: yumi
    由美子: yumiko
    裕子: yuko hiroko
    優子: yuko
    陽子: yoko
    洋子: yoko
    幸子: sachiko yukiko
    和子: kazuko
    美穂: miho
    美咲: misaki
    美香: mika
    真理子: mariko
    麻衣: mai
    舞: mai
    愛: ai
    愛子: aiko
    彩: aya
    綾: aya
    綾子: ayako
    彩花: ayaka
    智子: tomoko
    友子: tomoko
    京子: kyoko
    明子: akiko
    典子: noriko
    久美子: kumiko
    真由美: mayumi
    千尋: chihiro
    千恵: chie
    さくら: sakura
    桜: sakura
    葵: aoi
    結衣: yui
    陽菜: hina haruna
    凛: rin
    花子: hanako
    静香: shizuka
    香織: kaori
    沙織: saori
    早紀: saki
    理恵: rie
    純子: junko
    順子: junko
    節子: setsuko
    文子: fumiko
    薫: kaoru
    翼: tsubasa
    光: hikaru
    歩: ayumi
    結弦: yuzuru
    圭: kei
    """
}
