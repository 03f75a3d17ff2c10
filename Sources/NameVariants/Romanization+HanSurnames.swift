extension Romanization {
  /// Chinese surnames and their usual spellings: in Pinyin, in Hong Kong, then elsewhere (Taiwan's follow from
  /// Pinyin by rule). Characters of a line are simplified, traditional or other forms of one name.
  ///
  /// Written for this project, from how people of China, Hong Kong, Singapore and Malaysia, and for hanja of
  /// Korea, spell their surnames. Pinyin is given where the surname is read in another way than the character.
  static let hanSurnameSpellings = """
    王: wang wong
    李: li lee yi
    张 張: zhang cheung chang
    刘 劉: liu lau
    陈 陳: chen chan tan chin
    杨 楊: yang yeung
    赵 趙: zhao chiu
    黄 黃: huang wong hwang ng
    周: zhou chow chau
    吴 吳: wu ng goh
    徐: xu tsui chui
    孙 孫: sun suen
    胡: hu wu woo
    朱: zhu chu
    高: gao ko
    林: lin lam lim im hayashi
    何: he ho
    郭: guo kwok
    马 馬: ma
    罗 羅: luo law lo
    梁: liang leung
    宋: song sung
    郑 鄭: zheng cheng jung jeong
    谢 謝: xie tse
    韩 韓: han hon
    唐: tang tong
    冯 馮: feng fung
    于: yu
    董: dong tung
    萧 蕭 肖: xiao siu
    程: cheng ching
    曹: cao tso cho
    袁: yuan yuen
    邓 鄧: deng tang
    许 許: xu hui hsu heo
    傅: fu
    沈: shen shum shim
    曾: zeng tsang
    彭: peng pang
    吕 呂: lu lui lyu
    苏 蘇: su so
    卢 盧: lu lo
    蒋 蔣: jiang cheung
    蔡: cai choi tsai chua
    贾 賈: jia ka
    丁: ding ting
    魏: wei ngai
    薛: xue sit
    叶 葉: ye yip yeh
    阎 閻 闫: yan yim
    余: yu yue
    潘: pan poon pun
    杜: du to
    戴: dai tai
    夏: xia ha
    钟 鍾 鐘: zhong chung
    汪: wang wong
    田: tian tin
    任: ren yam
    姜: jiang keung kang
    范: fan
    方: fang fong
    石: shi shek
    姚: yao yiu
    谭 譚: tan tam
    廖: liao liu
    邹 鄒: zou chow
    熊: xiong hung
    金: jin kam kim
    陆 陸: lu luk
    郝: hao
    孔: kong hung
    白: bai pak baek
    崔: cui choi choe
    康: kang hong
    毛: mao mo
    邱: qiu yau khoo
    秦: qin chun
    江: jiang kong
    史: shi sze
    顾 顧: gu koo ku
    侯: hou hau
    邵: shao siu
    孟: meng mang
    龙 龍: long lung
    万 萬: wan man
    段: duan tuen
    雷: lei lui
    钱 錢: qian chin
    汤 湯: tang tong
    尹: yin wan yoon
    黎: li lai
    易: yi yik
    常: chang sheung
    武: wu mo
    乔 喬: qiao kiu
    贺 賀: he ho
    赖 賴: lai
    龚 龔: gong kung
    文: wen man moon
    庞 龐: pang pong
    樊: fan
    兰 蘭: lan
    殷: yin yan
    施: shi sze see
    陶: tao to
    洪: hong hung ang
    翟: zhai chak
    安: an on ahn
    颜 顏: yan ngan gan
    倪: ni ngai
    严 嚴: yan yim
    牛: niu ngau
    温 溫: wen wan
    芦: lu
    季: ji kwai
    俞: yu yue
    章: zhang cheung
    鲁 魯: lu lo
    葛: ge kot
    伍: wu ng
    韦 韋: wei wai
    申: shen san shin
    尤: you yau
    毕 畢: bi but
    聂 聶: nie nip
    焦: jiao
    向: xiang heung
    柳: liu lau ryu
    邢: xing ying
    岳: yue ngok
    齐 齊: qi chai
    梅: mei mui
    莫: mo mok
    庄 莊: zhuang chong
    辛: xin san
    管: guan koon
    祝: zhu chuk
    左: zuo cho
    涂 凃: tu to
    谷: gu kuk
    时 時: shi
    舒: shu
    耿: geng kang
    牟: mou mau
    卜: bu
    路: lu
    詹: zhan chim
    关 關: guan kwan
    苗: miao miu
    凌: ling
    费 費: fei fai
    纪 紀: ji kei
    靳: jin
    盛: sheng shing
    童: tong tung
    欧 歐: ou au
    甄: zhen yan
    项 項: xiang hong
    曲: qu kuk
    成: cheng shing
    游: you yau
    阳 陽: yang yeung
    裴: pei pui bae
    席: xi
    卫 衛: wei wai
    查: zha cha
    屈: qu wat
    鲍 鮑: bao pau
    位: wei
    覃: qin tan
    霍: huo fok
    翁: weng yung
    隋: sui
    植: zhi chik
    甘: gan kam
    单 單: shan sin
    仇: qiu
    解: xie
    区 區: ou au
    朴: piao park pak
    薄: bo
    盖 蓋: gai ge
    冼: xian sin
    麦 麥: mai mak
    简 簡: jian kan
    潭: tan
    柯: ke or quah
    连 連: lian lin
    欧阳 歐陽: ouyang auyeung
    司马 司馬: sima szema
    诸葛 諸葛: zhuge chukot
    上官: shangguan sheungkoon
    夏侯: xiahou
    皇甫: huangfu
    司徒: situ szeto
    令狐: linghu
    慕容: murong
    东方 東方: dongfang
    公孙 公孫: gongsun
    尉迟 尉遲: yuchi
    长孙 長孫: zhangsun
    宇文: yuwen
    端木: duanmu
    南宫 南宮: nangong namgung
    """
}
