extension CultureText {
  private static let chineseGiven = """
    伟=Wei|芳=Fang|娜=Na|敏=Min|静=Jing|丽=Li|强=Qiang|磊=Lei|军=Jun|洋=Yang|勇=Yong|艳=Yan|杰=Jie|娟=Juan|涛=Tao|明=Ming
    超=Chao|霞=Xia|平=Ping|刚=Gang|华=Hua|建=Jian|文=Wen|晓=Xiao|志=Zhi|国=Guo|海=Hai|玉=Yu|春=Chun|红=Hong|金=Jin|东=Dong
    佳=Jia|子=Zi|雨=Yu|欣=Xin|浩=Hao|宇=Yu|轩=Xuan|泽=Ze|梓=Zi|涵=Han|晨=Chen|怡=Yi|思=Si|嘉=Jia|俊=Jun|博=Bo|天=Tian
    雪=Xue|梅=Mei|兰=Lan|琳=Lin|婷=Ting|慧=Hui|莹=Ying|鹏=Peng|飞=Fei|辉=Hui|斌=Bin|波=Bo|宁=Ning|安=An|龙=Long
    """

  static let chinese = CultureText(
    weight: 60,
    nativePerMille: 300,
    men: """
      伟=Wei|强=Qiang|磊=Lei|军=Jun|勇=Yong|杰=Jie|涛=Tao|超=Chao|明=Ming|刚=Gang|建国=Jianguo|志强=Zhiqiang|建华=Jianhua
      文华=Wenhua|志明=Zhiming|海涛=Haitao|俊杰=Junjie|浩然=Haoran|子轩=Zixuan|宇航=Yuhang|嘉豪=Jiahao|天宇=Tianyu|博文=Bowen
      国强=Guoqiang|晓东=Xiaodong|建军=Jianjun|鹏=Peng|辉=Hui|斌=Bin|波=Bo
      """,
    women: """
      芳=Fang|娜=Na|敏=Min|静=Jing|丽=Li|艳=Yan|娟=Juan|霞=Xia|秀英=Xiuying|桂英=Guiying|丽华=Lihua|雨欣=Yuxin|梓涵=Zihan
      欣怡=Xinyi|思雨=Siyu|晓红=Xiaohong|雪=Xue|婷=Ting|慧=Hui|佳怡=Jiayi|雅静=Yajing|美玲=Meiling|玉兰=Yulan|淑芬=Shufen
      诗涵=Shihan|晓燕=Xiaoyan|莉莉=Lili|嘉欣=Jiaxin|琳=Lin|莹=Ying
      """,
    surnames: """
      王=Wang|李=Li|张=Zhang|刘=Liu|陈=Chen|杨=Yang|黄=Huang|赵=Zhao|吴=Wu|周=Zhou|徐=Xu|孙=Sun|马=Ma|朱=Zhu|胡=Hu|郭=Guo
      何=He|林=Lin|高=Gao|罗=Luo|郑=Zheng|梁=Liang|谢=Xie|宋=Song|唐=Tang|许=Xu|邓=Deng|韩=Han|冯=Feng|曹=Cao|彭=Peng
      曾=Zeng|肖=Xiao|田=Tian|董=Dong|潘=Pan|袁=Yuan|蔡=Cai|蒋=Jiang|余=Yu|于=Yu|杜=Du|叶=Ye|程=Cheng|魏=Wei|苏=Su|吕=Lü
      丁=Ding|任=Ren|卢=Lu|姚=Yao|沈=Shen|钟=Zhong|姜=Jiang|崔=Cui|谭=Tan|陆=Lu|范=Fan|汪=Wang|廖=Liao|石=Shi|金=Jin
      韦=Wei|贾=Jia|夏=Xia|付=Fu|方=Fang|邹=Zou|熊=Xiong|白=Bai|孟=Meng|秦=Qin|邱=Qiu|侯=Hou|江=Jiang|尹=Yin|薛=Xue|阎=Yan
      段=Duan|雷=Lei|龙=Long|黎=Li|史=Shi|陶=Tao|贺=He|毛=Mao|郝=Hao|顾=Gu|龚=Gong|邵=Shao|欧阳=Ouyang|司马=Sima
      上官=Shangguan|诸葛=Zhuge|陳=Chan|黃=Wong|張=Cheung|劉=Lau|吳=Ng
      """,
    rareGiven: RareText(perMille: 600, parts: [chineseGiven, chineseGiven.lowercased()]),
    secondGivenPerMille: 0,
    secondSurnamePerMille: 0,
    titles: "软件工程师|产品经理|销售经理|会计|护士|数据分析师|人力资源专员|项目经理|前端开发工程师|运营专员|教师|设计师|測試工程師",
    countries: "CN|TW|HK|US|SG")
}
